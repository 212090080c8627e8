import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { InputStream, OutputStream } from '../terminal';

/** A question to the person at the terminal. */
export interface Question {
  readonly text: string;
  /** The answer is not shown while it is typed. */
  readonly isHidden?: boolean;
  /** What an empty answer means. */
  readonly preset?: string;
}

/** Asks a person; `undefined` when there is no answer: the input ended, or Ctrl-C was pressed. */
export type Ask = (question: Question) => Promise<string | undefined>;

/** Writes the question and swallows what the line editor echoes. */
const muted = (): Writable => new Writable({ write: (_part, _encoding, written) => written() });

/**
 * Questions on a terminal, one at a time. They are written to the error output, so that the standard output holds data alone. Lines that
 * come before they are asked for are kept, as when answers are piped in.
 */
export const promptsOn = (
  input: InputStream,
  output: OutputStream,
  signal: AbortSignal,
): { readonly ask: Ask; readonly close: () => void } => {
  const waiting: string[] = [];
  let take: ((line: string | undefined) => void) | undefined;
  let isOver = signal.aborted;
  let isHidden = false;
  const echo = new Writable({
    write: (part, _encoding, written) => {
      if (!isHidden) output.write(part);
      written();
    },
  });
  const lines = createInterface({
    input,
    output: input.isTTY === true ? echo : muted(),
    terminal: input.isTTY === true && output.isTTY === true,
  });
  const give = (line: string | undefined): void => {
    const taker = take;
    take = undefined;
    taker?.(line);
  };
  const end = (): void => {
    isOver = true;
    give(undefined);
  };
  lines.on('line', (line) => (take === undefined ? waiting.push(line) : give(line)));
  lines.on('close', end);
  lines.on('SIGINT', () => lines.close());
  signal.addEventListener('abort', () => lines.close(), { once: true });

  return {
    ask: async ({ text, isHidden: hides = false, preset }) => {
      // Before the question stands there: the answer may come at once.
      isHidden = hides;
      output.write(`${text}${preset === undefined ? '' : ` [${preset}]`}: `);
      const line =
        waiting.shift() ??
        (isOver
          ? undefined
          : await new Promise<string | undefined>((answered) => {
              take = answered;
            }));
      isHidden = false;
      if (hides || input.isTTY !== true) output.write('\n');
      if (line === undefined) return undefined;
      // A secret is taken as it is typed.
      const answer = hides ? line : line.trim();
      return answer === '' ? preset : answer;
    },
    close: () => lines.close(),
  };
};
