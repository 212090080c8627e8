import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { HttpRequest } from './exchange';
import type { HttpClient, HttpClientOptions, Purpose } from './http-client';
import { deadlinesOf, httpClient } from './http-client';
import type { HttpOutcome } from './outcome';
import type { SteppedRuntime } from '../conformance/stepped-runtime';
import { steppedRuntime } from '../conformance/stepped-runtime';

/** A server of bare TCP that shows every byte it got. */
export interface Wire {
  readonly port: number;
  readonly connections: ReadonlyArray<Socket>;
  /** Everything received so far, of all connections. */
  readonly received: () => string;
  /** Waits until something was received that holds the text. */
  readonly until: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Is called with a connection and all that was received on it, whenever more came. */
export type Serve = (socket: Socket, received: string) => void;

export type MakeServer = (listener: (socket: Socket) => void) => Server;

export const openWire = async (
  serve: Serve,
  make: MakeServer = (listener) => createServer(listener),
): Promise<Wire> => {
  const connections: Socket[] = [];
  const waiting = new Set<() => void>();
  let all = '';
  const server = make((socket) => {
    connections.push(socket);
    socket.on('error', () => undefined);
    let own = '';
    socket.on('data', (chunk: Buffer) => {
      own += chunk.toString('latin1');
      all += chunk.toString('latin1');
      serve(socket, own);
      for (const look of waiting) look();
    });
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    received: () => all,
    until: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!all.includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        for (const socket of connections) socket.destroy();
        server.close(() => resolve());
      }),
  };
};

/** An answer with a length. */
export const http = (status: number, body: string, more: ReadonlyArray<string> = []): string =>
  [`HTTP/1.1 ${status} X`, `content-length: ${Buffer.byteLength(body)}`, ...more, '', body].join('\r\n');

/** A whole request has come: head, and as much body as it announced. */
export const isWhole = (received: string): boolean => {
  const end = received.indexOf('\r\n\r\n');
  const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
  return end >= 0 && received.length >= end + 4 + length;
};

export interface Bench extends SteppedRuntime {
  readonly client: HttpClient;
}

const benchOf = (origin: string, options: Partial<HttpClientOptions>): Bench => {
  const stepped = steppedRuntime();
  const each = deadlinesOf(30_000);
  const deadlines: Readonly<Record<Purpose, typeof each>> = { send: each, ask: each, token: each };
  const client = httpClient({
    origin,
    runtime: stepped.runtime,
    addressRule: 'public-and-loopback',
    deadlines,
    ...options,
  });
  return { ...stepped, client };
};

/** Servers and clients of one test file. */
export interface Workshop {
  readonly wireOf: (serve: Serve, make?: MakeServer) => Promise<Wire>;
  /** A client whose clock the test moves. */
  readonly bench: (origin: string, options?: Partial<HttpClientOptions>) => Bench;
  readonly at: (wire: Wire, options?: Partial<HttpClientOptions>) => Bench;
  /** Closes everything that was opened; to be called after each test. */
  readonly tidyUp: () => Promise<void>;
}

export const workshop = (): Workshop => {
  const closing: Array<() => Promise<void> | void> = [];
  const bench = (origin: string, options: Partial<HttpClientOptions> = {}): Bench => {
    const made = benchOf(origin, options);
    closing.unshift(made.client.close);
    return made;
  };
  return {
    bench,
    at: (wire, options) => bench(`http://127.0.0.1:${wire.port}`, options),
    wireOf: async (serve, make) => {
      const wire = await openWire(serve, make);
      closing.push(wire.close);
      return wire;
    },
    tidyUp: async () => {
      for (const close of closing.splice(0)) await close();
    },
  };
};

export const POST: HttpRequest = {
  method: 'POST',
  path: '/receipts?x=1',
  headers: { 'content-type': 'application/json', 'x-odd': 'yes' },
  body: Buffer.from('{"сумма": 1.0}'),
};

/** Answers every whole request. */
export const answering =
  (answer: string): Serve =>
  (socket, received) => {
    if (isWhole(received.slice(received.lastIndexOf('POST ')))) socket.write(answer);
  };

export const short = (outcome: HttpOutcome): string =>
  outcome._tag === 'Answered' ? `Answered ${outcome.status}` : `${outcome._tag} ${outcome.why}`;
