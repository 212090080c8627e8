import { firstRefusal } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import type { KassaError } from './kassa-error';
import { wrongShape } from './wrong-shape';
import { refused } from './kassa-error';

/** What an exact codec expects under a key that it does not know. */
const NO_SUCH_KEY = 'no such key';

/**
 * Reads what a caller gave by a codec; refused with the field and the kind that was expected, never with the value. Where the codec is
 * exact, a key that nobody knows is refused by a rule of its own.
 */
export const readInput = <A>(codec: t.Type<A, unknown>, input: unknown, root = ''): E.Either<KassaError, A> =>
  E.mapLeft((errors: t.Errors) => {
    const { path, expected } = firstRefusal(errors);
    const field = [root, path].filter((part) => part !== '').join('.');
    return expected === NO_SUCH_KEY
      ? refused({ rule: 'input-unknown-field', field })
      : wrongShape(field, expected);
  })(codec.decode(input));
