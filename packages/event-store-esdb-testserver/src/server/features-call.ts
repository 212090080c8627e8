import type { handleUnaryCall } from '@grpc/grpc-js';
import { supportedMethods } from '../wire/server-messages';
import type { ServerContext } from './server-context';
import { unaryCall } from './unary-call';

/** How much the server says it can. */
export type Announcement =
  | 'all'
  /** As servers before 21.10: the client appends on the classic path. */
  | 'without-batch';

const STREAMS = 'event_store.client.streams.streams';
const GROUPS = 'event_store.client.persistent_subscriptions.persistentsubscriptions';

/** `ServerFeatures/GetSupportedMethods`: names in lower case, as the real server has them. */
export const featuresCall = (
  context: ServerContext,
  announcement: Announcement,
): handleUnaryCall<Buffer, Buffer> =>
  unaryCall(context, {
    operation: 'features',
    read: () => undefined,
    answer: () =>
      supportedMethods.encode({
        methods: [
          ...['read', 'append', 'delete', 'tombstone'].map((methodName) => ({
            methodName,
            serviceName: STREAMS,
          })),
          ...(announcement === 'all' ? [{ methodName: 'batchappend', serviceName: STREAMS }] : []),
          ...[
            'create',
            'update',
            'delete',
            'read',
            'getinfo',
            'replayparked',
            'list',
            'restartsubsystem',
          ].map((methodName) => ({ methodName, serviceName: GROUPS, features: ['stream', 'all'] })),
          { methodName: 'read', serviceName: 'event_store.client.gossip.gossip' },
          {
            methodName: 'getsupportedmethods',
            serviceName: 'event_store.client.server_features.serverfeatures',
          },
        ],
        version: context.version,
      }),
  });
