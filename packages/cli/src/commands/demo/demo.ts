import { join } from 'node:path';
import type { AuditReport } from '@cloud-kassa/audit';
import type { CloudKassa, KassaError, Outcome } from '@cloud-kassa/cloud-kassa';
import { createCloudKassa } from '@cloud-kassa/cloud-kassa';
import type { Bilingual } from '@cloud-kassa/provider';
import { secretSource } from '@cloud-kassa/provider';
import * as E from 'fp-ts/Either';
import type { CommandContext } from '../../command/command-context';
import type { CommandResult } from '../../command/command-result';
import { failure, interrupted } from '../../command/command-result';
import type { CommandSpec, Given } from '../../command/command-spec';
import type { View } from '../../output/view';
import { text } from '../../output/view';
import type { StoreChoice } from '../../store/store-choice';
import { fnsExtractReader } from '../../receipts-import';
import { auditViews, ledgerAt } from '../audit';
import { importFile, registerThrough } from '../import-file';
import { queueTable, waitingTable } from '../queue-tables';
import { shellLine } from '../../output/shell-line';
import { registersTable, shortDocumentsTable } from '../status';
import { startEmulatorProcess } from './emulator-process';
import { gardenOrder } from './garden-orders';
import { GARDEN_SHOP, REHEARSAL, setUpDevices } from './set-up';

const ORDERS = 40;

/** Real receipts that public repositories hold; see samples/README.md. */
const SAMPLE = join(__dirname, '..', '..', '..', 'samples', 'real-receipts.ndjson');

/** The contact of buyers whose receipts do not tell one. */
const NOBODY = 'nobody@example.ru';

interface Done {
  readonly refused: number;
  /** Receipts and paid orders that were not in the store before. */
  readonly fresh: number;
  /** A receipt that waits for a decision, if one does. */
  readonly held: string | undefined;
  readonly report: AuditReport;
  readonly views: ReadonlyArray<View>;
}

type Step<A> = Promise<E.Either<CommandResult, A>>;

const failed = (error: KassaError): E.Either<CommandResult, never> => E.left(failure(error));

/** Gives the number of orders that were paid now. */
const payOrders = async (kassa: CloudKassa): Step<number> => {
  let fresh = 0;
  for (let index = 0; index < ORDERS; index += 1) {
    const { number, basket, amount } = gardenOrder(index);
    const settlementId = `sbp-${number}`;
    const known = await kassa.payments.get(number);
    if (known.ok && known.value.payment.settlements.has(settlementId)) continue;
    const order = { paymentId: number, organisation: GARDEN_SHOP, sourceDocument: number, basket };
    const requested = await kassa.payments.request(order);
    if (!requested.ok) return failed(requested.error);
    const confirmed = await kassa.payments.confirm(number, {
      settlementId,
      organisation: GARDEN_SHOP,
      amount,
    });
    if (!confirmed.ok) return failed(confirmed.error);
    fresh += 1;
  }
  return E.right(fresh);
};

const importSample = async (
  kassa: CloudKassa,
  context: CommandContext,
): Step<Pick<Done, 'refused' | 'fresh'>> => {
  const read = fnsExtractReader({
    organisation: REHEARSAL,
    rehearsal: true,
    ffd: '1.2',
    registers: { 'per-line': 'per-line', 'per-total': 'per-total' },
    taxationDefault: 1,
    methodDefault: 4,
    subjectDefault: 1,
    vatDefault: 6,
    measureDefault: 0,
    supplierDefault: '000000000000',
    contactDefault: NOBODY,
  });
  if (E.isLeft(read)) return E.right({ refused: 0, fresh: 0 });
  const imported = await importFile(SAMPLE, read.right, registerThrough(kassa, context.actor), context);
  if (E.isLeft(imported))
    return failed({
      code: 'unavailable',
      message: `The sample was not imported: ${imported.left.code}.`,
      russian: `Пример не загружен: ${imported.left.code}.`,
    });
  const { refused, registered } = imported.right.report;
  return E.right({
    refused: Object.values(refused).reduce((sum, count) => sum + count, 0),
    fresh: registered,
  });
};

