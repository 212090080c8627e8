import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { CloudKassa, KassaError, Outcome } from '@cloud-kassa/cloud-kassa';
import { createCloudKassa } from '@cloud-kassa/cloud-kassa';
import type { Log, LogLevel, Runtime } from '@cloud-kassa/runtime';
import { jsonLinesLog, silentLog, systemRuntime } from '@cloud-kassa/runtime';
import type { Called } from './command/build-program';
import { buildProgram, exitOf } from './command/build-program';
import type { CommandContext } from './command/command-context';
import type { CommandResult } from './command/command-result';
import type { ExitCode } from './command/exit-code';
import { DEFAULT_STORE } from './command/global-options';
import { COMMANDS } from './commands/command-table';
import type { Language } from './output/language';
import { inLanguage, languageOf, LANGUAGES } from './output/language';
import { progressOn } from './output/progress';
import { renderTable } from './output/render-table';
import { VERSION } from './version';

/** The world of one call. */
export interface Terminal {
  readonly arguments: ReadonlyArray<string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly out: NodeJS.WriteStream;
  readonly error: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

const LEVELS: ReadonlyArray<LogLevel> = ['debug', 'info', 'warn', 'error'];

const isLanguage = (text: string | undefined): text is Language =>
  LANGUAGES.some((language) => language === text);

/** `--lang` has to be known before anything is said. */
const askedLanguage = ({ arguments: given, environment }: Terminal): Language => {
  const at = given.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const word = given[at];
  const value = word?.includes('=') === true ? word.slice(word.indexOf('=') + 1) : given[at + 1];
  return at >= 0 && isLanguage(value) ? value : languageOf(environment);
};

const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
};

const logOf = (level: string | undefined, stream: NodeJS.WritableStream): Log => {
  const known = LEVELS.find((one) => one === level);
  return known === undefined
    ? silentLog
    : jsonLinesLog({ level: known, sink: (line) => void stream.write(line) });
};

/** A slip in the name of the folder must not make a new store. */
const noStore = (store: string): KassaError | undefined =>
  existsSync(join(store, 'events.db'))
    ? undefined
    : {
        code: 'cannot-open',
        part: store,
        why: 'NoStore',
        message: `There is no store in ${store}. A store begins with: cloud-kassa init`,
        russian: `В каталоге ${store} хранилища нет. Хранилище создаёт команда: cloud-kassa init`,
      };

/** Everything is printed before the process may end. */
const written = (stream: NodeJS.WritableStream, text: string): Promise<void> =>
  new Promise((resolve) => {
    stream.write(text, () => resolve());
  });

const present = async (
  result: CommandResult,
  isJson: boolean,
  language: Language,
  { out, error }: Terminal,
): Promise<void> => {
  if (result.problem !== undefined) await written(error, `${inLanguage(result.problem, language)}\n`);
  if (isJson) {
    await written(out, `${JSON.stringify(result.data)}\n`);
    return;
  }
  const width = out.isTTY ? out.columns : undefined;
  for (const view of result.views) {
    const body = view.kind === 'text' ? inLanguage(view.text, language) : renderTable(view, language, width);
    await written(out, `${body}\n`);
  }
};

const perform = async (
  { spec, given }: Called,
  terminal: Terminal,
  language: Language,
): Promise<ExitCode> => {
  const log = logOf(given.value('log'), terminal.error);
  const runtime: Runtime = systemRuntime({ log });
  const say = (line: string): void => void terminal.error.write(`${line}\n`);
  const store = given.value('store') ?? terminal.environment['CLOUD_KASSA_STORE'] ?? DEFAULT_STORE;
  const actor = given.value('by') ?? userName();
  let opened: Promise<Outcome<CloudKassa>> | undefined;
  const context: CommandContext = {
    runtime,
    language,
    store,
    actor,
    environment: terminal.environment,
    signal: terminal.signal,
    say,
    announce: (result) => present(result, given.flag('json'), language, terminal),
    interactive: terminal.out.isTTY && !given.flag('json'),
    progress: progressOn(terminal.error, runtime, say),
    kassa: () => {
      const missing = spec.makesStore === true ? undefined : noStore(store);
      return missing === undefined
        ? (opened ??= createCloudKassa({ storage: { kind: 'sqlite', directory: store }, runtime, actor }))
        : Promise.resolve({ ok: false, error: missing });
    },
  };
  const result = await spec.run(given, context);
  const kassa = await opened;
  if (kassa?.ok === true) await kassa.value.close();
  if (result.announced !== true) await present(result, given.flag('json'), language, terminal);
  return result.exit;
};

/** One call of the command. Answers with its exit code; never rejects for an expected reason. */
export const run = async (terminal: Terminal): Promise<ExitCode> => {
  const language = askedLanguage(terminal);
  let call: Called | undefined;
  const program = buildProgram(
    COMMANDS,
    language,
    VERSION,
    {
      out: (text) => void terminal.out.write(text),
      error: (text) => void terminal.error.write(text),
    },
    (called) => {
      call = called;
    },
  );
  try {
    await program.parseAsync([...terminal.arguments], { from: 'user' });
  } catch (error) {
    const exit = exitOf(error);
    if (exit === undefined) throw error;
    return exit;
  }
  return call === undefined ? 2 : perform(call, terminal, language);
};
