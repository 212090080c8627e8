/** Maps as objects and sets as lists, so that JSON shows them; the person of a buyer stays out of what is printed. */
export const plainData = (value: unknown): unknown => {
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, inner]) => [String(key), plainData(inner)]));
  if (value instanceof Set) return [...value].map(plainData);
  if (Array.isArray(value)) return value.map(plainData);
  if (typeof value !== 'object' || value === null) return value;
  const isBuyer = Object.hasOwn(value, 'keyId') && Object.hasOwn(value, 'person');
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !(isBuyer && key === 'person'))
      .map(([key, inner]) => [key, plainData(inner)]),
  );
};
