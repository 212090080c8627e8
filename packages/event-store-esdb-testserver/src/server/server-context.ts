import type { ServerUnaryCall } from '@grpc/grpc-js';
import type { FaultMeans, Interruption } from '../faults/apply-faults';
import { applyFaults } from '../faults/apply-faults';
import type { FaultSubject, Moment } from '../faults/fault-rule';
import type { FaultScript } from '../faults/fault-script';
import type { Groups } from '../groups/groups';
import type { EventLog } from '../log/event-log';
import type { CallCounts } from './call-counts';
import type { Connections } from './connections';
import type { Users } from './credentials';
import { refusedCaller } from './credentials';
import type { TestServerRuntime } from './test-server-runtime';

/** What all services share. */
export interface ServerContext {
  readonly log: EventLog;
  readonly groups: Groups;
  readonly runtime: TestServerRuntime;
  /** Milliseconds since 1970 by the server's clock, with its skew. */
  readonly now: () => number;
  readonly faults: FaultScript;
  readonly calls: CallCounts;
  readonly connections: Pick<Connections, 'drop'>;
  readonly users: Users;
  /** Bytes. */
  readonly maxAppendSize: number;
  /** Whether the server is being closed: nothing is written or answered any more. */
  readonly closed: () => boolean;
  /** Old servers and the present one announce themselves differently. */
  readonly version: string;
}

/** A call as far as it may be struck: by a refusal of its caller or by faults. */
export interface Strikes {
  readonly at: (moment: Moment) => Promise<Interruption | undefined>;
  /** Whether there is anything to ask for at all. */
  readonly any: boolean;
}

/** Looks up the faults of a call, and counts it for them. A caller who may not is refused before anything else. */
export const strikesOf = (
  context: ServerContext,
  call: Pick<ServerUnaryCall<unknown, unknown>, 'metadata'>,
  subject: FaultSubject,
  signal: AbortSignal,
): Strikes => {
  const faults = context.faults.of(subject);
  // Everybody may ask what the server can do and who is in the cluster: clients ask before they show who they are.
  const open = subject.operation === 'features' || subject.operation === 'gossip';
  const refusal = open ? undefined : refusedCaller(context.users, call.metadata);
  const means: FaultMeans = {
    sleep: context.runtime.sleep,
    foreignAppend: (stream, type) => {
      if (context.closed()) return;
      const id = context.runtime.ids.next();
      context.log.append(
        stream,
        [{ id, type, json: true, data: Buffer.from('{}'), metadata: Buffer.alloc(0) }],
        'any',
      );
    },
    stream: subject.stream,
    signal,
  };
  return {
    any: faults.any || refusal !== undefined,
    at: async (moment) => {
      if (moment === 'before' && refusal !== undefined) return { _tag: 'Refuse', refusal };
      const interruption = await applyFaults(faults, moment, means);
      return context.closed() ? { _tag: 'Silence' } : interruption;
    },
  };
};
