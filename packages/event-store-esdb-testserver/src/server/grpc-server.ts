import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { Server } from '@grpc/grpc-js';
import { appendCall } from '../append/append-call';
import { batchAppendCall } from '../append/batch-append-call';
import { deleteCall } from '../append/delete-call';
import { groupCalls } from '../groups/group-calls';
import { groupReadCall } from '../groups/group-read-call';
import { readCall } from '../read/read-call';
import type { Announcement } from './features-call';
import { featuresCall } from './features-call';
import type { ClusterMember } from './gossip-call';
import { gossipCall } from './gossip-call';
import type { ServerContext } from './server-context';

export interface GrpcServerOptions {
  readonly announcement: Announcement;
  readonly members: () => ReadonlyArray<ClusterMember>;
  /** Calls that one connection may have open at a time. */
  readonly maxConcurrentStreams: number;
}

/** What the real server takes in one message. */
const LARGEST_MESSAGE = 17 * 1024 * 1024;

/** All services on one gRPC server. Messages are passed through as bytes. */
export const grpcServer = (
  context: ServerContext,
  { announcement, members, maxConcurrentStreams }: GrpcServerOptions,
): Server => {
  const server = new Server({
    'grpc.max_concurrent_streams': maxConcurrentStreams,
    'grpc.max_receive_message_length': LARGEST_MESSAGE,
    'grpc.max_send_message_length': -1,
  });
  const add = (
    service: string,
    methods: Readonly<Record<string, Streaming>>,
    handlers: UntypedServiceImplementation,
  ): void => server.addService(definition(service, methods), handlers);
  add(
    'event_store.client.streams.Streams',
    {
      Read: { answers: true },
      Append: { questions: true },
      BatchAppend: { questions: true, answers: true },
      Delete: {},
      Tombstone: {},
    },
    {
      Read: readCall(context),
      Append: appendCall(context),
      BatchAppend: batchAppendCall(context),
      Delete: deleteCall(context, 'delete'),
      Tombstone: deleteCall(context, 'tombstone'),
    },
  );
  add(
    'event_store.client.server_features.ServerFeatures',
    { GetSupportedMethods: {} },
    { GetSupportedMethods: featuresCall(context, announcement) },
  );
  add(
    'event_store.client.persistent_subscriptions.PersistentSubscriptions',
    {
      Create: {},
      Update: {},
      Delete: {},
      GetInfo: {},
      List: {},
      ReplayParked: {},
      RestartSubsystem: {},
      Read: { questions: true, answers: true },
    },
    { ...groupCalls(context), Read: groupReadCall(context) },
  );
  add('event_store.client.gossip.Gossip', { Read: {} }, { Read: gossipCall(context, members) });
  return server;
};

/** Which sides of a method are streams. */
interface Streaming {
  readonly questions?: true;
  readonly answers?: true;
}

const asIs = (bytes: Buffer): Buffer => bytes;

const definition = (service: string, methods: Readonly<Record<string, Streaming>>): ServiceDefinition =>
  Object.fromEntries(
    Object.entries(methods).map(([name, { questions = false, answers = false }]) => [
      name,
      {
        path: `/${service}/${name}`,
        requestStream: questions,
        responseStream: answers,
        requestSerialize: asIs,
        requestDeserialize: asIs,
        responseSerialize: asIs,
        responseDeserialize: asIs,
      },
    ]),
  );