const fiscalise = async (kassa: CloudKassa, context: CommandContext): Step<void> => {
  const worker = kassa.startWorker({ name: 'demo' });
  if (!worker.ok) return failed(worker.error);
  const bar = context.progress.begin(context.language === 'ru' ? 'открыто чеков' : 'open receipts');
  const idle = await worker.value.untilIdle({ signal: context.signal, progress: (open) => bar.to(open) });
  bar.end();
  await worker.value.stop();
  return idle.ok ? E.right(undefined) : failed(idle.error);
};

const work = async (kassa: CloudKassa, context: CommandContext, url: string, token: string): Step<Done> => {
  const sample = await importSample(kassa, context);
  if (E.isLeft(sample)) return sample;
  const paid = await payOrders(kassa);
  if (E.isLeft(paid)) return paid;
  const fiscalised = await fiscalise(kassa, context);
  if (E.isLeft(fiscalised)) return fiscalised;
  const queue = await kassa.queue.list({ limit: 10, status: ['new', 'fiscalizing', 'error'] });
  if (!queue.ok) return failed(queue.error);
  const held = await kassa.queue.list({ limit: 1, status: 'error' });
  if (!held.ok) return failed(held.error);
  const waiting = await kassa.queue.paymentsWithoutReceipt();
  if (!waiting.ok) return failed(waiting.error);
  const registers = await kassa.status.registers();
  if (!registers.ok) return failed(registers.error);
  const documents = await kassa.status.documents({ limit: 10 });
  if (!documents.ok) return failed(documents.error);
  const audited = await kassa.audit.run({ ledger: ledgerAt(url, token) });
  if (!audited.ok) return failed(audited.error);
  return E.right({
    refused: sample.right.refused,
    fresh: sample.right.fresh + paid.right,
    held: held.value.rows[0]?.receiptId,
    report: audited.value,
    views: [
      text('\nReceipt queue: what is not fiscalised', '\nОчередь чеков: нефискализированные'),
      queueTable(queue.value.rows),
      ...(waiting.value.rows.length === 0 ? [] : [waitingTable(waiting.value.rows)]),
      text('\nFiscal status: registers', '\nСостояние: кассы'),
      registersTable(registers.value),
      text('\nFiscal status: the last documents', '\nСостояние: последние документы'),
      shortDocumentsTable(documents.value.rows),
      text('\nAudit, compared with the ledger of the registers', '\nПроверка со сверкой с журналом касс'),
      ...auditViews(audited.value),
    ],
  });
};

/** How the command is called from where the demonstration was called. */
const caller = ({ environment }: CommandContext): string =>
  environment['npm_lifecycle_event'] === undefined ? 'cloud-kassa' : 'npm run --silent cloud-kassa --';

/** What the totals do not say by their names alone. */
const totalsOf = ({ refused, fresh, report: { receipts, ledger, byRule } }: Done): Bilingual => {
  const { registered, held, byStatus } = receipts;
  const before = registered - fresh;
  const news =
    before > 0
      ? {
          english: ` (${fresh} new receipts, ${before} were there before)`,
          russian: ` (новых: ${fresh}, было раньше: ${before})`,
        }
      : { english: '', russian: '' };
  const cancelled =
    byStatus.cancelled > 0
      ? { english: `, ${byStatus.cancelled} cancelled`, russian: `, отменено ${byStatus.cancelled}` }
      : { english: '', russian: '' };
  return {
    english: `Receipts: ${registered} registered${news.english}, ${byStatus.fiscalized} fiscalised, ${held} held${cancelled.english}; ${refused} lines of the sample refused by rule. Documents: ${ledger?.receipts ?? 0}, doubled: ${byRule.doubled ?? 0}.`,
    russian: `Чеков: ${registered}${news.russian}, фискализировано ${byStatus.fiscalized}, ждут решения ${held}${cancelled.russian}; строк примера отклонено правилом: ${refused}. Документов: ${ledger?.receipts ?? 0}, двойных: ${byRule.doubled ?? 0}.`,
  };
};

