import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { KassaError } from '../kassa-error';

/** Why a part of a storage was not opened: what its own room calls it, and a sentence without secrets. */
export interface NotOpened {
  readonly _tag: string;
  readonly why: string;
  /** The same in Russian, where the room has it. */
  readonly russian?: string;
}

const sentence = (text: string): string => text.replace(/\.$/, '');

/** @param russianPart what the part is called in Russian, where that is no path. */
export const cannotOpen = (
  part: string,
  { _tag, why, russian = why }: NotOpened,
  russianPart = part,
): KassaError => ({
  code: 'cannot-open',
  part,
  why: _tag,
  message: `${part} was not opened: ${sentence(why)}.`,
  russian: `${russianPart} не открывается: ${sentence(russian)}.`,
});

type Closing = () => Promise<void>;

/** Parts that are opened one after another, and closed in the other direction. */
export interface Opening {
  readonly part: <A extends { readonly close: Closing }>(
    name: string,
    opening: TaskEither<NotOpened, A>,
    russianName?: string,
  ) => TaskEither<KassaError, A>;
  readonly close: Closing;
  /** Where one part was not opened those before it are closed. */
  readonly allOrNothing: <A>(opening: TaskEither<KassaError, A>) => TaskEither<KassaError, A>;
}

export const openingParts = (): Opening => {
  const closings: Closing[] = [];
  const close = async (): Promise<void> => {
    for (const one of closings.toReversed()) await one();
  };
  return {
    part: (name, opening, russianName) =>
      pipe(
        opening,
        TE.bimap(
          (error) => cannotOpen(name, error, russianName),
          (opened) => {
            closings.push(opened.close);
            return opened;
          },
        ),
      ),
    close,
    allOrNothing: TE.orElse((error) => async () => {
      await close();
      return E.left(error);
    }),
  };
};

const PRIVATE_DIRECTORY = 0o700;

/** Makes a directory with one for keys in it, where there is none. */
export const makeDirectory = (directory: string): E.Either<KassaError, string> => {
  try {
    mkdirSync(join(directory, 'keys'), { recursive: true, mode: PRIVATE_DIRECTORY });
    return E.right(directory);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return E.left(
      cannotOpen(directory, { _tag: 'CannotOpen', why: `the directory can not be made: ${why}` }),
    );
  }
};
