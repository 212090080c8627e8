/*
 * Writes what the documentation takes from the code, so that neither drifts from the other:
 *
 * - docs/refusals.md, docs/command.md and docs/wrong-inputs.md as a whole;
 * - what stands between `<!-- name:begin -->` and `<!-- name:end -->`: the import table and the rows of the attempt protocol in
 *   docs/architecture.md, the planted mistakes in docs/reliability.md, what held and postponed mean in docs/operating.md, the rules of
 *   the audit in docs/auditing.md, what goes wrong with a database in docs/eventstoredb.md.
 *
 *   tsx -C @cloud-kassa/source scripts/write-documents.ts           writes
 *   tsx -C @cloud-kassa/source scripts/write-documents.ts --check   exit code 1 where a file differs; nothing is written
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as Audit from '../packages/audit/src/index.js';
import type * as Cli from '../packages/cli/src/index.js';
import type * as CloudKassa from '../packages/cloud-kassa/src/index.js';
import type * as Core from '../packages/core/src/index.js';
import type * as EventStoreEsdb from '../packages/event-store-esdb/src/index.js';
import type * as Planted from '../simulation/world/planted.js';
import { commandDocument, wrongInputsDocument } from './command-documents.js';

type Row = ReadonlyArray<string>;
type Rules = Core.RuleTable<string>;

interface ImportRules {
  readonly forbidden: ReadonlyArray<{ readonly name: string; readonly comment?: string }>;
}

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
// Sources run as CommonJS; names that come through `export *` are seen by `require` only.
const core = require('../packages/core/src/index.ts') as typeof Core;
const { HOLD_ADVICE, INPUT_RULES } = require('../packages/cloud-kassa/src/index.ts') as typeof CloudKassa;
const cli = require('../packages/cli/src/index.ts') as typeof Cli;
const { AUDIT_RULES } = require('../packages/audit/src/index.ts') as typeof Audit;
const { ESDB_ERRORS } = require('../packages/event-store-esdb/src/index.ts') as typeof EventStoreEsdb;
const { PLANTED_MISTAKES } = require('../simulation/world/planted.ts') as typeof Planted;
const { forbidden } = require('../.dependency-cruiser.cjs') as ImportRules;

const cell = (text: string): string => text.replaceAll('|', '\\|');

const table = (head: Row, rows: ReadonlyArray<Row>): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const code = (text: string): string => `\`${text}\``;

const without = (rules: Rules, others: Rules): Rules =>
  Object.fromEntries(Object.entries(rules).filter(([rule]) => !Object.hasOwn(others, rule)));

const receiptButContent = without(core.ALL_RECEIPT_RULES, core.RECEIPT_RULES);

/** Every table of rules that `core` exports, and that of the library's edge, as it stands in the document. */
const SECTIONS: ReadonlyArray<{ readonly title: string; readonly intro: string; readonly rules: Rules }> = [
  {
    title: 'Receipt (чек): identity, attempt, refunds and offsets',
    intro: 'Why a command to a receipt is refused, apart from what the receipt says.',
    rules: receiptButContent,
  },
  {
    title: 'Receipt (чек): content',
    intro:
      'Why a receipt is not admitted. `admitReceipt` asks the rules group by group and answers with the first that is broken. `composeReceipt` asks those that need no register.',
    rules: core.RECEIPT_RULES,
  },
  { title: 'Payment (оплата)', intro: 'Why a command to a payment is refused.', rules: core.PAYMENT_RULES },
  {
    title: 'Cloud device (облачная ККТ)',
    intro: 'Why a command to a cloud device is refused.',
    rules: core.CLOUD_DEVICE_RULES,
  },
  { title: 'Shift (кассовая смена)', intro: 'Why a command to a shift is refused.', rules: core.SHIFT_RULES },
  {
    title: 'Contact (контакт покупателя)',
    intro: 'Why `normaliseContact` does not take a text for a telephone or an e-mail address.',
    rules: core.CONTACT_RULES,
  },
  {
    title: 'Input',
    intro: 'Why the library does not take what a caller gives, before any of the above is asked.',
    rules: INPUT_RULES,
  },
];

const isRuleTable = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every(
    (rule: unknown) => typeof rule === 'object' && rule !== null && 'english' in rule && 'source' in rule,
  );

const assertComplete = (): void => {
  const listed = new Set<unknown>([core.ALL_RECEIPT_RULES, ...SECTIONS.map(({ rules }) => rules)]);
  const forgotten = Object.entries(core)
    .filter(([name, value]) => name.endsWith('_RULES') && isRuleTable(value) && !listed.has(value))
    .map(([name]) => name);
  if (forgotten.length > 0) throw new Error(`not in docs/refusals.md: ${forgotten.join(', ')}`);
};

const rulesTable = (rules: Rules): string =>
  table(
    ['Rule', 'English', 'Russian', 'Source'],
    Object.entries(rules).map(([rule, { english, russian, source }]) => [
      code(rule),
      english,
      russian,
      source,
    ]),
  );

const postponementTable = (): string =>
  table(
    ['Reason', 'English', 'Russian', 'Goes away when'],
    Object.entries(core.POSTPONEMENT_REASONS).map(([reason, { english, russian, endsWith }]) => [
      code(reason),
      english,
      russian,
      endsWith,
    ]),
  );

