import { hash } from 'node:crypto';
import type { AppendedEvent } from '@cloud-kassa/event-store';

/**
 * The id of an event in the database: a UUID of version 8, made of the event's id and hash.
 *
 * The server tells a repeated append from another by its ids alone. Two processes that handle the same command make the same event
 * ids, but other bytes; with an id that says both, the server itself sees the difference, and no append needs a read after it.
 */
export const recordId = ({ eventId, hash: chained }: Pick<AppendedEvent, 'eventId' | 'hash'>): string => {
  const digest = hash('sha256', `${eventId} ${chained}`);
  // Version 8 and variant 10, RFC 9562.
  const variant = '89ab'.charAt(Number.parseInt(digest.charAt(16), 16) & 3);
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
};
