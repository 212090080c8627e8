import { Client } from 'undici';
import type { ConnectorOptions } from './connector';
import { connector } from './connector';

export interface ConnectionOptions extends Omit<ConnectorOptions, 'signal'> {
  /** Scheme, host and port. */
  readonly origin: string;
  /** How long an idle connection is kept; 0: every request has a connection of its own. */
  readonly keepAliveMs: number;
}

/** One connection for one request at a time, made when it is first needed and again after the server closed it. */
export interface Connection {
  readonly client: Client;
  /** Ends it at once, also while it is being made. It is of no use afterwards. */
  readonly kill: () => void;
}

const LARGEST_HEADERS = 16 * 1024;

export const openConnection = (options: ConnectionOptions): Connection => {
  const abort = new AbortController();
  const client = new Client(options.origin, {
    connect: connector({ ...options, signal: abort.signal }),
    // Zero would be "no connection is ever reused"; more than one would put a request behind another one's answer.
    pipelining: options.keepAliveMs > 0 ? 1 : 0,
    keepAliveTimeout: Math.max(1, options.keepAliveMs),
    keepAliveMaxTimeout: Math.max(1, options.keepAliveMs),
    maxHeaderSize: LARGEST_HEADERS,
    // Deadlines are the runtime's: undici keeps no time of its own.
    headersTimeout: 0,
    bodyTimeout: 0,
    strictContentLength: true,
  });
  return {
    client,
    kill: () => {
      abort.abort();
      client.destroy().catch(() => undefined);
    },
  };
};
