import type { EventDefinition } from '@cloud-kassa/core';
import { isErased } from '@cloud-kassa/core';

interface Persons {
  readonly sealed: number;
  readonly erased: number;
}

const at = (data: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
          ? Reflect.get(inner, key)
          : undefined,
      data,
    );

/** How many persons a read event holds, and how many of them can not be read any more. */
export const personsIn = (data: unknown, { sealed }: EventDefinition): Persons => {
  let erased = 0;
  let all = 0;
  for (const path of sealed) {
    const person = at(data, `${path}.person`);
    if (typeof person !== 'object' || person === null) continue;
    all += 1;
    if (isErased(person)) erased += 1;
  }
  return { sealed: all, erased };
};
