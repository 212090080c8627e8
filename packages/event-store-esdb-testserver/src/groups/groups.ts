import * as E from 'fp-ts/Either';
import { recordedOf } from '../log/event-frame';
import type { EventLog } from '../log/event-log';
import type { Refusal } from '../server/refusal';
import { groupDropped, groupExists, groupMissing, tooManyConsumers } from '../server/refusal';
import type { TestServerRuntime } from '../server/test-server-runtime';
import type { Consumer, Group } from './group';
import { runGroup } from './group';
import type { GroupRecord } from './group-record';
import { readRecords, sourceName, subscriptionIdOf, writeRecords } from './group-record';
import type { GroupSource } from './group-settings';

/** A group that runs, as it was created. */
export interface RunningGroup {
  readonly record: GroupRecord;
  readonly group: Group;
}

/** All groups of the server. They are written to the log, and run again after a restart from their checkpoints. */
export interface Groups {
  readonly create: (record: GroupRecord) => Refusal | undefined;
  /** Sends the consumers away. What a group filters by cannot be changed. */
  readonly update: (
    record: Omit<GroupRecord, 'source'> & { readonly source: GroupSource },
  ) => Refusal | undefined;
  readonly remove: (source: string, group: string) => Refusal | undefined;
  readonly find: (source: string, group: string) => E.Either<Refusal, RunningGroup>;
  readonly connect: (source: string, group: string, consumer: Consumer) => E.Either<Refusal, Group>;
  readonly list: (source: string | undefined) => ReadonlyArray<RunningGroup>;
  /** As a restart of the subsystem: all consumers are sent away, all groups begin again at their checkpoints. */
  readonly restart: () => void;
  readonly stop: () => void;
}

const CONFIG = '$persistentSubscriptionConfig';

export const runGroups = (log: EventLog, runtime: TestServerRuntime, now: () => number): Groups => {
  const running = new Map<string, RunningGroup>();

  const run = (record: GroupRecord): void => {
    const { source, settings } = record;
    const subscriptionId = subscriptionIdOf(record);
    const group = runGroup({ log, runtime, now, source, settings, subscriptionId });
    running.set(subscriptionId, { record, group });
  };
  const writeDown = (): void => {
    const data = writeRecords([...running.values()].map(({ record }) => record));
    const event = {
      id: runtime.ids.next(),
      type: '$PersistentConfig',
      json: true,
      data,
      metadata: Buffer.alloc(0),
    };
    log.append(CONFIG, [event], 'any');
  };
  const halt = ({ record, group }: RunningGroup): void =>
    group.stop(groupDropped(sourceName(record.source), record.group));
  const find = (source: string, group: string): E.Either<Refusal, RunningGroup> => {
    const found = running.get(`${source}::${group}`);
    return found === undefined ? E.left(groupMissing(source, group)) : E.right(found);
  };

  const last = log.stream(CONFIG)?.rows.at(-1);
  const stored = last === undefined ? undefined : recordedOf(log.frame(last)).data;
  if (stored !== undefined) readRecords(stored).forEach(run);

  return {
    create: (record) => {
      const name = sourceName(record.source);
      if (running.has(subscriptionIdOf(record))) return groupExists(name, record.group);
      run(record);
      writeDown();
      return undefined;
    },
    update: ({ group, source, settings }) => {
      const found = find(sourceName(source), group);
      if (E.isLeft(found)) return found.left;
      halt(found.right);
      run({ group, settings, source: withFilterOf(source, found.right.record.source) });
      writeDown();
      return undefined;
    },
    remove: (source, group) => {
      const found = find(source, group);
      if (E.isLeft(found)) return found.left;
      halt(found.right);
      running.delete(`${source}::${group}`);
      found.right.group.forget();
      writeDown();
      return undefined;
    },
    find,
    connect: (source, group, consumer) => {
      const found = find(source, group);
      if (E.isLeft(found)) return found;
      return found.right.group.connect(consumer)
        ? E.right(found.right.group)
        : E.left(tooManyConsumers(source, group));
    },
    list: (source) =>
      [...running.values()].filter(
        ({ record }) => source === undefined || sourceName(record.source) === source,
      ),
    restart: () => {
      const records = [...running.values()];
      records.forEach(halt);
      for (const { record } of records) run(record);
    },
    stop: () => [...running.values()].forEach(halt),
  };
};

const withFilterOf = (source: GroupSource, before: GroupSource): GroupSource =>
  source._tag === 'All' && before._tag === 'All' ? { ...source, filter: before.filter } : source;
