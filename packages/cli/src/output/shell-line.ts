const PLAIN = /^[\w@%+=:,./-]+$/;

const quoted = (word: string): string =>
  PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** A call as it is typed into a shell. */
export const shellLine = (words: ReadonlyArray<string>): string => words.map(quoted).join(' ');
