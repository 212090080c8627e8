import type { Json } from '@cloud-kassa/core';

/** A copy that nobody can change. A key whose value is `undefined` is absent from it. */
export const frozenJson = (value: Json): Json => {
  if (typeof value !== 'object') return value;
  if (isList(value)) return Object.freeze(value.map(frozenJson));
  const copy: Record<string, Json> = {};
  for (const [key, inner] of Object.entries<Json | undefined>(value)) {
    if (inner !== undefined) Object.defineProperty(copy, key, { value: frozenJson(inner), enumerable: true });
  }
  return Object.freeze(copy);
};

const isList = (value: Json): value is ReadonlyArray<Json> => Array.isArray(value);
