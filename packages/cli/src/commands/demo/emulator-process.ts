import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Bilingual } from '@cloud-kassa/provider';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';

/** An emulator in a process of its own. */
export interface EmulatorProcess {
  readonly url: string;
  /** References of its secrets, as `emulator` tells them. */
  readonly secret: string;
  readonly adminToken: string;
  readonly stop: () => Promise<void>;
}

/** What the process says instead when it does not start. */
const Refused = t.type({
  error: t.intersection([t.type({ message: t.string }), t.partial({ russian: t.string })]),
});

const Announced = t.type({ url: t.string, secret: t.string, adminToken: t.string });

const jsonOf = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/** The words of the process for people, in both languages where it has both. */
const toldOf = (line: string): Bilingual => {
  const refused = Refused.decode(jsonOf(line));
  if (E.isLeft(refused)) return { english: line, russian: line };
  const { message, russian = message } = refused.right.error;
  return { english: message, russian };
};

/** Starts this very command as `emulator …` in a process of its own and waits until it listens. */
export const startEmulatorProcess = async (
  options: ReadonlyArray<string>,
): Promise<E.Either<Bilingual, EmulatorProcess>> => {
  const [, script = ''] = process.argv;
  const child = spawn(
    process.execPath,
    [...process.execArgv, script, 'emulator', '--json', '--lang', 'en', ...options],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<string>((end) => {
    let said = '';
    child.stderr.on('data', (part: Buffer) => {
      said = `${said}${part.toString()}`.slice(-2_000);
    });
    child.on('error', (error) => end(error.message));
    child.on('close', () => end(said.trim()));
  });
  const lines = createInterface({ input: child.stdout });
  const first = new Promise<{ readonly line: string }>((heard) => {
    lines.once('line', (line) => heard({ line }));
  });
  const answer = await Promise.race([first, ended]);
  if (typeof answer === 'string') return E.left({ english: answer, russian: answer });
  const announced = Announced.decode(jsonOf(answer.line));
  if (E.isLeft(announced)) {
    child.kill('SIGTERM');
    return E.left(toldOf(answer.line));
  }
  return E.right({
    ...announced.right,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  });
};
