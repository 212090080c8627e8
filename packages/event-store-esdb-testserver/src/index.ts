/**
 * A server that speaks the protocol of EventStoreDB 24.10, for development and tests: in the process of the test or in one of its
 * own, without a container and without a download.
 *
 * ```ts
 * const server = await startEsdbTestServer({ runtime: systemRuntime() })();
 * if (E.isLeft(server)) throw new Error(server.left.code);
 * const client = EventStoreDBClient.connectionString(server.right.connectionString);
 * server.right.faults.set({ on: 'append', nth: 2, fault: { do: 'drop', at: 'after' } });
 * ```
 *
 * **What it does.** Appends on both ways (classic and batch) with every expectation, repetition by the rules of the server, 1 MiB
 * an append; reads of streams and of everything, forwards and backwards, links resolved; catch-up subscriptions with marks, filters
 * and checkpoints; delete, tombstone, `$maxCount`, `$maxAge`, `$tb`; groups of competing consumers with all their answers, parked
 * messages and checkpoints; server features and gossip; Basic credentials, TLS, certificates of clients; 100 calls a connection.
 * Revisions and positions are exact over 63 bits. With a directory the log outlives `kill -9` (SQLite in WAL mode, so that a power
 * cut may cost the last events). A million events of half a kilobyte take about 1 GB.
 *
 * **What it breaks, when it is told to.** See `FaultRule`: silence, connections that are reset before or after the work is done,
 * foreign writers, an early end with OK, refusals, another leader, waits, and calls that are held until a test lets them go; beside
 * that a skewed clock, a frozen server, and old servers that announce less or write explicit transactions.
 *
 * **What it does not prove.** It is written from the sources and the client, and was never compared with a running EventStoreDB.
 *
 * - Replication, elections and the loss of acknowledged events by a change of the leader: there is one node, and gossip tells what a
 *   test made up.
 * - Rights: a known user may do everything. Roles, `$acl` of streams and default policies are not looked at.
 * - Regular expressions in filters are those of JavaScript, not those of .NET.
 * - Projections, their system streams (`$by_category` and the rest) and users as a service do not exist; nor do scavenging,
 *   monitoring and the HTTP interface.
 * - What `ANY` remembers: between 50,000 and 100,000 ids, where the real server has 8 MiB of them.
 * - Groups deliver what there is; the sizes of their buffers, the pace of their clock (1 second there) and the buckets of `Pinned`
 *   are not imitated, and rates are not measured.
 * - A call that waits for one of the 100 places may be refused with RESOURCE_EXHAUSTED when another call is cancelled in the same
 *   moment; that is the HTTP/2 of Node, and the real server lets it in.
 * - A connection whose client has cancelled a thousand calls in a short time is closed; that too is the HTTP/2 of Node, and the real
 *   server counts otherwise.
 * - Speed, and everything about disks.
 *
 * Production needs the real server, and an adapter needs its tests against one as well.
 *
 * @packageDocumentation
 */
export type { Fault, FaultRule, Moment, NamedRefusal, Operation } from './faults/fault-rule';
export type { FaultScript, SetFault } from './faults/fault-script';
export type { AppendOutcome } from './log/event-log';
export type { ExpectedRevision } from './log/expected-revision';
export type { Position } from './log/position';
export type { ProposedEvent } from './log/proposed-event';
export type { ProcessCommand, ProcessOptions, ProcessReport } from './process/process-command';
export { serveEsdbTestProcess, type ProcessEnds } from './process/serve-process';
export type { CallCount, CallCounts } from './server/call-counts';
export type { Connections } from './server/connections';
export type { Users } from './server/credentials';
export type { Announcement } from './server/features-call';
export type { ClusterMember } from './server/gossip-call';
export type { EsdbTestServer, EsdbTestServerOptions, NotStarted } from './server/start-server';
export { startEsdbTestServer } from './server/start-server';
export type { TestServerRuntime } from './server/test-server-runtime';
export type { Certificate, SelfSignedOptions } from './tls/self-signed-certificate';
export { selfSignedCertificate } from './tls/self-signed-certificate';
