import { readFileSync } from 'node:fs';
import type { BasketInput } from '@cloud-kassa/cloud-kassa';
import * as E from 'fp-ts/Either';
import type { CommandResult } from '../command/command-result';
import { wrongUse } from '../command/command-result';

/** A file that holds a basket as JSON. What it says is judged by the library. */
export const basketIn = (file: string): E.Either<CommandResult, BasketInput> => {
  try {
    const basket: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof basket === 'object' && basket !== null && !Array.isArray(basket))
      return E.right(basket as BasketInput);
  } catch {
    // Said below: a file that is not there and one that is no JSON are the same to the caller.
  }
  return E.left(
    wrongUse('basket', 'not-readable', {
      english: 'The file of the basket can not be read, or is no JSON object.',
      russian: 'Файл корзины не читается или это не объект JSON.',
    }),
  );
};

/** The basket of a file, where one is given. */
export const optionalBasketIn = (
  file: string | undefined,
): E.Either<CommandResult, BasketInput | undefined> =>
  file === undefined ? E.right(undefined) : basketIn(file);
