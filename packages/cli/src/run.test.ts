import { call } from './cli.testing';
import { buildProgram } from './command/build-program';
import { EXIT_CODES } from './command/exit-code';
import { GLOBAL_OPTIONS } from './command/global-options';
import { COMMAND_GROUPS } from './command/groups';
import { COMMANDS } from './commands/command-table';

const CYRILLIC = /[А-Яа-яЁё]/;

const parsedPath = async (words: ReadonlyArray<string>): Promise<string | undefined> => {
  let path: string | undefined;
  const spoken = { out: () => undefined, error: () => undefined };
  const program = buildProgram(COMMANDS, 'en', '0', spoken, ({ spec }) => {
    path = spec.path.join(' ');
  });
  await program.parseAsync([...words], { from: 'user' });
  return path;
};

describe('the table of commands', () => {
  it('names every command once, and every group', () => {
    const paths = COMMANDS.map(({ path }) => path.join(' '));
    expect(new Set(paths).size).toBe(paths.length);
    const groups = new Set(COMMANDS.filter(({ path }) => path.length > 1).map(({ path }) => path[0]));
    expect(groups).toEqual(new Set(Object.keys(COMMAND_GROUPS)));
  });

  it('has its words in both languages', () => {
    const texts = [
      ...COMMANDS.flatMap(({ text, details, options = [], arguments: words = [] }) => [
        text,
        ...(details === undefined ? [] : [details]),
        ...options.map((option) => option.text),
        ...words.map((word) => word.text),
      ]),
      ...Object.values(COMMAND_GROUPS),
      ...GLOBAL_OPTIONS.map(({ text }) => text),
      ...Object.values(EXIT_CODES),
    ];
    expect(texts.filter(({ english }) => CYRILLIC.test(english) || english === '')).toEqual([]);
    // What consists of names alone is the same in both.
    const names = new Set(['bash, zsh, fish']);
    expect(texts.filter(({ russian }) => !CYRILLIC.test(russian) && !names.has(russian))).toEqual([]);
  });

  it('gives no option the name of a global one, and none twice', () => {
    const globals = new Set(GLOBAL_OPTIONS.map(({ name }) => name));
    for (const { options = [] } of COMMANDS) {
      const names = options.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => globals.has(name))).toEqual([]);
    }
  });

  it.each(
    COMMANDS.flatMap(({ path, examples = [] }) => examples.map((example) => [example, path.join(' ')])),
  )('has an example that is understood: %s', async (example, path) => {
    expect(await parsedPath(example.split(' '))).toBe(path);
  });
});

describe('help', () => {
  it.each(COMMANDS.map(({ path }) => [path.join(' '), path] as const))(
    'of %s, in both languages',
    async (name, path) => {
      const english = await call([...path, '--help'], { environment: { LANG: 'C' } });
      const russian = await call([...path, '--help'], { environment: { LANG: 'ru_RU.UTF-8' } });
      expect([english.exit, russian.exit]).toEqual([0, 0]);
      expect([english.error, russian.error]).toEqual(['', '']);
      expect(english.out).toContain(`Usage: cloud-kassa ${name}`);
      expect(english.out).not.toMatch(CYRILLIC);
      expect(russian.out).toContain(`Использование: cloud-kassa ${name}`);
      expect(russian.out).not.toMatch(
        /Options:|Usage:|Arguments:|display help|\[options\]|\[command\]|choices:/,
      );
    },
  );

  it('of all of it tells the commands; the version is that of the package', async () => {
    const all = await call(['--help']);
    for (const { path } of COMMANDS) expect(all.out).toContain(path[0]);
    expect(await call(['--version'])).toMatchObject({ exit: 0, out: '0.0.0\n' });
    expect((await call(['help', 'audit'])).out).toContain('Usage: cloud-kassa audit');
  });
});

describe('a call that is not understood', () => {
  it.each([
    [
      'an unknown command',
      ['qeue'],
      'unknown-command',
      'command',
      /Did you mean queue/,
      /неизвестная команда «qeue»/,
    ],
    [
      'an unknown command of a group',
      ['queue', 'lst'],
      'unknown-command',
      'command',
      /unknown command/,
      /неизвестная/,
    ],
    ...[
      ['queue', 'lst', '--help'],
      ['qeue', '--help'],
      ['help', 'qeue'],
    ].map(
      (words) =>
        [
          `help for an unknown command: ${words.join(' ')}`,
          words,
          'unknown-command',
          'command',
          /unknown command '(lst|qeue)'/,
          /неизвестная команда «(lst|qeue)»/,
        ] as const,
    ),
    [
      'an unknown option',
      ['queue', 'list', '--al'],
      'unknown-option',
      'al',
      /--all/,
      /неизвестный параметр «--al»/,
    ],
    [
      'a missing argument',
      ['queue', 'show'],
      'missing-argument',
      'receipt',
      /required argument/,
      /не указан аргумент/,
    ],
    [
      'one argument too many',
      ['doctor', 'x'],
      'excess-arguments',
      'command',
      /too many arguments/,
      /лишние аргументы/,
    ],
    [
      'an option without its value',
      ['audit', '--ledger'],
      'option-missing-argument',
      'ledger',
      /argument missing/,
      /нет значения/,
    ],
    [
      'an obligatory option that is missing',
      ['queue', 'cancel', 'r'],
      'missing-mandatory-option-value',
      'reason',
      /not specified/,
      /обязательный/,
    ],
    [
      'a value that is no choice',
      ['emulator', '--ffd', '1.3'],
      'invalid-argument',
      'ffd',
      /Allowed choices/,
      /Можно: 1.05/,
    ],
  ] as const)('%s', async (_what, words, rule, field, english, russian) => {
    const told = await call(words);
    expect(told).toMatchObject({ exit: 2, out: '' });
    expect(told.error).toMatch(english);
    const json = await call([...words, '--json']);
    expect(json).toMatchObject({ exit: 2, data: { error: { code: 'usage', rule, field } } });
    expect(json.out.trim().split('\n')).toHaveLength(1);
    const inRussian = await call([...words, '--lang', 'ru']);
    expect(inRussian.error).toMatch(russian);
  });

  it('a group without a command shows its help', async () => {
    const told = await call(['queue']);
    expect(told).toMatchObject({ exit: 2, out: '' });
    expect(told.error).toContain('settle');
    expect((await call(['--json'])).data).toMatchObject({ error: { rule: 'help' } });
  });

  it('a name that is empty', async () => {
    expect(await call(['queue', 'list', '--by', ' ', '--json'])).toMatchObject({
      exit: 2,
      data: { error: { field: 'by' } },
    });
  });
});
