import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { jsonEvent, NO_STREAM, START, type EventStoreDBClient } from '@eventstore/db-client';
import { appendLanes } from '../append-lanes';
import { EVENTS_PER_RECEIPT, history } from '../data/history';
import { lanesOf, type Lanes } from '../data/lanes';
import type { RecordedAppend } from '../data/recording-store';
import { bareClient, CALL_BY_CALL, openEsdb } from '../esdb-database';
import { startEventServer, type EventServer } from '../event-server';
import { measureProcess, tell, type Task } from '../measure-process';
import { median, medianRatio } from '../median';
import { microseconds, perSecond, ratioText } from '../number-text';
import { runtime } from '../open-store';
import { processorMs } from '../processor-time';
import type { Line, Report } from '../report';
import { inTurns, type Contestant } from '../rounds';

const CALLERS = [1, 16, 64] as const;
/** The one that is measured with a server that keeps its log on disk too. */
const CALLERS_ON_DISK = 16;

/** A single caller takes so many times as long. */
const SLOWER_ALONE = 4;
const WARM_UP = 2;

/** What one round of one contestant took. */
interface Taken {
  readonly perSecond: number;
  /** Milliseconds of processor time for each append, here and in the process of the server. */
  readonly here: number;
  readonly server: number;
}

/** An append as the client takes it. */
interface ClientAppend {
  readonly stream: string;
  readonly expected: typeof NO_STREAM | bigint;
  readonly event: ReturnType<typeof jsonEvent>;
}

type Work = (connectionString: string) => Promise<{
  readonly warmUp: () => Promise<void>;
  readonly work: () => Promise<void>;
  readonly close: () => Promise<void>;
}>;

/** Appends of `event-store-esdb`. The first lanes are those that warm up. */
const ours =
  (before: Lanes, lanes: Lanes): Work =>
  async (connectionString) => {
    const store = await openEsdb(connectionString);
    return {
      warmUp: () => appendLanes(store, before),
      work: () => appendLanes(store, lanes),
      close: store.close,
    };
  };

/** The same by the client alone, one call for each or all by its stream of batches. */
const bare =
  (before: Lanes, lanes: Lanes, written: Written, how: object): Work =>
  async (connectionString) => {
    const client = bareClient(connectionString);
    const appendAll = async (all: ReadonlyArray<ReadonlyArray<ClientAppend>>): Promise<void> => {
      await Promise.all(
        all.map(async (lane) => {
          for (const { stream, expected, event } of lane)
            await client.appendToStream(stream, event, { ...how, expectedRevision: expected });
        }),
      );
    };
    const [first, rest] = [before, lanes].map((all) => all.map((lane) => lane.map(written)));
    return {
      warmUp: () => appendAll(first ?? []),
      work: () => appendAll(rest ?? []),
      close: () => client.dispose(),
    };
  };

/** What the client has to be given to write what ours writes for an append. */
type Written = (append: RecordedAppend) => ClientAppend;

const revisionAfter = (expected: RecordedAppend['expected']): number =>
  expected === 'no-stream' ? 0 : expected + 1;

/** Lets ours write everything once and reads it back by the client, byte for byte. */
const writtenByOurs = async (server: EventServer, lanes: Lanes): Promise<Written> => {
  const connectionString = await server.begin();
  const { work, close } = await ours([], lanes)(connectionString);
  await work();
  await close();
  const client: EventStoreDBClient = bareClient(connectionString);
  const events = new Map<string, ReturnType<typeof jsonEvent>>();
  for await (const { event } of client.readAll({ fromPosition: START })) {
    if (event?.isJson !== true) continue;
    const { id, type, data, metadata, streamId, revision } = event;
    events.set(`${streamId} ${revision}`, jsonEvent({ id, type, data, metadata }));
  }
  await client.dispose();
  return ({ stream, expected }) => {
    const event = events.get(`${stream} ${revisionAfter(expected)}`);
    if (event === undefined) throw new Error('what was written is not there');
    return { stream, expected: expected === 'no-stream' ? NO_STREAM : BigInt(expected), event };
  };
};

