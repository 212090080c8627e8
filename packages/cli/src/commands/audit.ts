import { readFileSync } from 'node:fs';
import type { AuditReport, Checkpoint, Finding, Ledger } from '@cloud-kassa/audit';
import { AUDIT_RULES, checkpointOf, checkpointText, httpLedger, readCheckpoint } from '@cloud-kassa/audit';
import type { Bilingual } from '@cloud-kassa/provider';
import { secretSource } from '@cloud-kassa/provider';
import * as E from 'fp-ts/Either';
import { request } from 'undici';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, wrongUse } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import type { View } from '../output/view';
import { column, text } from '../output/view';
import { writeFileOf } from './file-output';

const LONGEST_WAIT_MS = 60_000;

/** The ledger of an emulator over HTTP; nothing of what goes wrong is told that could hold the token. */
export const ledgerAt = (url: string, token: string): Ledger =>
  httpLedger({
    url: url.endsWith('/admin') ? url : `${url.replace(/\/+$/, '')}/admin`,
    token,
    request: async ({ url: address, headers }) => {
      const answer = await request(address, {
        headers,
        headersTimeout: LONGEST_WAIT_MS,
        bodyTimeout: LONGEST_WAIT_MS,
      });
      return { status: answer.statusCode, body: await answer.body.text() };
    },
  });

const ledgerOf = async (given: Given): Promise<E.Either<CommandResult, Ledger | undefined>> => {
  const url = given.value('ledger');
  if (url === undefined) return E.right(undefined);
  if (!URL.canParse(url))
    return E.left(
      wrongUse('ledger', 'address', {
        english: 'The ledger is an address: http://127.0.0.1:8080.',
        russian: 'Журнал указывается адресом: http://127.0.0.1:8080.',
      }),
    );
  const reference = given.value('ledger-token');
  if (reference === undefined)
    return E.left(
      wrongUse('ledger-token', 'obligatory', {
        english: 'The ledger is read with a token: give --ledger-token file:PATH or env:NAME.',
        russian: 'Журнал читается по ключу: укажите --ledger-token file:ПУТЬ или env:ИМЯ.',
      }),
    );
  const token = await secretSource()(reference);
  return E.bimap(
    ({ rule }: { readonly rule: string }) =>
      wrongUse('ledger-token', rule, {
        english: `The token of the ledger is not at hand (${rule}); give --ledger-token file:PATH or env:NAME.`,
        russian: `Нет ключа журнала (${rule}); укажите --ledger-token file:ПУТЬ или env:ИМЯ.`,
      }),
    (secret: { readonly reveal: () => string }) => ledgerAt(url, secret.reveal()),
  )(token);
};

const count = (value: number): string => String(value);

/** A row for what is rare. */
const whereAny = (what: Bilingual, value: number): ReadonlyArray<readonly [Bilingual, string]> =>
  value === 0 ? [] : [[what, count(value)]];

const summary = (report: AuditReport): View => ({
  kind: 'table',
  columns: [column('Counted', 'Посчитано'), column('', '', { align: 'right' })],
  rows: [
    [{ english: 'events', russian: 'событий' }, count(report.events)],
    [{ english: 'receipts', russian: 'чеков' }, count(report.receipts.registered)],
    [{ english: 'open receipts', russian: 'незавершённых чеков' }, count(report.receipts.open)],
    [{ english: 'held for a person', russian: 'ждут решения' }, count(report.receipts.held)],
    [
      { english: 'confirmed settlements', russian: 'подтверждённых расчётов' },
      count(report.settlements.confirmed),
    ],
    [
      { english: 'of them without a receipt, for a reason', russian: 'из них без чека, с причиной' },
      count(report.settlements.postponed + report.settlements.due),
    ],
    [{ english: 'documents recorded', russian: 'документов записано' }, count(report.documents.recorded)],
    ...(report.ledger === undefined
      ? []
      : [
          [
            { english: 'documents in the ledger', russian: 'документов в журнале касс' },
            count(report.ledger.receipts),
          ],
          [
            { english: 'compared in content', russian: 'сверено по содержанию' },
            count(report.ledger.contentChecked),
          ],
        ]),
    ...whereAny(
      {
        english: 'closed shifts judged by the number of their documents',
        russian: 'смен сверено по числу документов',
      },
      report.shifts.judgedByCount,
    ),
    ...whereAny({ english: 'closed shifts not judged', russian: 'смен не сверено' }, report.shifts.unjudged),
    [{ english: 'findings', russian: 'замечаний' }, count(report.findingCount)],
  ],
});

const place = ({ stream, revision }: Finding): string =>
  revision === undefined ? stream : `${stream} @${revision}`;

const detail = (finding: Finding): string =>
  Object.entries(finding.detail)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

const MOST_SHOWN = 50;

const findingsView = (report: AuditReport): ReadonlyArray<View> =>
  report.findings.length === 0
    ? []
    : [
        {
          kind: 'table',
          columns: [
            column('Rule', 'Правило'),
            column('Where', 'Где', { shrinks: true }),
            column('What it says', 'Смысл', { shrinks: true }),
            column('Facts', 'Факты', { shrinks: true }),
          ],
          rows: report.findings
            .slice(0, MOST_SHOWN)
            .map((finding) => [
              finding.rule,
              place(finding),
              { english: AUDIT_RULES[finding.rule].english, russian: AUDIT_RULES[finding.rule].russian },
              detail(finding),
            ]),
        },
      ];

