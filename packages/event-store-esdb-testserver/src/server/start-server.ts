import type { Server } from '@grpc/grpc-js';
import { ServerCredentials } from '@grpc/grpc-js';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { FaultScript } from '../faults/fault-script';
import { faultScript } from '../faults/fault-script';
import { runGroups } from '../groups/groups';
import type { AppendOutcome, EventLog } from '../log/event-log';
import { openEventLog } from '../log/open-event-log';
import type { ExpectedRevision } from '../log/expected-revision';
import { NO_JOURNAL } from '../log/journal';
import type { ProposedEvent } from '../log/proposed-event';
import { sqliteJournal } from '../log/sqlite-journal';
import type { Certificate } from '../tls/self-signed-certificate';
import type { CallCounts } from './call-counts';
import { callCounts } from './call-counts';
import type { Connections } from './connections';
import { directConnections, freezableConnections } from './connections';
import type { Users } from './credentials';
import type { Announcement } from './features-call';
import type { ClusterMember } from './gossip-call';
import { grpcServer } from './grpc-server';
import type { ServerContext } from './server-context';
import type { TestServerRuntime } from './test-server-runtime';

export interface EsdbTestServerOptions {
  readonly runtime: TestServerRuntime;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default: any free port. */
  readonly port?: number;
  /** Names and passwords. Without it everybody may do everything. The client sends credentials over TLS only. */
  readonly users?: Users;
  /**
   * Certificate and key in PEM. With an authority for clients, a client without a certificate of it is not let in. Without `tls`
   * the server speaks in the clear.
   */
  readonly tls?: Certificate & { readonly clientAuthority?: string };
  /** What the server says it is. Default `24.10.4`. */
  readonly version?: string;
  /** Default `all`. */
  readonly announcement?: Announcement;
  /** Bytes. Default 1 MiB, as in 24.10. */
  readonly maxAppendSize?: number;
  /** Default 100, as Kestrel has it. */
  readonly maxConcurrentStreams?: number;
  /** Whether `freeze` can be used; costs a copy of every byte. Default false. */
  readonly freezable?: boolean;
  /** Where the log is kept. It outlives the process, `kill -9` too. Without it everything ends with the server. */
  readonly directory?: string;
  /** Where a new log begins, up to 2^62: positions beyond 2^53 can be met. Default 0. */
  readonly origin?: bigint;
  /** Every append is written as an explicit transaction of old servers: one commit position, many prepare positions. */
  readonly explicitTransactions?: boolean;
}

/** Why the server was not started. */
export interface NotStarted {
  /**
   * The port cannot be had; the directory cannot be used, because another process has it or it may not be written to; certificate
   * or key are no PEM or do not belong together.
   */
  readonly _tag: 'NotListening' | 'NotOpened' | 'NotSecured';
  /** The code of the system: `EADDRINUSE`, `ERR_SQLITE_ERROR`, `ERR_OSSL_PEM_NO_START_LINE`. */
  readonly code: string;
}

export interface EsdbTestServer {
  readonly host: string;
  readonly port: number;
  /** For the client: `esdb://127.0.0.1:2113?tls=false`. */
  readonly connectionString: string;
  readonly faults: Pick<FaultScript, 'set' | 'clear'>;
  readonly calls: Pick<CallCounts, 'of' | 'open' | 'until'>;
  readonly connections: Pick<Connections, 'dropAll' | 'open' | 'freeze' | 'thaw'>;
  /** Tells every client to go to a new connection (GOAWAY); calls that are open go on for so many milliseconds. */
  readonly goAway: (graceMilliseconds: number) => void;
  /** How far the server's clock is ahead, in milliseconds. It may be negative. */
  readonly skewClock: (milliseconds: number) => void;
  /** What gossip tells from now on. Default: this server, the leader. */
  readonly setMembers: (members: ReadonlyArray<ClusterMember>) => void;
  /** Writes past the protocol, at once. */
  readonly append: (
    stream: string,
    events: ReadonlyArray<ProposedEvent>,
    expected: ExpectedRevision,
  ) => AppendOutcome;
  /** Lets a stream without events begin at this revision; false when it has events. */
  readonly beginAt: (stream: string, revision: bigint) => boolean;
  /** Events in the log. */
  readonly count: () => number;
  /** Ends everything: calls, connections, listening. */
  readonly close: () => Promise<void>;
  /** The same, with connections that are reset as when a machine is cut off. */
  readonly kill: () => Promise<void>;
}