const holdTable = (): string =>
  table(
    ['Reason', 'English', 'Russian'],
    Object.entries(HOLD_ADVICE).map(([reason, { meaning, todo }]) => [
      code(reason),
      `${meaning.english} ${todo.english}`,
      `${meaning.russian} ${todo.russian}`,
    ]),
  );

const refusals = (): string => {
  const count = SECTIONS.reduce((sum, { rules }) => sum + Object.keys(rules).length, 0);
  return [
    '# Refusals',
    '<!-- Written by scripts/write-documents.ts from the tables of rules in packages/core and packages/cloud-kassa. -->',
    `A refusal is data: \`{ rule, field, detail? }\`. \`rule\` is one of the ${count} stable names below, \`field\` the dotted path in the data of the command, \`detail\` facts that help to act. The value that was refused never stands in it: contacts, names and secrets must not reach a log.`,
    'A source that names the law, an order or a letter is meant literally. Where a rule is unconfirmed as a norm, its source says so and the rule can be switched by the profile.',
    ...SECTIONS.flatMap(({ title, intro, rules }) => [`## ${title}`, intro, rulesTable(rules)]),
    '## Why a paid settlement has no receipt yet',
    'No refusals: a payment is never turned away for these reasons. `FiscalizationPostponed` records one of them with its date, and `FiscalizationResumed` ends it.',
    postponementTable(),
  ].join('\n\n');
};

const attemptTable = (): string =>
  table(
    ['Row', 'From', 'What happens', 'Guard', 'To', 'Appends', 'Safety'],
    core.ATTEMPT_TABLE.map(({ row, from, trigger, guard, to, writes, safety }) => [
      String(row),
      from.join(', '),
      code(trigger),
      guard,
      to,
      writes === 'nothing' ? '–' : writes.replace('+', ', '),
      safety ? 'yes' : '',
    ]),
  );

const importTable = (): string =>
  table(
    ['Package', 'May import'],
    forbidden.flatMap(({ comment = '' }) => {
      const [, name, allowed] = /^(\S+) may import (.+)\.$/.exec(comment) ?? [];
      return name === undefined || allowed === undefined ? [] : [[code(name), allowed]];
    }),
  );

const plantedTable = (): string =>
  table(
    ['Mistake', 'What it does'],
    PLANTED_MISTAKES.map(({ name, what }) => [code(name), what]),
  );

const esdbRows = (errors: Readonly<Record<string, EventStoreEsdb.DocumentedError>>): string =>
  table(
    ['What is wrong', 'Error', 'What is told', 'What to do'],
    Object.values(errors).map(({ cause, connectionString, error, told, todo }) => [
      connectionString === undefined ? cause : `${cause}: ${code(connectionString)}`,
      code(error),
      told,
      todo,
    ]),
  );

const esdbErrors = (): string =>
  [
    'What was given can not be used. Nothing was tried:',
    esdbRows(ESDB_ERRORS.given),
    'The store could not be opened:',
    esdbRows(ESDB_ERRORS.opening),
    'The store is open, and stays open:',
    esdbRows(ESDB_ERRORS.open),
  ].join('\n\n');

/** A document with the named blocks as the code has them now. */
const withBlocks = (file: string, blocks: Readonly<Record<string, string>>): string =>
  Object.entries(blocks).reduce(
    (text, [name, block]) => {
      const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
      const [from, to] = [text.indexOf(begin), text.indexOf(end)];
      if (from < 0 || to < from) throw new Error(`${file} has no block ${name}`);
      return `${text.slice(0, from + begin.length)}\n\n${block}\n\n${text.slice(to)}`;
    },
    readFileSync(`${root}${file}`, 'utf8'),
  );

/** As the formatter of the house wants it, so that writing and formatting agree. */
const formatted = (file: string, text: string): string => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/oxfmt/bin/oxfmt', '--stdin-filepath', file],
    { cwd: root, input: text, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${file} can not be formatted: ${stderr}`);
  return stdout;
};

const readOrNothing = (file: string): string => {
  try {
    return readFileSync(`${root}${file}`, 'utf8');
  } catch {
    return '';
  }
};

assertComplete();
const isCheck = process.argv.includes('--check');
const documents: ReadonlyArray<readonly [string, string]> = [
  ['docs/refusals.md', refusals()],
  ['docs/command.md', commandDocument(cli, { table, rulesTable })],
  ['docs/wrong-inputs.md', wrongInputsDocument(cli, { table, rulesTable })],
  [
    'docs/architecture.md',
    withBlocks('docs/architecture.md', { 'import-table': importTable(), 'attempt-table': attemptTable() }),
  ],
  ['docs/reliability.md', withBlocks('docs/reliability.md', { 'planted-mistakes': plantedTable() })],
  [
    'docs/operating.md',
    withBlocks('docs/operating.md', {
      'held-reasons': holdTable(),
      'postponement-reasons': postponementTable(),
    }),
  ],
  ['docs/eventstoredb.md', withBlocks('docs/eventstoredb.md', { errors: esdbErrors() })],
  ['docs/auditing.md', withBlocks('docs/auditing.md', { 'audit-rules': rulesTable(AUDIT_RULES) })],
];
for (const [file, text] of documents) {
  const wanted = formatted(file, text);
  if (wanted === readOrNothing(file)) continue;
  if (isCheck) {
    console.error(`${file} differs from the code: run npm run docs:write`);
    process.exitCode = 1;
  } else writeFileSync(`${root}${file}`, wanted);
}
