import { EventStoreDBClient } from '@eventstore/db-client';
import { callOptions } from './call-options';
import { noConnection, type Call, type CallOptions } from './grpc-call';
import type { Certificates } from './certificates';
import type { EsdbAddress } from './connection-string';

/**
 * The client of EventStoreDB with what it lacks (version 6.2.1, its last): every call has an end, is known as long as it is open and
 * can be cancelled, and no failure of a connection becomes an unhandled rejection.
 */
export interface SafeClient {
  readonly client: EventStoreDBClient;
  /** Calls that are open at the server, as far as this side knows. */
  readonly openCalls: () => number;
  /** Cancels every call and lets go of the connection. Later calls fail at once. */
  readonly close: () => void;
}

const CANCELLED = 1;
const INTERNAL = 13;
/** By this text the client knows that it was its own doing, and keeps quiet. */
const OURS = 'Cancelled on client';

// Clients with the same options share one connection, which takes 100 calls. Another interval is another connection.
let made = 0;

export const safeClient = (address: EsdbAddress, certificates: Certificates): SafeClient => {
  made = (made + 1) % 1_000;
  const client = newClient(address, certificates, made);
  const [, { credentials: ours }] = client['callArguments'](callOptions(address));
  const calls = new Set<Call>();
  let channel: { readonly close: () => void } | undefined;
  let closed = false;

  const watch = (options: CallOptions, next: (options: CallOptions) => Call): Call => {
    // The client forgets both when it asks what the server can.
    const { deadline = client['createDeadline'](), credentials = ours } = options;
    const call = begun(() => next({ ...options, deadline, credentials }));
    const { start } = call;
    calls.add(call);
    call.start = (metadata, listener) =>
      start.call(call, metadata, {
        ...listener,
        onReceiveMessage: (message) => {
          if (!heard(() => listener?.onReceiveMessage?.(message)))
            call.cancelWithStatus(INTERNAL, 'The answer is not one of this protocol');
        },
        onReceiveStatus: (status) => {
          calls.delete(call);
          heard(() => listener?.onReceiveStatus?.(status));
        },
      });
    return call;
  };

  /** The client would take what is thrown here for nothing at all: its promise never settles. */
  const begun = (make: () => Call): Call => {
    if (closed) return noConnection();
    try {
      return make();
    } catch {
      return noConnection();
    }
  };

  const { createChannel, createStream, supports, handleError } = {
    createChannel: client['createChannel'],
    createStream: client['GRPCStreamCreator'],
    supports: client['supports'],
    handleError: client['handleError'],
  };

  client['createChannel'] = async () => {
    const next = await createChannel();
    if (closed) next.close();
    channel = next;
    return next;
  };

  client['createGRPCClient'] = async (Stub: GrpcStub) =>
    new Stub(null, null, { channelOverride: await client['getChannel'](), interceptors: [watch] });

  client['GRPCStreamCreator'] = (...how) => {
    const create = createStream(...how);
    return async () => endingWhenLeft(await create());
  };

  // All appends of a process would share one map of those that wait, and an error of one client would reject those of the others.
  client['supports'] = async (method, feature) =>
    method.path.endsWith('/BatchAppend') ? false : supports(method, feature);

  // It may find that the next connection can not be made either. Whoever calls next is told.
  client['handleError'] = async (stub, error) => {
    try {
      await handleError(stub, error);
    } catch {
      return;
    }
  };

  return {
    client,
    openCalls: () => calls.size,
    close: () => {
      closed = true;
      for (const call of calls) call.cancelWithStatus(CANCELLED, OURS);
      channel?.close();
    },
  };
};

/**
 * The client holds a stream until it has ended. One that is left behind its last object but before its end would never end: each read of one
 * event would be kept for ever, with what has come over the wire. The same is true of one that the client destroys to tell an error.
 */
const endingWhenLeft = <Stream extends object>(stream: Stream): Stream => {
  if (!isCallStream(stream)) return stream;
  const { cancel, destroy } = stream;
  stream.cancel = () => {
    cancel.call(stream);
    stream.resume();
  };
  stream.destroy = (error) => {
    if (error === undefined) return destroy.call(stream);
    stream.emit('error', error);
    stream.resume();
    return stream;
  };
  return stream;
};

interface CallStream {
  cancel: () => void;
  destroy: (error?: Error) => unknown;
  readonly emit: (event: string, told: unknown) => unknown;
  readonly resume: () => unknown;
}

const isCallStream = (stream: object): stream is CallStream => 'cancel' in stream && 'resume' in stream;

/** What the client can not read it throws, here in the middle of the event loop, and the process would end. */
const heard = (listen: () => void): boolean => {
  try {
    listen();
    return true;
  } catch {
    return false;
  }
};

type GrpcStub = new (address: null, credentials: null, options: Readonly<Record<string, unknown>>) => unknown;

const newClient = (address: EsdbAddress, certificates: Certificates, lane: number): EventStoreDBClient => {
  const options = {
    throwOnAppendFailure: true,
    keepAliveInterval: address.keepAliveInterval + lane,
    keepAliveTimeout: address.keepAliveTimeout,
    ...(address.connectionName === undefined ? {} : { connectionName: address.connectionName }),
  };
  const discovery = {
    maxDiscoverAttempts: address.maxDiscoverAttempts,
    discoveryInterval: address.discoveryInterval,
    gossipTimeout: address.gossipTimeout,
  };
  const security = address.tls ? { insecure: false, ...certificates } : { insecure: true };
  const [first] = address.hosts;
  const hosts = address.hosts.map((host) => ({ ...host }));
  switch (address.kind) {
    case 'single':
      return new EventStoreDBClient({ ...options, endpoint: { ...first } }, security);
    case 'gossip':
      return new EventStoreDBClient({ ...options, ...discovery, endpoints: hosts }, security);
    case 'discover':
      return new EventStoreDBClient({ ...options, ...discovery, discover: { ...first } }, security);
  }
};
