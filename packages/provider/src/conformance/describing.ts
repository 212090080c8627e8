import assert from 'node:assert/strict';
import type { AdapterUnderTest } from './subject';
import { sceneTest } from './subject';
import type { TestApi } from './test-api';

export const describing = (subject: AdapterUnderTest, api: TestApi): void => {
  const test = sceneTest(subject, api);

  api.describe('describing itself', () => {
    test('names its dedup domain by the connection alone, and the same each time', async (scene) => {
      const again = await subject.open({ baseUrl: scene.server.baseUrl, runtime: scene.runtime });
      again.close();
      assert.notEqual(scene.provider.dedupDomain, '');
      assert.equal(again.dedupDomain, scene.provider.dedupDomain);
    });

    test('can express the receipt of the suite, without a request', async ({ provider, server }) => {
      assert.equal(provider.expressible(subject.request.content), undefined);
      assert.equal(server.seen.length, 0);
    });

    test('has a name and a horizon', async ({ provider }) => {
      assert.match(provider.name, /^[a-z0-9][a-z0-9-]*$/);
      assert.ok(provider.capabilities.horizonMs > 0);
    });
  });
};