/** What a person may do next. */
const nextSteps = (held: string | undefined, store: StoreChoice, command: string): Bilingual => {
  const call = `${command} ${shellLine(store.options)}`;
  return {
    english: `${held === undefined ? '' : `A receipt waits for a decision. Why, and what to do: ${call} queue explain ${held}\n`}Repeat the demo: no second document is made. Look around: ${call} queue list --all`,
    russian: `${held === undefined ? '' : `Чек ждёт решения. Почему и что делать: ${call} queue explain ${held}\n`}Повторите demo: второго документа не будет. Осмотритесь: ${call} queue list --all`,
  };
};

const resultOf = (done: Done, store: StoreChoice, command: string): CommandResult => {
  const { refused, held, report, views } = done;
  const { receipts, ledger, byRule, verdict } = report;
  const totals = totalsOf(done);
  const next = nextSteps(held, store, command);
  const data = {
    receipts: {
      registered: receipts.registered,
      fiscalized: receipts.byStatus.fiscalized,
      refused,
      held: receipts.held,
      open: receipts.open,
    },
    documents: ledger?.receipts ?? 0,
    duplicates: byRule.doubled ?? 0,
    audit: verdict,
  };
  return {
    exit: verdict === 'ok' ? 0 : 1,
    data,
    views: [...views, text(`\n${totals.english}\n${next.english}`, `\n${totals.russian}\n${next.russian}`)],
  };
};

const run = async (_given: Given, context: CommandContext): Promise<CommandResult> => {
  const store = context.store.apart('demo');
  const started = await startEmulatorProcess([
    '--organisation',
    GARDEN_SHOP,
    '--organisation',
    REHEARSAL,
    '--rehearsal',
    '--instant',
    '--directory',
    join(store.directory, 'emulator'),
  ]);
  if (E.isLeft(started))
    return {
      exit: 5,
      data: { error: { code: 'emulator', message: started.left.english } },
      views: [],
      problem: {
        english: `The emulator was not started. ${started.left.english}`,
        russian: `Эмулятор не запущен. ${started.left.russian}`,
      },
    };
  const emulator = started.right;
  const { runtime, actor } = context;
  const token = await secretSource()(emulator.adminToken);
  const storage = store.storage(true);
  const opened: Outcome<CloudKassa> = E.isLeft(storage)
    ? { ok: false, error: storage.left }
    : await createCloudKassa({ storage: storage.right, runtime, actor });
  try {
    if (!opened.ok) return failure(opened.error);
    context.say(
      context.language === 'ru'
        ? `Эмулятор облачных касс: ${emulator.url}, отдельный процесс. Хранилище: ${store.name}`
        : `Emulated cloud registers: ${emulator.url}, a process of its own. Store: ${store.name}`,
    );
    const ready = await setUpDevices(opened.value, emulator);
    if (E.isLeft(ready)) return failure(ready.left);
    const done = await work(
      opened.value,
      context,
      emulator.url,
      E.isRight(token) ? token.right.reveal() : '',
    );
    if (context.signal.aborted) return interrupted();
    return E.isLeft(done) ? done.left : resultOf(done.right, store, caller(context));
  } finally {
    if (opened.ok) await opened.value.close();
    await emulator.stop();
  }
};

export const DEMO_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['demo'],
    endsItself: true,
    text: {
      english: 'show everything on emulated registers',
      russian: 'показать всё на эмулированных кассах',
    },
    details: {
      english:
        'Starts an emulator in a process of its own, connects devices of two organisations, imports a sample of real receipts, pays forty orders of a shop for garden furniture, fiscalises all of it and shows queue, fiscal status and audit. Repeated it makes no second document. Its store is `demo` in the folder of --store, or in a database the streams of the namespace `demo`.',
      russian:
        'Запускает эмулятор отдельным процессом, подключает кассы двух организаций, загружает пример настоящих чеков, оплачивает сорок заказов магазина садовой мебели, фискализирует и показывает очередь, состояние и проверку. Повтор не делает второго документа. Хранилище — `demo` в каталоге --store, а в базе — потоки пространства имён `demo`.',
    },
    run,
  },
];
