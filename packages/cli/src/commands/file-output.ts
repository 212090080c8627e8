import { writeFileSync } from 'node:fs';
import type { CommandResult } from '../command/command-result';
import { wrongUse } from '../command/command-result';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';

/** A file of an option that can not be written. */
export const notWritable = (option: string, error: unknown): CommandResult => {
  const code = codeOf(error);
  return wrongUse(option, 'not-writable', {
    english: `The file of --${option} can not be written: ${code}.`,
    russian: `Файл параметра --${option} не записывается: ${code}.`,
  });
};

/** Writes the file of an option; what went wrong, if anything. */
export const writeFileOf = (option: string, file: string, content: string): CommandResult | undefined => {
  try {
    writeFileSync(file, content);
    return undefined;
  } catch (error) {
    return notWritable(option, error);
  }
};
