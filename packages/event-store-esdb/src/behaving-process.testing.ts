import { systemRuntime, type Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { batch, eventsOf } from './appended.testing';
import { openEsdbStore, type EsdbStore } from './esdb-store';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** What a process does before it closes its store; then nothing of it may be left over. */
const BEHAVIOURS: Readonly<Record<string, (store: EsdbStore, runtime: Runtime) => Promise<void>>> = {
  /** Data that are no JSON, in every way. */
  'bad-data': async ({ append }) => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const bad: ReadonlyArray<unknown> = [
      1n,
      { a: 1n },
      undefined,
      { a: undefined },
      cycle,
      Symbol('a'),
      () => 1,
      Number.NaN,
      null,
      new Date(0),
    ];
    for (const [index, data] of bad.entries()) {
      const [event] = batch(`receipt-${index}`).events;
      const answer = await append(`receipt-${index}`, 'no-stream', [{ ...event, data } as never])();
      print(E.isLeft(answer) ? answer.left._tag : answer.right._tag);
    }
  },
  /** Calls of every kind are open when the store is closed; nobody leaves them. */
  'open-calls': async (store, runtime) => {
    for (let stream = 0; stream < 3; stream += 1)
      await store.append(`receipt-${stream}`, 'no-stream', batch(`receipt-${stream}`, { size: 50 }).events)();
    const pending = Array.from({ length: 70 }, async (_, index) => {
      const filter = index % 2 === 0 ? {} : { filter: { prefixes: ['receipt-'] } };
      for await (const item of store.subscribeAll(filter)) if (item._tag === 'Failed') print('Failed');
    });
    const iterator = store.readAll()[Symbol.asyncIterator]();
    await iterator.next();
    const reading = store.readStream('receipt-1')[Symbol.asyncIterator]();
    await reading.next();
    const consuming = store.groups.consume(
      { name: 'work', version: 1, prefixes: ['receipt-'] },
      { handle: () => TE.fromTask(() => runtime.sleep(1)), signal: new AbortController().signal },
    )();
    // The last of these is never answered.
    void store
      .append('silent-1', 'no-stream', batch('silent-1').events)()
      .then((answer) => print(E.isLeft(answer) ? answer.left._tag : answer.right._tag));
    await store.head()();
    void Promise.all([...pending, consuming]);
  },
  /** No node of the cluster can tell where the leader is, for a while. */
  'cluster-lost': async (store, runtime) => {
    const followers = Array.from({ length: 5 }, async () => {
      for await (const item of store.subscribeAll()) if (item._tag === 'Failed') print(item.error._tag);
    });
    await store.append('receipt-1', 'no-stream', batch('receipt-1').events)();
    print('ready');
    for (let tries = 0; ; tries += 1) {
      const stream = `receipt-2-${tries}`;
      const answer = await store.append(stream, 'no-stream', batch(stream).events)();
      if (E.isLeft(answer)) break;
    }
    print('lost');
    for (let tries = 0; ; tries += 1) {
      const stream = `receipt-3-${tries}`;
      const answer = await store.append(stream, 'no-stream', batch(stream).events)();
      if (E.isRight(answer)) break;
      await runtime.sleep(10);
    }
    print('found');
    void followers;
  },
  /** The server is gone for good while everything is open. */
  'server-gone': async (store) => {
    const ended = Array.from({ length: 3 }, async () => {
      for await (const item of store.subscribeAll()) if (item._tag === 'Failed') print(item.error._tag);
    });
    await store.append('receipt-1', 'no-stream', batch('receipt-1').events)();
    print('ready');
    await Promise.all(ended);
    const answer = await store.append('receipt-2', 'no-stream', batch('receipt-2').events)();
    print(E.isLeft(answer) ? 'not appended' : 'appended');
  },
  plain: async (store) => {
    await store.append('receipt-1', 'no-stream', batch('receipt-1').events)();
    print(String((await eventsOf(store.readAll())).length));
  },
};

const main = async (): Promise<void> => {
  const [, , behaviour = '', connectionString = ''] = process.argv;
  const runtime = systemRuntime();
  const settings = { look: 20, patience: 500, deadline: 1_000, attempt: 400, closing: 200 };
  const store = await openEsdbStore({ connectionString, runtime, settings })();
  if (E.isLeft(store)) throw new Error(store.left.why);
  await BEHAVIOURS[behaviour]?.(store.right, runtime);
  let closedAt = runtime.monotonic();
  // Not `process.exit`: the process has to end because nothing is left to do.
  process.on('exit', () => print(`exit ${runtime.monotonic() - closedAt < 1_000 ? 'at once' : 'late'}`));
  closedAt = runtime.monotonic();
  await store.right.close();
};

void main();
