import type { EventStore, KeyRingHome, WorkStore } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { appendLoop, type AppendCounts } from './appending/append-loop';
import { appendEvents } from './appending/append-events';
import { readCertificates } from './connection/certificates';
import { connectionTo } from './connection/connection';
import { probe } from './connection/probe';
import { describeAddress, parseConnectionString } from './connection/connection-string';
import { consumerGroups, type ConsumerGroups } from './groups/consumer-groups';
import { greet } from './greeting';
import { esdbKeyRingHome } from './keys/esdb-key-ring-home';
import type { OpenError } from './open-error';
import { comparePositions, positionOf } from './position';
import { headWatch, type HeadWatch } from './reading/head-watch';
import { readAll } from './reading/read-all';
import { readStream } from './reading/read-stream';
import type { Reading } from './reading/reading';
import { CLOSED, readError } from './reading/store-error';
import { subscription } from './reading/subscription';
import { DEFAULT_SETTINGS, wrongSettings, type EsdbSettings } from './settings';
import { streamNames } from './stream-names';
import { within } from './within';
import { checkpointStreams } from './work/checkpoint-streams';
import { leaseStreams } from './work/lease-streams';

export interface EsdbStoreOptions {
  /**
   * `esdb://[user:password@]host[:port][,host…][?tls=false&tlsCAFile=…]` or `esdb+discover://…`. It is checked before anything is
   * done, and stands in no log and no error.
   */
  readonly connectionString: string;
  /** User and password, instead of those of the connection string. */
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly runtime: Runtime;
  readonly settings?: Partial<EsdbSettings>;
}

export interface EsdbStatistics extends Readonly<AppendCounts> {
  /** What the server calls itself. */
  readonly serverVersion: string;
  /** Calls that are open now. */
  readonly openCalls: number;
  /** Subscriptions of the server that broke off, ended or became silent, and were resumed. */
  readonly drops: number;
}

/** An event store in a database of EventStoreDB, with the leases and checkpoints of those who work on it. */
export interface EsdbStore extends EventStore {
  /** Streams `lease-<shard>` and `checkpoint-<name>` of the same database. Closed with the store. */
  readonly work: WorkStore;
  /**
   * The keys of persons, in streams `keyring-…`, `personkeys-<keyId>` and `wrappedkey-<kid>` of the same database, shared by all hosts that
   * have the same key-encryption key. An erasure is seen by all of them when it is answered. Until the next scavenge has passed over the
   * place, on every node, an erased key still lies in the database's files and in its `$all`, wrapped; backups made before keep it too.
   * Closed with the store.
   */
  readonly keyRing: KeyRingHome;
  /** For consumers of users. */
  readonly groups: ConsumerGroups;
  readonly statistics: () => EsdbStatistics;
}

/**
 * Opens a database of EventStoreDB, version 22.10 or later. Waits for a server for `settings.opening`; a store that is open survives
 * that its server goes and comes back.
 */
export const openEsdbStore =
  ({
    connectionString,
    credentials,
    runtime,
    settings: given,
  }: EsdbStoreOptions): TaskEither<OpenError, EsdbStore> =>
  async () => {
    const parsed = parseConnectionString(connectionString);
    if (E.isLeft(parsed)) return parsed;
    const address = credentials === undefined ? parsed.right : { ...parsed.right, credentials };
    const { defaultDeadline } = address;
    const settings: EsdbSettings = {
      ...DEFAULT_SETTINGS,
      ...(defaultDeadline === undefined ? {} : { deadline: defaultDeadline }),
      ...given,
    };
    const wrong = wrongSettings(settings);
    if (wrong.length > 0) return E.left({ _tag: 'WrongSettings', why: wrong.join('; ') });
    if (credentials !== undefined && !address.tls)
      return E.left({ _tag: 'WrongSettings', why: 'User and password are sent over TLS only.' });
    const certificates = await readCertificates(address);
    if (E.isLeft(certificates)) return certificates;
    const connection = connectionTo(address, certificates.right);
    const closing = new AbortController();
    const reading: Reading = {
      connection,
      runtime,
      settings,
      names: streamNames(settings.namespace),
      closed: closing.signal,
    };
    const head = headWatch(reading);
    const place = describeAddress(address);
    const greeted = await greet({
      connection,
      head,
      probe: (patience) => probe({ address, certificates: certificates.right, runtime }, patience),
      runtime,
      opening: settings.opening,
      attempt: settings.attempt,
      place,
    });
    if (E.isLeft(greeted)) {
      connection.close();
      return greeted;
    }
    runtime.log.write('info', 'the event store is open', { place, version: greeted.right });
    return E.right(storeOn(reading, closing, head, greeted.right));
  };

const storeOn = (
  reading: Reading,
  closing: AbortController,
  head: HeadWatch,
  serverVersion: string,
): EsdbStore => {
  const { connection, runtime, settings } = reading;
  const abandoned = new AbortController();
  const loop = appendLoop({ connection, runtime, settings, closed: abandoned.signal });
  let drops = 0;
  const following = {
    ...reading,
    head,
    dropped: (why: string): void => {
      drops += 1;
      runtime.log.write('warn', 'a subscription broke off and is resumed', { why });
    },
  };
  const isClosed = (): boolean => closing.signal.aborted;
  const whyClosed = (): string | undefined => (isClosed() ? 'the store is closed' : undefined);
  let workClosed = false;
  const work = { reading, loop, closed: () => (workClosed ? 'the store is closed' : whyClosed()) };

  const close = async (): Promise<void> => {
    closing.abort();
    await within(runtime, settings.closing, loop.idle());
    abandoned.abort();
    connection.close();
    // Those that were given up have told so when this resolves.
    await loop.idle();
  };
  let closed: Promise<void> | undefined;

  return {
    append: (stream, expected, events) => () =>
      isClosed()
        ? Promise.resolve(E.left(CLOSED))
        : appendEvents({ loop, reading }, stream, expected, events),
    readStream: (stream, how = {}) => readStream(reading, stream, how),
    readAll: (how = {}) =>
      readAll(
        {
          ...reading,
          head,
          subscribe: (options) => subscription({ ...following, patience: settings.deadline }, options),
        },
        how,
      ),
    subscribeAll: (how = {}) => subscription({ ...following, patience: settings.patience }, how),
    head: () => async () => {
      if (isClosed()) return E.left(CLOSED);
      const looked = await head.look();
      if (isClosed()) return E.left(CLOSED);
      if (E.isLeft(looked)) return E.left(readError(looked.left));
      const { own } = looked.right;
      return E.right(own === undefined ? undefined : positionOf(own));
    },
    comparePositions,
    close: () => (closed ??= close()),
    work: {
      leases: leaseStreams(work),
      checkpoints: checkpointStreams(work),
      close: () => {
        workClosed = true;
        return Promise.resolve();
      },
    },
    keyRing: esdbKeyRingHome({ reading, loop, closed: whyClosed }),
    groups: consumerGroups(reading),
    statistics: () => ({ ...loop.counts, serverVersion, openCalls: connection.openCalls(), drops }),
  };
};
