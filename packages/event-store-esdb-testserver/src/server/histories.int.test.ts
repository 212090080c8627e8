import { fc, test as property } from '@fast-check/jest';
import type { EventStoreDBClient, ResolvedEvent } from '@eventstore/db-client';
import { BACKWARDS, END, FORWARDS, jsonEvent, START, streamNameFilter } from '@eventstore/db-client';
import { followed } from '../read/followed.testing';
import { CLASSIC, clientOf, started } from './server.testing';
import type { EsdbTestServer } from './start-server';

let server: EsdbTestServer;
let client: EventStoreDBClient;
beforeAll(async () => {
  server = await started();
  client = clientOf(server);
});
afterAll(async () => {
  await client.dispose();
  await server.close();
});

/** Everything that was ever written, in order. */
const written: Array<{ readonly stream: string; readonly n: number }> = [];
const numbersOf = async (read: AsyncIterable<ResolvedEvent>): Promise<ReadonlyArray<unknown>> => {
  const found: Array<unknown> = [];
  for await (const { event } of read) found.push((event?.data as { readonly n: number } | undefined)?.n);
  return found;
};

const appends = fc.array(
  fc.record({
    stream: fc.constantFrom('a-1', 'a-2', 'b-1'),
    count: fc.integer({ min: 1, max: 5 }),
    classic: fc.boolean(),
    /** How far the expectation is from the truth. */
    off: fc.constantFrom(0n, 0n, 0n, 1n, -1n),
  }),
  { minLength: 1, maxLength: 4 },
);
const window = fc.record({
  stream: fc.constantFrom('a-1', 'a-2', 'b-1'),
  from: fc.nat({ max: 40 }),
  most: fc.integer({ min: 1, max: 12 }),
  backwards: fc.boolean(),
});

property.prop([appends, fc.array(window, { maxLength: 3 })], { numRuns: 40 })(
  'whatever is appended and refused, every way of reading gives what an array gives',
  async (history, windows) => {
    const of = (stream: string) => written.filter((one) => one.stream === stream).map(({ n }) => n);
    for (const { stream, count, classic, off } of history) {
      const truth = BigInt(of(stream).length) - 1n;
      const exact = truth + off;
      const fresh = Array.from({ length: count }, (_, index) => written.length + index);
      const outcome = await client
        .appendToStream(
          stream,
          fresh.map((n) => jsonEvent({ type: 'N', data: { n } })),
          { ...(classic ? CLASSIC : {}), expectedRevision: exact < 0n ? 'no_stream' : exact },
        )
        .catch((error: unknown) => error);
      const accepted = exact === truth || (exact < 0n && truth < 0n);
      expect(outcome).toMatchObject(
        accepted
          ? { success: true, nextExpectedRevision: truth + BigInt(count) }
          : { type: 'wrong-expected-version', actualVersion: truth < 0n ? 'no_stream' : truth },
      );
      if (accepted) written.push(...fresh.map((n) => ({ stream, n })));
    }
    for (const { stream, from, most, backwards } of windows) {
      const own = of(stream);
      if (own.length === 0) continue;
      const wanted = backwards ? own.slice(0, from + 1).toReversed() : own.slice(from);
      const direction = backwards ? BACKWARDS : FORWARDS;
      const read = client.readStream(stream, { direction, fromRevision: BigInt(from), maxCount: most });
      expect(await numbersOf(read)).toEqual(wanted.slice(0, most));
      const all = client.readAll({ direction, fromPosition: backwards ? END : START, maxCount: most });
      const everything = written.map(({ n }) => n);
      expect(await numbersOf(all)).toEqual((backwards ? everything.toReversed() : everything).slice(0, most));
    }
  },
);

test('a filtered subscription over all of it, page after page', async () => {
  const subscription = followed().of(
    client.subscribeToAll({ filter: streamNameFilter({ prefixes: ['a-'], maxSearchWindow: 3 }) }),
  );
  await subscription.until('caughtUp');
  expect(subscription.numbers()).toEqual(written.filter(({ stream }) => stream !== 'b-1').map(({ n }) => n));
  await subscription.close();
});