/** Starts a server in this process. */
export const startEsdbTestServer =
  (options: EsdbTestServerOptions): TaskEither<NotStarted, EsdbTestServer> =>
  async () => {
    const { runtime, host = '127.0.0.1', port = 0, tls } = options;
    let skew = 0;
    let closed = false;
    const now = (): number => Date.parse(runtime.wall()) + skew;
    const opened = openLog(options, now);
    if (E.isLeft(opened)) return opened;
    const log = opened.right;
    const groups = runGroups(log, runtime, now);
    const faults = faultScript();
    const calls = callCounts();
    let members: ReadonlyArray<ClusterMember> = [];
    let injector: ReturnType<Server['createConnectionInjector']> | undefined;
    const connections = (options.freezable === true ? freezableConnections : directConnections)((socket) =>
      injector?.injectConnection(socket),
    );
    const context: ServerContext = {
      log,
      groups,
      closed: () => closed,
      runtime,
      now,
      faults,
      calls,
      connections,
      users: options.users,
      maxAppendSize: options.maxAppendSize ?? 1024 * 1024,
      version: options.version ?? '24.10.4',
    };
    const server = grpcServer(context, {
      announcement: options.announcement ?? 'all',
      members: () => members,
      maxConcurrentStreams: options.maxConcurrentStreams ?? 100,
    });
    const end = async (): Promise<void> => {
      closed = true;
      faults.clear();
      groups.stop();
      await connections.close();
      server.forceShutdown();
      log.close();
    };
    const secured = E.tryCatch(
      () => server.createConnectionInjector(credentialsOf(tls)),
      (error): NotStarted => ({ _tag: 'NotSecured', code: codeOf(error) }),
    );
    if (E.isLeft(secured)) {
      await end();
      return secured;
    }
    const listening = await listen(connections, host, port);
    if (E.isLeft(listening)) {
      await end();
      return listening;
    }
    injector = secured.right;
    members = [{ host, port: listening.right, state: 'leader' }];
    let ending: Promise<void> | undefined;
    const close = (): Promise<void> => (ending ??= end());
    return E.right({
      host,
      port: listening.right,
      connectionString: `esdb://${host}:${listening.right}?tls=${tls !== undefined}`,
      faults: { set: faults.set, clear: faults.clear },
      calls: { of: calls.of, open: calls.open, until: calls.until },
      connections,
      goAway: (graceMilliseconds) => secured.right.drain(graceMilliseconds),
      skewClock: (milliseconds) => {
        skew = milliseconds;
      },
      setMembers: (given) => {
        members = given;
      },
      append: log.append,
      beginAt: log.beginAt,
      count: log.count,
      kill: () => {
        connections.dropAll();
        return close();
      },
      close,
    });
  };

const credentialsOf = (tls: EsdbTestServerOptions['tls']): ServerCredentials =>
  tls === undefined
    ? ServerCredentials.createInsecure()
    : ServerCredentials.createSsl(
        tls.clientAuthority === undefined ? null : Buffer.from(tls.clientAuthority, 'utf8'),
        [{ cert_chain: Buffer.from(tls.certificate, 'utf8'), private_key: Buffer.from(tls.key, 'utf8') }],
        tls.clientAuthority !== undefined,
      );

const openLog = (
  { runtime, directory, origin = 0n, explicitTransactions = false }: EsdbTestServerOptions,
  now: () => number,
): E.Either<NotStarted, EventLog> =>
  E.tryCatch(
    () => {
      const journal = directory === undefined ? { ...NO_JOURNAL, origin } : sqliteJournal(directory, origin);
      const layout = { origin: journal.origin, explicitTransactions };
      return openEventLog({ now, newId: runtime.ids.next, journal, ...layout });
    },
    (error): NotStarted => ({ _tag: 'NotOpened', code: codeOf(error) }),
  );

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'UNKNOWN';

const listen = async (
  connections: Connections,
  host: string,
  port: number,
): Promise<E.Either<NotStarted, number>> => {
  try {
    return E.right(await connections.listen(host, port));
  } catch (error) {
    return E.left({ _tag: 'NotListening', code: codeOf(error) });
  }
};
