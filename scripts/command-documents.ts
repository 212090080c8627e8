/*
 * The two documents that are written from the command's own tables: its reference, and the inputs that are not taken. Used by
 * write-documents.ts.
 */
import type * as Cli from '../packages/cli/src/index.js';
import type * as Core from '../packages/core/src/index.js';

type Row = ReadonlyArray<string>;
type Tables = Pick<
  typeof Cli,
  | 'COMMANDS'
  | 'DOCUMENT_EXAMPLE'
  | 'DOCUMENT_FIELDS'
  | 'EXIT_CODES'
  | 'EXTRACT_EXAMPLE'
  | 'EXTRACT_FIELDS'
  | 'GLOBAL_OPTIONS'
  | 'IMPORT_RULES'
  | 'WRONG_INPUTS'
>;
type Rules = Core.RuleTable<string>;

/** How a document draws: the same tables everywhere. */
export interface Drawing {
  readonly table: (head: Row, rows: ReadonlyArray<Row>) => string;
  readonly rulesTable: (rules: Rules) => string;
}

/** A text as code inside a line, whatever marks it has in it. */
const code = (text: string): string => {
  const fence = text.includes('`') ? '``' : '`';
  return `${fence}${text}${fence}`;
};

const block = (language: string, text: string): string => ['```' + language, text, '```'].join('\n');

const wordsOf = ({ name, kind, placeholder = 'VALUE' }: Cli.OptionSpec): string =>
  kind === 'flag' ? `--${name}` : `--${name} ${placeholder}`;

const synopsis = ({ path, arguments: words = [], options = [] }: Cli.CommandSpec): string => {
  const parts = [
    ...words.map(({ name, optional }) =>
      optional === true ? `[${name.toUpperCase()}]` : name.toUpperCase(),
    ),
    ...options.filter(({ obligatory }) => obligatory === true).map(wordsOf),
    ...(options.every(({ obligatory }) => obligatory === true) ? [] : ['[options]']),
  ];
  return ['cloud-kassa', ...path, ...parts].join(' ');
};

const meaningOf = ({ text, choices, preset, kind, obligatory }: Cli.OptionSpec): string =>
  [
    text.english,
    ...(choices === undefined ? [] : [`one of ${choices.map(code).join(', ')}`]),
    ...(preset === undefined ? [] : [`default ${code(preset)}`]),
    ...(kind === 'list' && !text.english.includes('repeated') ? ['may be given several times'] : []),
    ...(obligatory === true ? ['**obligatory**'] : []),
  ].join('; ');

const optionsTable = ({ table }: Drawing, options: ReadonlyArray<Cli.OptionSpec>): string =>
  table(
    ['Option', 'Meaning'],
    options.map((option) => [code(wordsOf(option)), meaningOf(option)]),
  );

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const chapter = (drawing: Drawing, spec: Cli.CommandSpec): ReadonlyArray<string> => {
  const { path, text, details, arguments: words = [], options = [], examples = [] } = spec;
  return [
    `### ${path.join(' ')}`,
    details?.english ?? sentence(text.english),
    block('', synopsis(spec)),
    ...(words.length === 0
      ? []
      : [
          drawing.table(
            ['Argument', 'Meaning'],
            words.map(({ name, text: meaning }) => [code(name.toUpperCase()), meaning.english]),
          ),
        ]),
    ...(options.length === 0 ? [] : [optionsTable(drawing, options)]),
    ...(examples.length === 0
      ? []
      : [block('', examples.map((example) => `cloud-kassa ${example}`).join('\n'))]),
  ];
};

const fieldsTable = ({ table }: Drawing, fields: Tables['DOCUMENT_FIELDS']): string =>
  table(
    ['Field', 'Kind', 'Tag', 'Meaning'],
    fields.map(({ name, kind, tag, english, presence }) => [
      code(name),
      kind,
      tag === undefined ? '' : String(tag),
      presence === 'required' ? `${english}; **obligatory**` : english,
    ]),
  );