const VERDICT = {
  ok: text('Audit: ok. Nothing was found.', 'Проверка: замечаний нет.'),
  failed: text('Audit: FAILED.', 'Проверка: ЕСТЬ ЗАМЕЧАНИЯ.'),
} as const;

/** What a person is shown of an audit. */
export const auditViews = (report: AuditReport): ReadonlyArray<View> => [
  summary(report),
  ...findingsView(report),
  VERDICT[report.verdict],
];

const run = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const ledger = await ledgerOf(given);
  if (E.isLeft(ledger)) return ledger.left;
  const checkpointFile = given.value('checkpoint');
  const checkpoint = checkpointFile === undefined ? undefined : checkpointIn(checkpointFile);
  if (checkpoint !== undefined && E.isLeft(checkpoint)) return checkpoint.left;
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const bar = context.progress.begin('audit, events');
  const audited = await kassa.value.audit.run({
    requireClosed: given.flag('require-closed'),
    progress: (events) => bar.to(events),
    ...(ledger.right === undefined ? {} : { ledger: ledger.right }),
    ...(checkpoint === undefined ? {} : { checkpoint: checkpoint.right }),
  });
  bar.end();
  if (!audited.ok) return failure(audited.error);
  const report = audited.value;
  const kept = given.value('write-checkpoint');
  if (kept !== undefined && report.verdict === 'ok') {
    const unwritten = writeFileOf('write-checkpoint', kept, checkpointText(checkpointOf(report), 'full'));
    if (unwritten !== undefined) return unwritten;
  }
  const { heads: _heads, ...data } = report;
  const { firstBadEvent } = report;
  return {
    exit: report.verdict === 'ok' ? 0 : 1,
    data,
    views: auditViews(report),
    ...(firstBadEvent === undefined
      ? {}
      : {
          problem: {
            english: `The first bad event: ${place(firstBadEvent)}, ${firstBadEvent.rule} ${detail(firstBadEvent)}`,
            russian: `Первое плохое событие: ${place(firstBadEvent)}, ${firstBadEvent.rule} ${detail(firstBadEvent)}`,
          },
        }),
  };
};

const NOT_READABLE = wrongUse('checkpoint', 'not-readable', {
  english: 'The file of the checkpoint can not be read.',
  russian: 'Файл контрольной точки не читается.',
});

const notACheckpoint = (line: number): CommandResult =>
  wrongUse('checkpoint', 'not-a-checkpoint', {
    english: `The file is no checkpoint, or a damaged one: line ${line}.`,
    russian: `Это не контрольная точка или она повреждена: строка ${line}.`,
  });

const checkpointIn = (file: string): E.Either<CommandResult, Checkpoint> => {
  try {
    return E.mapLeft(({ line }: { readonly line: number }) => notACheckpoint(line))(
      readCheckpoint(readFileSync(file, 'utf8')),
    );
  } catch {
    return E.left(NOT_READABLE);
  }
};

export const AUDIT_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['audit'],
    text: { english: 'replay and verify everything', russian: 'проверить журнал' },
    details: {
      english:
        'Replays every event and verifies the chains of hashes, the seals, every state machine and what must agree between streams; with a ledger also every document of the registers. Exit code 1 on any finding, and the first bad event is named. Open receipts are counted, not found. Without a checkpoint kept elsewhere a cut tail or a wholly rewritten chain is not detected.',
      russian:
        'Повторяет все события и проверяет цепочки хешей, печати, автоматы состояний и согласие между потоками; с журналом касс — и каждый их документ. Код 1 при любом замечании; первое плохое событие названо. Незавершённые чеки только считаются.',
    },
    options: [
      {
        name: 'ledger',
        kind: 'value',
        placeholder: 'URL',
        text: { english: 'compare with the ledger of an emulator', russian: 'сверить с журналом эмулятора' },
      },
      {
        name: 'ledger-token',
        kind: 'value',
        placeholder: 'REF',
        text: { english: 'its token: file:PATH or env:NAME', russian: 'его ключ: file:ПУТЬ или env:ИМЯ' },
      },
      {
        name: 'require-closed',
        kind: 'flag',
        text: { english: 'open receipts and settlements are findings', russian: 'незавершённое — замечание' },
      },
      {
        name: 'checkpoint',
        kind: 'value',
        placeholder: 'FILE',
        text: {
          english: 'compare with a checkpoint that was kept elsewhere',
          russian: 'сверить с контрольной точкой',
        },
      },
      {
        name: 'write-checkpoint',
        kind: 'value',
        placeholder: 'FILE',
        text: {
          english: 'write a checkpoint after an audit without findings; keep it elsewhere',
          russian: 'записать контрольную точку; храните её отдельно',
        },
      },
    ],
    examples: [
      'audit',
      'audit --ledger http://127.0.0.1:8080 --ledger-token file:.cloud-kassa/emulator/admin-token',
    ],
    run,
  },
];
