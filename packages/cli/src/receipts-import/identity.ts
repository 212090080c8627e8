import * as E from 'fp-ts/Either';
import type { ImportRefusal } from './import-rules';
import { refuse } from './import-rules';

/** How the readers of both formats tell settlements apart. */
export interface IdentityOptions {
  /**
   * SHA-256 of the file, 64 hexadecimal digits: lines without an identity of their own are then known by it and their number
   * (`--identity sha256-of-file:line`). A file that was edited, even by one space, is a new file, and all such lines in it are new
   * settlements. Absent: such a line is refused (`no-identity`).
   */
  readonly fileSha256?: string;
}

/** The id of a line that has none of its own, by its place in its file, or the refusal. */
export const placeOf = (
  lineNumber: number,
  { fileSha256 }: IdentityOptions,
): E.Either<ImportRefusal, string> =>
  fileSha256 === undefined
    ? E.left(refuse('no-identity', 'id'))
    : E.right(`sha256:${fileSha256}:${lineNumber}`);
