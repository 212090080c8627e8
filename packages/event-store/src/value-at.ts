/** The value at a dotted path of own keys; `undefined` where the path leads nowhere. */
export const valueAt = (value: unknown, path: string): unknown => {
  let inner = value;
  for (const key of path.split('.')) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return undefined;
    inner = Reflect.get(inner, key);
  }
  return inner;
};

/** The same value with another one at an existing path; what lies beside the path is shared. */
export const withValueAt = (value: unknown, path: string, replacement: unknown): unknown => {
  const dot = path.indexOf('.');
  const key = dot === -1 ? path : path.slice(0, dot);
  if (typeof value !== 'object' || value === null) return value;
  const inner =
    dot === -1 ? replacement : withValueAt(Reflect.get(value, key), path.slice(dot + 1), replacement);
  return Array.isArray(value) ? value.with(Number(key), inner) : { ...value, [key]: inner };
};
