import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Runtime } from '@cloud-kassa/runtime';
import { errorCode } from '../storage/storage-failure';
import { adminRoutes } from './admin/admin-routes';
import { createEmulator } from './emulator';
import type { Emulator, EmulatorOptions, NotCreated } from './emulator';
import { listener } from './listener';
import { sendOutcome } from './send-outcome';
import { ADMIN_PATH } from './settings';
import type { WireRequest } from '../wire/wire';

/** Limits of the HTTP side. */
export interface HttpLimits {
  /** Largest body in bytes. */
  readonly bodyLimit: number;
  /** Milliseconds within which a whole request must have come. */
  readonly requestTimeout: number;
  /** Milliseconds an idle connection is kept. */
  readonly keepAliveTimeout: number;
}

export const USUAL_HTTP_LIMITS: HttpLimits = {
  bodyLimit: 1_048_576,
  requestTimeout: 30_000,
  keepAliveTimeout: 72_000,
};

export interface ListenOptions {
  /** Loopback (127.0.0.1) when absent: the emulator is a tool and speaks no TLS. */
  readonly host?: string;
  /** A free one when absent or 0. */
  readonly port?: number;
}

/** The operating system does not let it listen there. */
export interface NotListening {
  readonly _tag: 'NotListening';
  readonly code: string;
}

/** Emulated services behind a socket. */
export interface EmulatorServer {
  readonly emulator: Emulator;
  /** `url` without a slash at the end. */
  readonly listen: (
    options?: ListenOptions,
  ) => TaskEither<NotListening, { readonly url: string; readonly port: number }>;
  /** Breaks all connections, stores what is left. */
  readonly close: () => Promise<void>;
}

export interface EmulatorServerOptions extends EmulatorOptions {
  readonly limits?: Partial<HttpLimits>;
}

const LOOPBACK = '127.0.0.1';

const wireRequest = (request: FastifyRequest): WireRequest => ({
  method: request.method,
  path: request.url.split('?', 1)[0] ?? '',
  headers: Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  ),
  body: typeof request.body === 'string' ? request.body : '',
});

/** The Date header is that of the emulator's clock, which may be a simulated one, not the machine's. */
const dateBy = ({ machine }: Emulator, { raw }: FastifyReply): void => {
  raw.sendDate = false;
  raw.setHeader('date', new Date(machine.now()).toUTCString());
};

/** All paths but those of the administration go to the exchange; bodies are texts, whatever they say they are. */
const services =
  (emulator: Emulator, runtime: Runtime, refuse: (milliseconds: number) => void) =>
  async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body));
    scope.all('/*', async (request, reply) => {
      const started = runtime.monotonic();
      const outcome = await emulator.exchange(wireRequest(request));
      // Neither path nor body: both may hold what no log may hold.
      runtime.log.write('debug', 'exchange', {
        method: request.method,
        outcome: outcome._tag,
        status: 'status' in outcome ? outcome.status : 0,
        milliseconds: Math.round(runtime.monotonic() - started),
      });
      dateBy(emulator, reply);
      await sendOutcome(outcome, request, reply, runtime, refuse);
      return reply;
    });
  };

const appOn = (emulator: Emulator, runtime: Runtime, limits: HttpLimits): FastifyInstance => {
  const app = fastify({
    logger: false,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 200 },
    ...limits,
  });
  app.addHook('onRequest', async (_, reply) => dateBy(emulator, reply));
  app.setErrorHandler((error, request, reply: FastifyReply) => {
    const status = (error as { readonly statusCode?: number }).statusCode ?? 500;
    if (status >= 500) runtime.log.write('error', 'request failed', { method: request.method, status });
    const type = status >= 500 ? 'UNKNOWN_EXCEPTION' : 'BAD_REQUEST';
    return reply.code(status).send({ type, title: type, detail: 'request not understood', status });
  });
  return app;
};

/**
 * Emulated services with their HTTP side: the 1C provider API, 1C's gateway in front of it, the administration. It is started by
 * `listen` and ended by `close`; after `close` it is made anew.
 */
export const createEmulatorServer =
  (options: EmulatorServerOptions): TaskEither<NotCreated, EmulatorServer> =>
  async () => {
    const created = await createEmulator(options)();
    if (E.isLeft(created)) return created;
    const emulator = created.right;
    const { runtime, settings } = options;
    const app = appOn(emulator, runtime, { ...USUAL_HTTP_LIMITS, ...options.limits });
    let place = { host: LOOPBACK, port: 0 };
    const door = listener(app.server, () => place, runtime);
    if (settings.admin !== undefined)
      void app.register(adminRoutes(emulator.machine, settings.admin.token), { prefix: ADMIN_PATH });
    void app.register(services(emulator, runtime, door.refuse));
    return E.right({
      emulator,
      listen:
        ({ host = LOOPBACK, port = 0 } = {}) =>
        async () => {
          try {
            await app.listen({ host, port });
          } catch (error) {
            return E.left({ _tag: 'NotListening', code: errorCode(error) });
          }
          const address = app.server.address();
          place = { host, port: typeof address === 'object' && address !== null ? address.port : port };
          runtime.log.write('info', 'emulator listens', { host, port: place.port });
          const shown = host.includes(':') ? `[${host}]` : host;
          return E.right({ url: `http://${shown}:${place.port}`, port: place.port });
        },
      close: async () => {
        door.stop();
        await app.close();
        await emulator.close();
      },
    });
  };
