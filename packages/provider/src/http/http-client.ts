import type { Runtime } from '@cloud-kassa/runtime';
import { openConnection } from './connection';
import type { ConnectionOptions } from './connection';
import type { ExchangeDeadlines, HttpRequest } from './exchange';
import { exchange } from './exchange';
import type { HttpOutcome } from './outcome';
import { notSent } from './outcome';
import type { Slots } from './slots';
import { connectionSlots } from './slots';

/** What a request is for. Each purpose has connections of its own, so that waiting sends never keep an ask or a token request waiting. */
export type Purpose = 'send' | 'ask' | 'token';

/** Time-outs of one call in milliseconds of the monotonic clock. */
export interface Deadlines extends ExchangeDeadlines {
  /** Waiting for a free connection. */
  readonly slotMs: number;
}

export interface HttpClientOptions extends Omit<ConnectionOptions, 'keepAliveMs' | 'origin'> {
  /** Scheme, host and port of the one server this client talks to. */
  readonly origin: string;
  readonly runtime: Runtime;
  readonly deadlines: Readonly<Record<Purpose, Deadlines>>;
  /** How many connections a purpose may have. Default: 8 to send, 4 to ask, 1 for tokens. */
  readonly connections?: Partial<Readonly<Record<Purpose, number>>>;
  /** How long an idle connection is kept. Default 4 s; 0: every request has a connection of its own. */
  readonly keepAliveMs?: number;
}

/** What bounds one request besides the deadlines of its purpose. */
export interface RequestLimits {
  readonly signal?: AbortSignal | undefined;
  /** What is left of a longer piece of work that the request is a part of. */
  readonly totalMs?: number;
}

/** The HTTP client of one device group. It makes exactly the requests it is told to make. */
export interface HttpClient {
  /** One request. Never rejects, never repeats, never follows a redirect. */
  readonly request: (purpose: Purpose, request: HttpRequest, limits?: RequestLimits) => Promise<HttpOutcome>;
  /** Ends all connections; requests under way end as not sent or unanswered. */
  readonly close: () => void;
}

const CONNECTIONS: Readonly<Record<Purpose, number>> = { send: 8, ask: 4, token: 1 };

const KEEP_ALIVE_MS = 4_000;

const SLOT_MS = 5_000;
const CONNECT_MS = 10_000;

/** Deadlines with this total: the parts never exceed it. */
export const deadlinesOf = (totalMs: number, connectMs: number = CONNECT_MS): Deadlines => ({
  slotMs: Math.min(SLOT_MS, totalMs),
  connectMs: Math.min(connectMs, totalMs),
  headersMs: totalMs,
  bodyMs: totalMs,
  totalMs,
});

/** What somebody should look at, though the caller gets an outcome for it. */
const alarmOf = (outcome: HttpOutcome): string | undefined => {
  if (outcome._tag === 'Answered')
    return outcome.status >= 300 && outcome.status < 400 ? 'redirect' : undefined;
  const { why } = outcome;
  return why === 'too-large' || why === 'blocked-address' || why === 'tls' ? why : undefined;
};

export const httpClient = (options: HttpClientOptions): HttpClient => {
  const { runtime, deadlines, keepAliveMs = KEEP_ALIVE_MS } = options;
  const { host } = new URL(options.origin);

  const slotsFor = (purpose: Purpose): Slots =>
    connectionSlots(
      options.connections?.[purpose] ?? CONNECTIONS[purpose],
      () => openConnection({ ...options, keepAliveMs }),
      runtime,
    );
  const slots: Readonly<Record<Purpose, Slots>> = {
    send: slotsFor('send'),
    ask: slotsFor('ask'),
    token: slotsFor('token'),
  };

  return {
    request: async (purpose, request, { signal, totalMs = Number.POSITIVE_INFINITY } = {}) => {
      const allowed = deadlines[purpose];
      const within = Math.min(allowed.totalMs, totalMs);
      const started = runtime.monotonic();
      const acquired = await slots[purpose].acquire(Math.min(allowed.slotMs, within), signal);
      if ('none' in acquired) return notSent(acquired.none);
      const left = Math.max(0, within - (runtime.monotonic() - started));
      const { connection } = acquired;
      const outcome = await exchange(connection, request, { ...allowed, totalMs: left }, runtime, signal);
      slots[purpose].release(connection, outcome._tag !== 'Answered');
      const alarm = alarmOf(outcome);
      if (alarm !== undefined)
        runtime.log.write('warn', 'a provider answered as it never should, or could not be trusted', {
          host,
          purpose,
          alarm,
        });
      return outcome;
    },
    close: () => {
      for (const each of Object.values(slots)) each.close();
    },
  };
};
