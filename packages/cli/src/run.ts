import { userInfo } from 'node:os';
import type { CloudKassa, Outcome } from '@cloud-kassa/cloud-kassa';
import { createCloudKassa } from '@cloud-kassa/cloud-kassa';
import type { Log, LogLevel, Runtime } from '@cloud-kassa/runtime';
import { jsonLinesLog, silentLog, systemRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Called } from './command/build-program';
import { buildProgram, endOf } from './command/build-program';
import type { CommandContext } from './command/command-context';
import type { CommandResult } from './command/command-result';
import { interrupted, wrongUse } from './command/command-result';
import type { ExitCode } from './command/exit-code';
import { COMMANDS } from './commands/command-table';
import type { Language } from './output/language';
import { inLanguage, languageOf, LANGUAGES } from './output/language';
import type { Progress } from './output/progress';
import { progressOn } from './output/progress';
import { promptsOn } from './output/prompts';
import { harmless, renderTable } from './output/render-table';
import { storeOf } from './store/read-store';
import type { OutputStream, Terminal } from './terminal';
import { VERSION } from './version';

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

const logOf = (level: string | undefined, stream: OutputStream): Log => {
  const known = LEVELS.find((one) => one === level);
  return known === undefined
    ? silentLog
    : jsonLinesLog({ level: known, sink: (line) => void stream.write(line) });
};

/** Everything is printed before the process may end. */
const written = (stream: OutputStream, text: string): Promise<void> =>
  new Promise((resolve) => {
    stream.write(text, () => resolve());
  });

const present = async (
  result: CommandResult,
  isJson: boolean,
  language: Language,
  { out, error }: Terminal,
): Promise<void> => {
  if (result.problem !== undefined)
    await written(error, `${harmless(inLanguage(result.problem, language))}\n`);
  if (result.isPrinted === true) return;
  if (isJson) {
    await written(out, `${JSON.stringify(result.data)}\n`);
    return;
  }
  const width = out.isTTY === true ? out.columns : undefined;
  for (const view of result.views) {
    const body =
      view.kind === 'text' ? harmless(inLanguage(view.text, language)) : renderTable(view, language, width);
    await written(out, `${body}\n`);
  }
};

/** A library whose read models know of everything that is in the store. The first time that may take a while. */
const caughtUp = async (
  kassa: CloudKassa,
  progress: Progress,
  language: Language,
): Promise<Outcome<CloudKassa>> => {
  const bar = progress.begin(inLanguage(CATCHING_UP, language));
  let events = 0;
  const caught = await kassa.projections.catchUp((more) => {
    events += more;
    bar.to(events);
  });
  bar.end();
  return caught.ok ? { ok: true, value: kassa } : caught;
};

const CATCHING_UP = { english: 'read models, events', russian: 'модели чтения, событий' };

/** Resolves when Ctrl-C is pressed. */
const pressed = (signal: AbortSignal): Promise<CommandResult> =>
  new Promise((end) => {
    if (signal.aborted) end(interrupted());
    signal.addEventListener('abort', () => end(interrupted()), { once: true });
  });

const perform = async (
  { spec, given }: Called,
  terminal: Terminal,
  language: Language,
): Promise<ExitCode> => {
  const { environment, signal, out, error, input } = terminal;
  const isJson = given.flag('json');
  if (given.value('by')?.trim() === '') {
    const nobody = wrongUse('by', 'empty', {
      english: 'A name is given with --by NAME; it is not empty.',
      russian: 'Имя указывается так: --by ИМЯ; оно не пустое.',
    });
    await present(nobody, isJson, language, terminal);
    return nobody.exit;
  }
  const runtime: Runtime = systemRuntime({ log: logOf(given.value('log'), error) });
  const say = (line: string): void => void error.write(`${line}\n`);
  const store = storeOf(given, environment);
  const actor = given.value('by') ?? userName();
  const prompts =
    input?.isTTY === true && error.isTTY === true && !isJson && spec.asks === true
      ? promptsOn(input, error, signal)
      : undefined;
  let opened: Promise<Outcome<CloudKassa>> | undefined;
  const kassa = (): Promise<Outcome<CloudKassa>> => {
    const storage = store.storage(spec.makesStore === true);
    return E.isLeft(storage)
      ? Promise.resolve({ ok: false, error: storage.left })
      : (opened ??= createCloudKassa({ storage: storage.right, runtime, actor }));
  };
  const progress = progressOn(error, runtime, say);
  const context: CommandContext = {
    runtime,
    language,
    store,
    actor,
    environment,
    signal,
    say,
    isJson,
    print: (text) => written(out, text),
    announce: (result) => present(result, isJson, language, terminal),
    progress,
    ...(prompts === undefined ? {} : { ask: prompts.ask }),
    kassa,
    reading: async () => {
      const open = await kassa();
      return open.ok ? caughtUp(open.value, progress, language) : open;
    },
  };
  const finish = async (): Promise<CommandResult> => {
    try {
      const running = spec.run(given, context);
      if (spec.endsItself === true) return await running;
      // What goes on in spite of it meets a closed store; nobody is interested in how it ends.
      running.catch(() => undefined);
      return await Promise.race([running, pressed(signal)]);
    } finally {
      prompts?.close();
      const open = await opened;
      if (open?.ok === true) await open.value.close();
    }
  };
  const result = await finish();
  await present(result, isJson, language, terminal);
  return result.exit;
};

/**
 * Runs one call of the command and answers with its exit code: what it did stands on the streams of the terminal. With `--json` the standard
 * output holds one object, whatever happens; help and the version are no results and stay text.
 */
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
    const end = endOf(error);
    if (end === undefined) throw error;
    const { exit, ...usage } = end;
    if (exit !== 0 && terminal.arguments.includes('--json'))
      await written(terminal.out, `${JSON.stringify({ error: { code: 'usage', ...usage } })}\n`);
    return exit;
  }
  return call === undefined ? 2 : perform(call, terminal, language);
};
