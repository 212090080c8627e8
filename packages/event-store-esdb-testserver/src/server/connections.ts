import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** The connections of the server, which a test may hurt. */
export interface Connections {
  /** Listens and answers with the port. Rejects when the port cannot be had. */
  readonly listen: (host: string, port: number) => Promise<number>;
  /** Resets the connection of this peer; false when there is none. */
  readonly drop: (peer: string) => boolean;
  /** Resets all connections; answers with how many there were. */
  readonly dropAll: () => number;
  readonly open: () => number;
  /** Nothing is read and nothing leaves any more, pings neither; connections are still accepted. False unless freezable. */
  readonly freeze: () => boolean;
  readonly thaw: () => void;
  readonly close: () => Promise<void>;
}

/** Takes sockets from a listening port and hands them to `serve`, which is the gRPC server. */
export const directConnections = (serve: (socket: Socket) => void): Connections => {
  const sockets = new Map<string, Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    keep(sockets, peerOf(socket.remoteAddress, socket.remotePort), socket);
    serve(socket);
  });
  return {
    listen: (host, port) => listening(server, host, port),
    ...dropping(sockets),
    freeze: () => false,
    thaw: () => undefined,
    close: () => closed(server, sockets),
  };
};

/**
 * The same with a relay in between: what arrives is passed on to a port of the host itself. That costs a copy of every byte, and
 * makes it possible to stop everything, answers to pings too, as if the process was suspended.
 */
export const freezableConnections = (serve: (socket: Socket) => void): Connections => {
  const inner = createServer({ noDelay: true }, serve);
  const sockets = new Map<string, Socket>();
  const relays = new Set<readonly [Socket, Socket]>();
  let innerPort = 0;
  let frozen = false;
  const outer = createServer({ noDelay: true }, (outside) => {
    const inside = connect({ host: '127.0.0.1', port: innerPort, noDelay: true });
    const relay = [outside, inside] as const;
    relays.add(relay);
    outside.on('error', () => undefined);
    inside.on('error', () => undefined);
    outside.on('close', () => {
      relays.delete(relay);
      inside.destroy();
    });
    inside.on('close', () => outside.destroy());
    inside.on('connect', () => {
      keep(sockets, peerOf(inside.localAddress, inside.localPort), outside);
      if (!frozen) join(relay);
    });
  });
  return {
    listen: async (host, port) => {
      innerPort = await listening(inner, '127.0.0.1', 0);
      return listening(outer, host, port);
    },
    ...dropping(sockets),
    freeze: () => {
      frozen = true;
      for (const [outside, inside] of relays) {
        outside.unpipe(inside).pause();
        inside.unpipe(outside).pause();
      }
      return true;
    },
    thaw: () => {
      if (!frozen) return;
      frozen = false;
      relays.forEach(join);
    },
    close: async () => {
      await closed(outer, sockets);
      for (const [, inside] of relays) inside.destroy();
      await closed(inner, new Map());
    },
  };
};

const join = ([outside, inside]: readonly [Socket, Socket]): void => {
  outside.pipe(inside);
  inside.pipe(outside);
};

/** As gRPC names the other side of a call. */
const peerOf = (address: string | undefined, port: number | undefined): string => `${address}:${port}`;

const keep = (sockets: Map<string, Socket>, peer: string, socket: Socket): void => {
  sockets.set(peer, socket);
  // A connection that breaks is nothing the server has to say anything about.
  socket.on('error', () => undefined);
  socket.on('close', () => sockets.delete(peer));
};

const dropping = (sockets: Map<string, Socket>): Pick<Connections, 'drop' | 'dropAll' | 'open'> => ({
  drop: (peer) => {
    const socket = sockets.get(peer);
    socket?.resetAndDestroy();
    return socket !== undefined;
  },
  dropAll: () => {
    const all = [...sockets.values()];
    for (const socket of all) socket.resetAndDestroy();
    return all.length;
  },
  open: () => sockets.size,
});

const listening = (server: NetServer, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

const closed = (server: NetServer, sockets: ReadonlyMap<string, Socket>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets.values()) socket.destroy();
  });
