import { open } from 'node:fs/promises';
import { errorCode, isTooWide, octal } from '@cloud-kassa/sqlite';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';

/**
 * Why a file does not give a key. Never with anything of what stands in it.
 *
 * - `CannotRead`: it is not there, not a file, or may not be read.
 * - `PermissionsTooWide`: others than the owner may read or write it; `mode` is octal.
 * - `NoKey`: it holds neither 32 bytes nor 32 bytes in hexadecimal or base64.
 */
export type KeyFileError =
  | { readonly _tag: 'CannotRead'; readonly why: string }
  | { readonly _tag: 'PermissionsTooWide'; readonly mode: string; readonly why: string }
  | { readonly _tag: 'NoKey'; readonly why: string };

const KEY_BYTES = 32;
/** No form of a key is longer. */
const MOST_BYTES = 128;

/**
 * The key-encryption key in a file that only its owner may read: 32 raw bytes, or as text in hexadecimal (64 digits) or base64, as
 * `openssl rand -hex 32` and `openssl rand -base64 32` print it. Permissions are not checked on Windows.
 */
export const readKeyEncryptionKey =
  (file: string): TaskEither<KeyFileError, Uint8Array> =>
  async () => {
    try {
      const handle = await open(file, 'r');
      try {
        const stats = await handle.stat();
        if (!stats.isFile()) return E.left({ _tag: 'CannotRead', why: 'the path does not lead to a file' });
        if (isTooWide(stats.mode)) {
          const why = 'others than the owner may read or write the file: it has to have mode 0400 or 0600';
          return E.left({ _tag: 'PermissionsTooWide', mode: octal(stats.mode), why });
        }
        const content = Buffer.alloc(MOST_BYTES + 1);
        const { bytesRead } = await handle.read(content, 0, content.length, 0);
        return keyIn(content.subarray(0, bytesRead));
      } finally {
        await handle.close();
      }
    } catch (error) {
      return E.left({ _tag: 'CannotRead', why: `the file can not be read: ${errorCode(error)}` });
    }
  };

const keyIn = (content: Buffer): Either<KeyFileError, Uint8Array> => {
  if (content.length === KEY_BYTES) return E.right(Uint8Array.from(content));
  const text = content.toString('latin1').trim();
  const bytes = HEXADECIMAL.test(text)
    ? Buffer.from(text, 'hex')
    : BASE64.test(text)
      ? Buffer.from(text, 'base64')
      : undefined;
  return bytes?.length === KEY_BYTES
    ? E.right(Uint8Array.from(bytes))
    : E.left({
        _tag: 'NoKey',
        why: 'the file holds neither 32 bytes nor their text in hexadecimal or base64',
      });
};

const HEXADECIMAL = /^[0-9A-Fa-f]{64}$/;
const BASE64 = /^[0-9A-Za-z+/_-]{43}=?$/;
