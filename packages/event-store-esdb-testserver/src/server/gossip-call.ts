import type { handleUnaryCall } from '@grpc/grpc-js';
import { clusterInfo } from '../wire/server-messages';
import type { ServerContext } from './server-context';
import { unaryCall } from './unary-call';

/** States of a node, as gossip counts them. */
const STATES = { follower: 6, leader: 8, 'read-only-replica': 14 } as const;

/** A node of the cluster as gossip tells it. */
export interface ClusterMember {
  readonly host: string;
  readonly port: number;
  readonly state: keyof typeof STATES;
  /** Default true. */
  readonly alive?: boolean;
}

/** `Gossip/Read`: the members, as a test has made them up. */
export const gossipCall = (
  context: ServerContext,
  members: () => ReadonlyArray<ClusterMember>,
): handleUnaryCall<Buffer, Buffer> =>
  unaryCall(context, {
    operation: 'gossip',
    read: () => undefined,
    answer: () =>
      clusterInfo.encode({
        members: members().map(({ host, port, state, alive = true }) => ({
          instanceId: { text: context.runtime.ids.next() },
          timeStamp: BigInt(context.now()) * 10_000n,
          state: STATES[state],
          isAlive: alive,
          httpEndPoint: { address: host, port },
        })),
      }),
  });
