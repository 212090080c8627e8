import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder {
  /** The path of a file in it. */
  readonly path: (name: string) => string;
  readonly remove: () => void;
}

/** A new folder among the system's temporary files, and how it is removed. */
export const temporaryFolder = (): TemporaryFolder => {
  const folder = mkdtempSync(join(tmpdir(), 'cloud-kassa-sqlite-'));
  return {
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
