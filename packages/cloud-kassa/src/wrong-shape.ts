import { expectedWords } from './expected-words';
import type { KassaError } from './kassa-error';
import { refused } from './kassa-error';

/** Something else stands in a field than what is expected there. What stands there is not told. */
export const wrongShape = (field: string, expected: string): KassaError => ({
  ...refused({ rule: 'input-shape', field, detail: { expected } }),
  ...expectedWords(expected),
});
