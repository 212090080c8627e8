const entriesOf = (value: object): ReadonlyArray<readonly [string, unknown]> =>
  Object.entries(value).filter(([, inner]) => inner !== undefined);

/** Whether two values of commands and events say the same. The order of keys plays no part, and a key with `undefined` is absent. */
export const sameValue = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = entriesOf(a);
  const right = new Map(entriesOf(b));
  return (
    left.length === right.size &&
    left.every(([key, inner]) => right.has(key) && sameValue(inner, right.get(key)))
  );
};

/** The names of the fields in which two records differ, sorted. */
export const differingKeys = (a: object, b: object): ReadonlyArray<string> => {
  const left = new Map(entriesOf(a));
  const right = new Map(entriesOf(b));
  return [...new Set([...left.keys(), ...right.keys()])]
    .toSorted()
    .filter((key) => left.has(key) !== right.has(key) || !sameValue(left.get(key), right.get(key)));
};
