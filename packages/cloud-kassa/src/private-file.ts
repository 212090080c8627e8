import { existsSync } from 'node:fs';
import { link, open, unlink } from 'node:fs/promises';
import type { Runtime } from '@cloud-kassa/runtime';

const PRIVATE = 0o600;

/**
 * Makes a file that only its owner may read, if there is none of that name. Of two processes that do it at once one makes the file: a whole
 * file gets the name, or none does. The directory must exist.
 */
export const makePrivateFile = async (
  file: string,
  content: () => string,
  runtime: Runtime,
): Promise<void> => {
  if (existsSync(file)) return;
  const draft = `${file}.${runtime.ids.next()}`;
  const handle = await open(draft, 'wx', PRIVATE);
  await handle.write(content());
  await handle.sync();
  await handle.close();
  // Fails where the name is taken, and then the file that is there counts.
  await link(draft, file).catch(() => undefined);
  await unlink(draft);
};