/**
 * Appends of receipts, one event each, by so many callers at the same time, to the test server in a process of its own; against the
 * same appends by the client alone, with the same bytes. Every round has an empty database and a new connection, which is warm.
 */
const esdbAppend = async ({ sizes, seed, folder }: Task): Promise<Report> => {
  const server = await startEventServer();
  const most = Math.max(...CALLERS);
  const all = await history(seed, most + Math.max(most, Math.ceil(sizes.esdbAppends / EVENTS_PER_RECEIPT)));
  const [forWarmUp, receipts] = [all.receipts.slice(0, most), all.receipts.slice(most)];
  const written = await writtenByOurs(server, lanesOf(all.receipts, most));
  const lines: Line[] = [];
  let folders = 0;

  const newFolder = (): string => {
    folders += 1;
    const path = join(folder, `log-${folders}`);
    mkdirSync(path);
    return path;
  };

  const contestant =
    (begin: Work, count: number, onDisk: boolean): Contestant<Taken> =>
    async () => {
      const { warmUp, work, close } = await begin(await server.begin(onDisk ? newFolder() : undefined));
      await warmUp();
      const serverBefore = (await server.tell()).processorMs;
      const [began, hereBefore] = [runtime.monotonic(), processorMs()];
      await work();
      const [took, here] = [runtime.monotonic() - began, processorMs() - hereBefore];
      const serverUsed = (await server.tell()).processorMs - serverBefore;
      await close();
      return { perSecond: (count / took) * 1_000, here: here / count, server: serverUsed / count };
    };

  const measure = async (callers: number, onDisk: boolean): Promise<void> => {
    const where = onDisk ? ', server on disk' : '';
    tell(`appends to EventStoreDB, ${callers} at a time${where}`);
    const alone = receipts.slice(0, Math.ceil(receipts.length / SLOWER_ALONE));
    const own = callers === 1 ? alone : receipts;
    const before = lanesOf(forWarmUp.slice(0, Math.max(callers, 4)), callers);
    const lanes = lanesOf(own, callers);
    const count = own.length * EVENTS_PER_RECEIPT;
    const measured = await inTurns<'ours' | 'calls' | 'batches', Taken>(
      {
        ours: contestant(ours(before, lanes), count, onDisk),
        calls: contestant(bare(before, lanes, written, CALL_BY_CALL), count, onDisk),
        batches: contestant(bare(before, lanes, written, {}), count, onDisk),
      },
      { warmUp: WARM_UP, rounds: sizes.rounds },
    );
    const of = (name: keyof typeof measured, what: keyof Taken): ReadonlyArray<number> =>
      measured[name].map((taken) => taken[what]);
    const rate = (name: keyof typeof measured): string => perSecond(median(of(name, 'perSecond')));
    const used = (name: keyof typeof measured): string => microseconds(median(of(name, 'here')));
    lines.push(
      {
        what: `EventStoreDB: appends of one event, ${callers} at a time${where}`,
        ours: rate('ours'),
        against: `${rate('calls')} client, its batches ${rate('batches')}`,
        ratio: ratioText(medianRatio(of('ours', 'perSecond'), of('calls', 'perSecond'))),
      },
      {
        what: `its processor time (of the server ${microseconds(median(of('ours', 'server')))})`,
        ours: used('ours'),
        against: `${used('calls')} client, its batches ${used('batches')}`,
        ratio: ratioText(medianRatio(of('ours', 'here'), of('calls', 'here'))),
      },
    );
  };

  for (const callers of CALLERS) await measure(callers, false);
  await measure(CALLERS_ON_DISK, true);
  await server.end();
  return { figures: {}, lines };
};

void measureProcess(esdbAppend);
