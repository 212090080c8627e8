import { decodeCp866 } from '@cloud-kassa/ffd';

const representable: ReadonlySet<string> = new Set(
  decodeCp866(Uint8Array.from({ length: 256 }, (_, byte) => byte)),
);

const fits = (text: string): boolean => {
  for (const character of text) if (!representable.has(character)) return false;
  return true;
};

/** Where in a tree of plain data the first text stands that CP866 cannot hold; `undefined` when all fit. */
export const foreignTextIn = (value: unknown, path = ''): string | undefined => {
  if (typeof value === 'string') return fits(value) ? undefined : path;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const found = foreignTextIn(
      part,
      Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`,
    );
    if (found !== undefined) return found;
  }
  return undefined;
};

const without = (value: unknown): unknown => {
  if (typeof value === 'string') {
    return fits(value)
      ? value
      : Array.from(value)
          .filter((character) => representable.has(character))
          .join('');
  }
  if (Array.isArray(value)) return value.map(without);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, without(part)]));
};

/**
 * The same plain data with every character dropped that CP866 cannot hold, as cloud services do silently (OrangeData: « and »
 * vanish). The data themselves are returned when nothing has to go.
 */
export const droppingForeignCharacters = <T>(value: T): T =>
  foreignTextIn(value) === undefined ? value : (without(value) as T);
