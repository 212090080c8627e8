import { firstRefusal } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import type { KassaError } from './kassa-error';
import { refused } from './kassa-error';

/** Reads what a caller gave by a codec; refused with the field and the kind that was expected, never with the value. */
export const readInput = <A>(
  codec: t.Type<A, unknown>,
  input: unknown,
  root: string,
): E.Either<KassaError, A> =>
  E.mapLeft((errors: t.Errors) => {
    const { path, expected } = firstRefusal(errors);
    const field = [root, path].filter((part) => part !== '').join('.');
    return refused({ rule: 'input-shape', field, detail: { expected } });
  })(codec.decode(input));
