import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** Whether two secrets are equal, in a time that does not tell where they differ. */
export const sameSecret = (left: string, right: string): boolean =>
  timingSafeEqual(digest(left), digest(right));

/** A code of a text under a key (HMAC-SHA-256), for signs that the server itself checks later. */
export const codeOf = (key: string, text: string): string =>
  createHmac('sha256', key).update(text, 'utf8').digest('base64url');

/** A digest of a content: equal for equal contents. */
export const contentDigest = (content: unknown): string =>
  digest(JSON.stringify(content)).toString('hex').slice(0, 32);
