import assert from 'node:assert/strict';
import { TRANSPORT_FAILURES, foreignBodies } from './failures';
import type { AdapterUnderTest } from './subject';
import { sceneTest, settle } from './subject';
import type { TestApi } from './test-api';

const ACCEPTED = ['Accepted', 'Exists', 'Final'];

export const sending = (subject: AdapterUnderTest, api: TestApi): void => {
  const test = sceneTest(subject, api);
  const { request, timeoutMs, renewsToken } = subject;
  const payloadOf = subject.payloadOf ?? (({ body }) => body);

  api.describe('sending', () => {
    test('makes one request for one send', async ({ provider, server }) => {
      const answer = await provider.send(request);
      assert.ok(ACCEPTED.includes(answer._tag), answer._tag);
      assert.equal(server.seen.length, 1);
    });

    test('makes equal bytes of equal requests under one key', async ({ provider, server }) => {
      await provider.send(request);
      await provider.send({ ...request });
      const [first, second] = server.seen;
      assert.ok(first !== undefined && second !== undefined);
      assert.equal(payloadOf(second), payloadOf(first));
    });

    if (renewsToken) {
      test('renews the token once after "not authorised" and repeats the request once', async (scene) => {
        scene.server.script({ do: 'unauthorised' });
        const answer = await scene.provider.send(request);
        assert.ok(ACCEPTED.includes(answer._tag), answer._tag);
        const [first, second] = scene.server.seen;
        assert.equal(scene.server.seen.length, 2);
        assert.ok(first !== undefined && second !== undefined);
        assert.equal(payloadOf(second), payloadOf(first));
      });
    }

    test('makes no more requests once it is not authorised with a new token either', async (scene) => {
      scene.server.script({ do: 'unauthorised' }, { do: 'unauthorised' }, { do: 'unauthorised' });
      const answer = await scene.provider.send(request);
      assert.equal(answer._tag, 'RefusedLater');
      assert.equal(answer._tag === 'RefusedLater' ? answer.scope : undefined, 'account');
      assert.equal(scene.server.seen.length, renewsToken ? 2 : 1);
    });

    test('tells that nothing was sent when the connection is refused', async ({ provider, server }) => {
      await server.refuseConnections();
      assert.equal((await provider.send(request))._tag, 'NotSent');
    });

    for (const { what, step } of TRANSPORT_FAILURES) {
      test(`knows nothing when ${what}, and does not repeat`, async ({ provider, server }) => {
        server.script(step);
        assert.equal((await provider.send(request))._tag, 'Unknown');
        assert.deepEqual([server.seen.length, server.elsewhere()], [1, 0]);
      });
    }

    for (const { status, failures } of foreignBodies(subject.documentedEmpty ?? [])) {
      test(`knows nothing when ${status} holds a foreign body, and does not repeat`, async (scene) => {
        for (const [index, { what, step }] of failures.entries()) {
          scene.server.script(step);
          assert.equal((await scene.provider.send(request))._tag, 'Unknown', what);
          assert.equal(scene.server.seen.length, index + 1, what);
        }
      });
    }

    test('knows nothing when a connection that served before is reset', async ({ provider, server }) => {
      server.script({ do: 'accept' }, { do: 'reset' });
      await provider.send(request);
      assert.equal((await provider.send(request))._tag, 'Unknown');
      assert.equal(server.seen.length, 2);
    });

    for (const silence of ['hang', 'drip'] as const) {
      test(`knows nothing when no whole answer comes in time (${silence})`, async (scene) => {
        scene.server.script({ do: silence });
        let isOver = false;
        const sent = scene.provider.send(request).finally(() => (isOver = true));
        await scene.server.arrived(1);
        scene.advance(timeoutMs - 1);
        await settle();
        assert.equal(isOver, false, 'gave up too early');
        scene.advance(1);
        assert.deepEqual(await sent.then(({ _tag }) => _tag), 'Unknown');
        assert.equal(scene.server.seen.length, 1);
      });
    }

    test('writes nothing when it was aborted before', async ({ provider, server }) => {
      const abort = new AbortController();
      abort.abort();
      assert.equal((await provider.send(request, abort.signal))._tag, 'NotSent');
      assert.equal(server.seen.length, 0);
    });

    test('knows nothing when it is aborted while it waits', async ({ provider, server }) => {
      server.script({ do: 'hang' });
      const abort = new AbortController();
      const sent = provider.send(request, abort.signal);
      await server.arrived(1);
      abort.abort();
      assert.equal((await sent)._tag, 'Unknown');
    });

    test('sends nothing after it was closed', async ({ provider, server }) => {
      provider.close();
      assert.equal((await provider.send(request))._tag, 'NotSent');
      assert.equal(server.seen.length, 0);
    });
  });
};
