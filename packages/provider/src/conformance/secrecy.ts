import assert from 'node:assert/strict';
import { personalValues } from '../personal-values';
import type { AdapterUnderTest, Scene } from './subject';
import { sceneTest } from './subject';
import type { TestApi } from './test-api';

/** A telephone or an e-mail address. */
const CONTACT = /^\+\d+$|@/;

const textOf = (repeated: ReadonlyArray<string>): string => `не принято: ${repeated.join(', ')}`;

const MEDIA_TYPES = ['application/json', 'text/html', 'text/plain'];

export const secrecy = (subject: AdapterUnderTest, api: TestApi): void => {
  const test = sceneTest(subject, api);
  const { request, secrets } = subject;
  const canaries = [...secrets, ...personalValues(request.content)];

  const demandSilence = ({ logged }: Scene, ...answers: ReadonlyArray<unknown>): void => {
    const told = JSON.stringify(answers) + logged.join('\n');
    for (const canary of canaries) assert.ok(!told.includes(canary), 'a secret or a contact was told');
  };

  api.describe('secrets and contacts', () => {
    test('stay out of everything it shows of itself', async (scene) => {
      demandSilence(scene, scene.provider, scene.provider.dedupDomain, scene.provider.capabilities);
    });

    test('stay out of refusals that repeat them', async (scene) => {
      scene.server.script({ do: 'refuse', text: textOf(canaries) });
      demandSilence(scene, await scene.provider.send(request));
      const accepted = await scene.provider.send(request);
      // Who only asks does not know whose receipt it is: of personal data contacts are known by their looks, names are not.
      const text = textOf(canaries.filter((canary) => secrets.includes(canary) || CONTACT.test(canary)));
      scene.server.script({ do: 'refuse', text });
      const handle = 'handle' in accepted ? accepted.handle : undefined;
      demandSilence(scene, await scene.provider.ask(request.key, handle));
      scene.server.script({ do: 'refuse', text });
      demandSilence(scene, await scene.provider.availability());
    });

    for (const type of MEDIA_TYPES) {
      test(`stay out of answers that repeat the whole request as ${type}`, async (scene) => {
        const body = `${canaries.join(' ')} ${JSON.stringify(request)} ${encodeURIComponent(canaries.join(' '))}`;
        for (const status of [200, 400, 401, 500]) {
          scene.server.script({ do: 'answer', answer: { status, headers: { 'content-type': type }, body } });
          demandSilence(scene, await scene.provider.send(request));
        }
      });
    }
  });
};
