import { existsSync } from 'node:fs';
import { link, open, unlink } from 'node:fs/promises';
import type { Runtime } from '@cloud-kassa/runtime';
import type { Outcome } from '../outcome';
import { done, failed } from '../outcome';

const PRIVATE = 0o600;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';

/**
 * Makes a file that only its owner may read, if there is none of that name. Of two processes that do it at once one makes the file: a whole
 * file gets the name, or none does. The directory must exist. Answers whether this call made it.
 */
export const makePrivateFile = async (
  file: string,
  content: () => string,
  runtime: Runtime,
): Promise<Outcome<{ readonly made: boolean }>> => {
  if (existsSync(file)) return done({ made: false });
  const draft = `${file}.${runtime.ids.next()}`;
  try {
    const handle = await open(draft, 'wx', PRIVATE);
    try {
      await handle.writeFile(content());
      await handle.sync();
    } finally {
      await handle.close();
    }
    try {
      await link(draft, file);
      return done({ made: true });
    } catch (error) {
      // Where the name is taken the file that is there counts.
      if (codeOf(error) === 'EEXIST') return done({ made: false });
      throw error;
    } finally {
      await unlink(draft);
    }
  } catch (error) {
    const why = codeOf(error);
    return failed({
      code: 'cannot-open',
      part: file,
      why: 'CannotOpen',
      message: `${file} can not be written: ${why}.`,
      russian: `${file} не записывается: ${why}.`,
    });
  }
};
