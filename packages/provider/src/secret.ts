import { inspect } from 'node:util';

/**
 * A secret that does not show itself: as text, as JSON and in the eyes of `console.log` it is `***`, and it has no property that holds
 * the value. Only `reveal` gives it, at the place where it is used.
 */
export interface Secret {
  readonly reveal: () => string;
}

const MASK = '***';

const hidden = (): string => MASK;

/** Wraps a secret. */
export const secret = (value: string): Secret =>
  Object.freeze(
    Object.defineProperties(
      { reveal: () => value },
      {
        reveal: { enumerable: false },
        toString: { value: hidden },
        toJSON: { value: hidden },
        [Symbol.toPrimitive]: { value: hidden },
        [inspect.custom]: { value: hidden },
      },
    ),
  );