/** docs/command.md. */
export const commandDocument = (tables: Tables, drawing: Drawing): string => {
  const { COMMANDS, GLOBAL_OPTIONS, EXIT_CODES } = tables;
  return [
    '# The command',
    '<!-- Written by scripts/write-documents.ts from the tables in packages/cli. -->',
    'Data go to the standard output and nothing else does: what is said to people goes to the error output. On a terminal data are tables fitted to its width; a pipe gets lines with tabs; `--json` prints one object, whatever happens. `cloud-kassa COMMAND --help` tells what stands here, in the language of the environment or of `--lang`.',
    'A command looks at everything that was written before it began, its own writes included. Ctrl-C ends any of them: work that was begun comes to its end, and pressed twice it does not wait for that. The journal stands any end.',
    '## Options of every command',
    optionsTable(drawing, GLOBAL_OPTIONS),
    'The folder of the store may be given by the variable `CLOUD_KASSA_STORE` as well.',
    '## Exit codes',
    'A contract: scripts may rely on them.',
    drawing.table(
      ['Code', 'Meaning'],
      Object.entries(EXIT_CODES).map(([exit, { english }]) => [exit, english]),
    ),
    '## Commands',
    drawing.table(
      ['Command', 'What it does'],
      COMMANDS.map(({ path, text }) => [`[${path.join(' ')}](#${path.join('-')})`, text.english]),
    ),
    ...COMMANDS.flatMap((spec) => chapter(drawing, spec)),
    '## Files that are imported',
    'One JSON object on each line, in UTF-8. Money is whole kopecks, a quantity is a text. A field that nobody knows is refused, not overlooked.',
    '### Format documents',
    'Settlement documents of a shop. A sale looks like this:',
    block('json', JSON.stringify(JSON.parse(tables.DOCUMENT_EXAMPLE), undefined, 2)),
    'It stands on one line of the file. All fields:',
    fieldsTable(drawing, tables.DOCUMENT_FIELDS),
    '### Format fns-extract',
    'Receipts as the tax service and others show them. They lack much of what a receipt has to say; options give it, and the receipt records what was assumed.',
    block('json', JSON.stringify(JSON.parse(tables.EXTRACT_EXAMPLE), undefined, 2)),
    fieldsTable(drawing, tables.EXTRACT_FIELDS),
    '### Rules of lines',
    'Why a line is not handed on. What a line says is then judged as every receipt is: see [refusals](refusals.md).',
    drawing.rulesTable(tables.IMPORT_RULES),
  ].join('\n\n');
};

const TITLES: Readonly<Record<Cli.WrongKind, string>> = {
  command: 'Commands',
  file: 'Files',
  basket: 'Baskets',
  amount: 'Amounts',
  contact: 'Contacts',
  date: 'Dates',
  identity: 'Names and identities',
  connection: 'Connections',
  store: 'Stores in a database',
  line: 'Lines of import files',
};

const LONGEST = 240;

/** What stands in the file of a wrong input; of long ones the beginning. */
const contentOf = ({ kind, file }: Cli.WrongInput): string => {
  // The lines are named by what is wrong with them: the rest is that of the examples in the reference.
  if (typeof file !== 'string' || kind === 'line' || file === '') return '';
  const text = file.trim();
  return code(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
};

/** docs/wrong-inputs.md. */
export const wrongInputsDocument = ({ WRONG_INPUTS }: Tables, { table }: Drawing): string => {
  const kinds = Object.keys(TITLES) as ReadonlyArray<Cli.WrongKind>;
  return [
    '# Wrong inputs',
    '<!-- Written by scripts/write-documents.ts from the table in packages/cli. -->',
    `${WRONG_INPUTS.length} inputs that are not taken, each with its exit code, its rule and field as \`--json\` tells them, and the message on the error output. Each row is a test, and none of them leaves a trace in the store.`,
    'The calls are made in a store with the device `main` of 7707083893, its register `till-1`, and the payment `order-1` of 4900 roubles, which came as the settlement `sbp-1`. `FILE` is a file with the content that is shown. What every exit code means stands in [the command](command.md), what every rule means in [refusals](refusals.md), and `cloud-kassa explain RULE` tells both.',
    ...kinds.flatMap((kind) => {
      const inputs = WRONG_INPUTS.filter((input) => input.kind === kind);
      const hasContent = inputs.some((input) => contentOf(input) !== '');
      return [
        `## ${TITLES[kind]}`,
        table(
          ['What is wrong', 'Call', ...(hasContent ? ['FILE'] : []), 'Exit', 'Rule', 'Field', 'Message'],
          inputs.map((input) => [
            input.what,
            code(input.call),
            ...(hasContent ? [contentOf(input)] : []),
            String(input.exit),
            code(input.rule),
            input.field === '' ? '' : code(input.field),
            input.message.replaceAll('\n', ' '),
          ]),
        ),
      ];
    }),
  ].join('\n\n');
};
