import type { FiscalRequest, OpenProvider, SendAnswer } from '../port';
import type { AdapterUnderTest, TestApi } from './index';
import { providerConformance, scriptedServer } from './index';
import {
  SAMPLE_PROTOCOL,
  SAMPLE_REQUEST,
  SAMPLE_TIMEOUT,
  TOKEN,
  sampleAdapter,
} from './sample-adapter.testing';

const subject: AdapterUnderTest = {
  name: 'the sample adapter',
  open: ({ baseUrl, runtime }) => sampleAdapter(baseUrl, runtime),
  server: () => scriptedServer(SAMPLE_PROTOCOL),
  request: SAMPLE_REQUEST,
  secrets: [TOKEN],
  timeoutMs: SAMPLE_TIMEOUT,
  renewsToken: true,
};

providerConformance(subject);

type Change = (provider: OpenProvider, at: Parameters<AdapterUnderTest['open']>[0]) => Partial<OpenProvider>;

const changedSend =
  (change: (answer: SendAnswer, request: FiscalRequest) => SendAnswer): Change =>
  (provider) => ({ send: async (request, signal) => change(await provider.send(request, signal), request) });

/** Adapters with one fault each, and a test that must find it. */
const broken: ReadonlyArray<readonly [fault: string, test: string, change: Change]> = [
  [
    'repeats a send whose outcome is unknown',
    'knows nothing when the connection is reset without an answer, and does not repeat',
    (provider) => ({
      send: async (request, signal) => {
        const answer = await provider.send(request, signal);
        return answer._tag === 'Unknown' ? provider.send(request, signal) : answer;
      },
    }),
  ],
  [
    'calls a lost answer not sent',
    'knows nothing when a connection that served before is reset',
    changedSend((answer) => (answer._tag === 'Unknown' ? { _tag: 'NotSent', why: 'refused' } : answer)),
  ],
  [
    'takes a page for a refusal',
    'knows nothing when 400 holds a foreign body, and does not repeat',
    changedSend((answer) =>
      answer._tag === 'Unknown' ? { _tag: 'RefusedInvalid', note: { status: 400 } } : answer,
    ),
  ],
  [
    'takes a refused connection for an unknown outcome',
    'tells that nothing was sent when the connection is refused',
    changedSend((answer) =>
      answer._tag === 'NotSent' ? { _tag: 'Unknown', why: 'connection-lost' } : answer,
    ),
  ],
  [
    'makes other bytes each time',
    'makes equal bytes of equal requests under one key',
    (provider, { runtime }) => ({
      send: (request, signal) =>
        provider.send(
          { ...request, content: { ...request.content, nonce: runtime.ids.next() } as never },
          signal,
        ),
    }),
  ],
  [
    'tells the contact',
    'stay out of refusals that repeat them',
    changedSend((answer, { content }) => {
      const told = JSON.stringify(content.buyer);
      return answer._tag === 'RefusedInvalid' ? { ...answer, note: { excerpt: told } } : answer;
    }),
  ],
  [
    'logs a secret',
    'stay out of answers that repeat the whole request as text/html',
    (provider, { runtime }) => ({
      send: (request, signal) => {
        runtime.log.write('debug', 'sending', { token: TOKEN });
        return provider.send(request, signal);
      },
    }),
  ],
  [
    'renews its token for ever',
    'makes no more requests once it is not authorised with a new token either',
    (provider) => ({
      send: async (request, signal) => {
        const answer = await provider.send(request, signal);
        return answer._tag === 'RefusedLater' ? provider.send(request, signal) : answer;
      },
    }),
  ],
  [
    'gives up too early',
    'knows nothing when no whole answer comes in time (hang)',
    (provider, { runtime }) => ({
      send: (request, signal) =>
        Promise.race([
          provider.send(request, signal),
          runtime.sleep(SAMPLE_TIMEOUT / 2).then((): SendAnswer => ({ _tag: 'Unknown', why: 'timeout' })),
        ]),
    }),
  ],
  [
    'rejects',
    'knows nothing when the answer is no HTTP, and does not repeat',
    (provider) => ({
      send: async (request, signal) => {
        const answer = await provider.send(request, signal);
        if (answer._tag === 'Unknown') throw new Error('no answer');
        return answer;
      },
    }),
  ],
  [
    'takes a page for an absent receipt',
    'learns nothing when 404 holds a foreign body, and does not repeat',
    (provider) => ({
      ask: async (key, handle, signal) => {
        const answer = await provider.ask(key, handle, signal);
        return answer._tag === 'Unavailable' ? { _tag: 'Absent' } : answer;
      },
    }),
  ],
  [
    'writes although it was aborted',
    'writes nothing when it was aborted before',
    (provider) => ({ send: (request) => provider.send(request) }),
  ],
  [
    'takes silence for registers that work',
    'is not known when the connection is refused',
    () => ({ availability: () => Promise.resolve({ _tag: 'Available', units: [] }) }),
  ],
  [
    'has another dedup domain each time',
    'names its dedup domain by the connection alone, and the same each time',
    (_, { runtime }) => ({ dedupDomain: runtime.ids.next() }),
  ],
];

/** The tests that the suite registers for a changed adapter, by name. */
const testsOf = (change: Change): ReadonlyMap<string, () => Promise<void>> => {
  const tests = new Map<string, () => Promise<void>>();
  const api: TestApi = {
    describe: (_, body) => body(),
    it: Object.assign((name: string, body: () => Promise<void>) => void tests.set(name, body), {
      skip: () => undefined,
    }),
  };
  const open: AdapterUnderTest['open'] = (at) => {
    const provider = sampleAdapter(at.baseUrl, at.runtime);
    return { ...provider, ...change(provider, at) };
  };
  providerConformance({ ...subject, open }, api);
  return tests;
};

describe('the suite', () => {
  it.each(broken)('finds an adapter that %s (%s)', async (_, test, change) => {
    const outcome = await testsOf(change)
      .get(test)?.()
      .then(
        () => 'passed',
        () => 'found',
      );
    expect(outcome).toBe('found');
  });

  it('demands the functions of a test framework', () => {
    expect(() => providerConformance(subject, { describe: undefined, it: undefined } as never)).toThrow(
      TypeError,
    );
  });
});
