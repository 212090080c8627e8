import { hash } from 'node:crypto';
import { canonicalJson, type NotCanonical } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';

/**
 * Lowercase hex SHA-256 of the canonical text of a command in which every object with both `keyId` and `person` has lost
 * `person`: it tells whether a repeated command id comes with the same command, and says nothing of persons.
 */
export const commandHashOf = (command: unknown): Either<NotCanonical, string> =>
  E.map((text: string) => hash('sha256', text))(canonicalJson(withoutPersons(command, DEEP_ENOUGH)));

/** Deeper than any canonical text: what lies below will be refused as it is, a cycle too. */
const DEEP_ENOUGH = 64;

/** Shares what holds no person. */
const withoutPersons = (value: unknown, depth: number): unknown => {
  if (typeof value !== 'object' || value === null || depth < 0) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => withoutPersons(item, depth - 1));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const personal = Object.hasOwn(value, 'keyId') && Object.hasOwn(value, 'person');
  let changed = personal;
  const entries: Array<[string, unknown]> = [];
  for (const [key, inner] of Object.entries(value)) {
    if (personal && key === 'person') continue;
    const stripped = withoutPersons(inner, depth - 1);
    changed ||= stripped !== inner;
    entries.push([key, stripped]);
  }
  return changed ? Object.fromEntries(entries) : value;
};
