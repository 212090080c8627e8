const DIGITS = Symbol('the digits of a decimal number');

/** A number as its digits: a decimal that no floating-point number ever touches. Made by {@link jsonDecimal}. */
export interface JsonDecimal {
  readonly [DIGITS]: string;
}

/** What can be written. A key whose value is `undefined` is left out. */
export type JsonWritten =
  | null
  | boolean
  | number
  | string
  | JsonDecimal
  | ReadonlyArray<JsonWritten>
  | JsonWrittenObject;

export interface JsonWrittenObject {
  readonly [key: string]: JsonWritten | undefined;
}

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** A decimal number from its digits, such as `807.30`. What is no JSON number is a mistake of the programme and throws. */
export const jsonDecimal = (digits: string): JsonDecimal => {
  if (!DECIMAL.test(digits)) throw new TypeError('not a decimal number');
  return { [DIGITS]: digits };
};

const isDecimal = (value: object): value is JsonDecimal => DIGITS in value;

const isList = (value: object): value is ReadonlyArray<JsonWritten> => Array.isArray(value);

/**
 * JSON text with keys in the order they were given, without spaces: equal values have equal bytes. Numbers must be whole and exact;
 * decimals are written digit by digit as they were made.
 */
export const writeJson = (value: JsonWritten): string => {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError('only whole numbers; use jsonDecimal');
    return String(value);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isDecimal(value)) return value[DIGITS];
  if (isList(value)) return `[${value.map(writeJson).join(',')}]`;
  const members = Object.entries(value).flatMap(([key, member]) =>
    member === undefined ? [] : [`${JSON.stringify(key)}:${writeJson(member)}`],
  );
  return `{${members.join(',')}}`;
};
