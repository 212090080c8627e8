import assert from 'node:assert/strict';
import { TRANSPORT_FAILURES, foreignBodies } from './failures';
import type { AdapterUnderTest, Scene } from './subject';
import { sceneTest } from './subject';
import type { TestApi } from './test-api';

export const asking = (subject: AdapterUnderTest, api: TestApi): void => {
  const test = sceneTest(subject, api);
  const { request, timeoutMs } = subject;

  /** Sends a receipt, so that there is something to ask for. */
  const sent = async ({ provider, server }: Scene): Promise<string | undefined> => {
    const answer = await provider.send(request);
    assert.equal(server.seen.length, 1);
    return 'handle' in answer ? answer.handle : undefined;
  };

  api.describe('asking', () => {
    test('makes one request for one ask', async (scene) => {
      const handle = await sent(scene);
      await scene.provider.ask(request.key, handle);
      assert.equal(scene.server.seen.length, 2);
    });

    for (const { what, step } of TRANSPORT_FAILURES) {
      test(`learns nothing when ${what}, and does not repeat`, async (scene) => {
        const handle = await sent(scene);
        scene.server.script(step);
        assert.equal((await scene.provider.ask(request.key, handle))._tag, 'Unavailable');
        assert.deepEqual([scene.server.seen.length, scene.server.elsewhere()], [2, 0]);
      });
    }

    for (const { status, failures } of foreignBodies(subject.documentedEmpty ?? [])) {
      test(`learns nothing when ${status} holds a foreign body, and does not repeat`, async (scene) => {
        const handle = await sent(scene);
        for (const [index, { what, step }] of failures.entries()) {
          scene.server.script(step);
          assert.equal((await scene.provider.ask(request.key, handle))._tag, 'Unavailable', what);
          assert.equal(scene.server.seen.length, index + 2, what);
        }
      });
    }

    test('learns nothing when the connection is refused', async (scene) => {
      const handle = await sent(scene);
      await scene.server.refuseConnections();
      assert.equal((await scene.provider.ask(request.key, handle))._tag, 'Unavailable');
    });

    test('learns nothing when no answer comes in time', async (scene) => {
      const handle = await sent(scene);
      scene.server.script({ do: 'hang' });
      const asked = scene.provider.ask(request.key, handle);
      await scene.server.arrived(2);
      scene.advance(timeoutMs);
      assert.equal((await asked)._tag, 'Unavailable');
    });

    test('learns nothing when it is aborted', async (scene) => {
      const handle = await sent(scene);
      const abort = new AbortController();
      abort.abort();
      assert.equal((await scene.provider.ask(request.key, handle, abort.signal))._tag, 'Unavailable');
      assert.equal(scene.server.seen.length, 1);
    });
  });

  api.describe('the state of the registers', () => {
    for (const { what, step } of TRANSPORT_FAILURES) {
      test(`is not known when ${what}`, async ({ provider, server }) => {
        server.script(step);
        assert.equal((await provider.availability())._tag, 'Unreachable');
        assert.deepEqual([server.seen.length, server.elsewhere()], [1, 0]);
      });
    }

    test('is not known when the connection is refused', async ({ provider, server }) => {
      await server.refuseConnections();
      assert.equal((await provider.availability())._tag, 'Unreachable');
    });
  });
};
