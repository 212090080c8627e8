/** `NAME=VALUE` texts as a record; `undefined` where one of them is not of that form. */
export const pairs = (given: ReadonlyArray<string>): Readonly<Record<string, string>> | undefined => {
  const entries = given.map((one): readonly [string, string] | undefined => {
    const at = one.indexOf('=');
    return at <= 0 ? undefined : [one.slice(0, at), one.slice(at + 1)];
  });
  const known = entries.filter((entry) => entry !== undefined);
  return known.length === entries.length ? Object.fromEntries(known) : undefined;
};

/** Whole numbers separated by commas; `undefined` where one of them is not. */
export const numberList = (given: string): ReadonlyArray<number> | undefined => {
  const parts = given.split(',').map((part) => part.trim());
  return parts.every((part) => /^\d{1,6}$/.test(part)) ? parts.map(Number) : undefined;
};

/** A whole number; `undefined` where the text is none. */
export const wholeNumber = (given: string): number | undefined => {
  const [only, ...more] = numberList(given) ?? [];
  return more.length === 0 ? only : undefined;
};

/** The whole number of an option, `preset` where it is not given; `undefined` where it is none or out of the range. */
export const numberIn = (
  given: string | undefined,
  preset: number,
  least: number,
  most: number,
): number | undefined => {
  const value = given === undefined ? preset : wholeNumber(given);
  return value === undefined || value < least || value > most ? undefined : value;
};
