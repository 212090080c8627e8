import type { ClientDuplexStream, ClientReadableStream, ServiceError } from '@grpc/grpc-js';
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import type { EsdbTestServer } from './start-server';

/** Calls with bytes, for what the client of EventStoreDB cannot say. */
export interface RawCalls {
  readonly unary: (
    path: string,
    request: Buffer,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Buffer>;
  readonly stream: (path: string, request: Buffer) => ClientReadableStream<Buffer>;
  readonly duplex: (path: string) => ClientDuplexStream<Buffer, Buffer>;
  readonly close: () => void;
}

const asIs = (bytes: Buffer): Buffer => bytes;

export const rawCalls = ({ host, port }: Pick<EsdbTestServer, 'host' | 'port'>): RawCalls => {
  // Clients of one process share their connections; this one has its own.
  const client = new Client(`${host}:${port}`, credentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
  });
  const full = (path: string): string => `/event_store.client.${path}`;
  return {
    unary: (path, request, headers = {}) =>
      new Promise((resolve, reject) => {
        const metadata = new Metadata();
        for (const [key, value] of Object.entries(headers)) metadata.set(key, value);
        const answered = (error: ServiceError | null, value?: Buffer): void => {
          if (error === null && value !== undefined) resolve(value);
          else reject(error ?? new Error('no answer'));
        };
        client.makeUnaryRequest(full(path), asIs, asIs, request, metadata, answered);
      }),
    stream: (path, request) => client.makeServerStreamRequest(full(path), asIs, asIs, request),
    duplex: (path) => client.makeBidiStreamRequest(full(path), asIs, asIs),
    close: () => client.close(),
  };
};
