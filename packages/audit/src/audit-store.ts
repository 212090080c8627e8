import type { Position, StoredEvent } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { ownerOf } from './aggregate';
import type { AuditFailure } from './audit-failure';
import type { AuditOptions, AuditSubject } from './audit-options';
import { DEFAULT_FINDING_LIMIT, DEFAULT_RESERVATION_GRACE_MS, isIgnored } from './audit-options';
import type { AuditReport, LedgerReport } from './audit-report';
import { documentCounts, receiptCounts, settlementCounts } from './audit-report';
import type { Books } from './books';
import { newBooks } from './books';
import type { ChainWatch } from './chain-watch';
import { chainWatch } from './chain-watch';
import { checkpointWatch } from './checkpoint/checkpoint-watch';
import { judgeEnds } from './cross/judge-ends';
import { judgeOperations } from './cross/judge-operations';
import { judgeFences } from './cross/judge-reservations';
import { judgeSold } from './cross/judge-sold';
import { eventPass, turns } from './event-pass';
import { findings } from './findings';
import { judges } from './judges';
import type { LedgerHead } from './ledger/ledger';
import { readLedger } from './ledger/read-ledger';

type Answer<A> = Promise<E.Either<AuditFailure, A>>;

/** The moments at which store and ledger were looked at: first head, ledger, second head. */
interface Horizon {
  readonly head: Position | undefined;
  readonly headBeforeLedger: Position | undefined;
  readonly groups: ReadonlyArray<LedgerHead>;
}

const horizonOf = async ({ store }: AuditSubject, { ledger }: AuditOptions): Answer<Horizon> => {
  const first = await store.head()();
  if (E.isLeft(first)) return first;
  if (ledger === undefined) return E.right({ head: first.right, headBeforeLedger: undefined, groups: [] });
  const groups = await ledger.groups();
  if (E.isLeft(groups)) return groups;
  const second = await store.head()();
  if (E.isLeft(second)) return second;
  return E.right({ head: second.right, headBeforeLedger: first.right, groups: groups.right });
};

const booksFor = (
  { store }: AuditSubject,
  { ledger, findingLimit = DEFAULT_FINDING_LIMIT }: AuditOptions,
  { headBeforeLedger }: Horizon,
): Books =>
  newBooks({
    findings: findings(store.comparePositions, findingLimit),
    comparePositions: store.comparePositions,
    withLedger: ledger !== undefined,
    isBeforeLedger: (position) =>
      headBeforeLedger !== undefined && store.comparePositions(position, headBeforeLedger) !== 1,
  });

/** What the pass over all events came to. */
interface Passed {
  readonly events: number;
  readonly ignored: number;
  readonly complete: boolean;
}

const passOver = async (
  subject: AuditSubject,
  options: AuditOptions,
  horizon: Horizon,
  books: Books,
  chains: ChainWatch,
): Answer<Passed> => {
  const judge = judges(books, subject.keyRing);
  const watch =
    options.checkpoint === undefined
      ? undefined
      : checkpointWatch(options.checkpoint, chains.heads(), books.findings);
  let ignored = 0;

  const see = (event: StoredEvent): void => {
    if (ownerOf(event.stream) === undefined && !chains.heads().has(event.stream))
      books.findings.add('unknown-stream', event);
    chains.see(event);
    watch?.see(event);
    if (event.metadata.at > books.newestAt) books.newestAt = event.metadata.at;
  };

  const { store, runtime, progress } = subject;
  const passed = await eventPass<AuditFailure>({
    store,
    runtime,
    head: horizon.head,
    progress,
    onPage: (events) => {
      const ours = events.filter(({ stream }) => !isIgnored(stream, options.ignore));
      ignored += events.length - ours.length;
      for (const { position } of events) books.recentPositions.add(position);
      ours.forEach(see);
      return judge(ours);
    },
  });
  if (E.isRight(passed)) {
    watch?.finish();
    return E.right({ events: passed.right - ignored, ignored, complete: true });
  }
  if (passed.left._tag !== 'Corrupt') return passed;
  const { stream, revision, why } = passed.left;
  books.findings.add(
    'stored-unreadably',
    { stream, ...(revision === undefined ? {} : { revision }) },
    { why },
  );
  const events = [...chains.heads().values()].reduce((sum, head) => sum + head.revision + 1, 0);
  return E.right({ events, ignored, complete: false });
};

interface Ended {
  readonly reservationsOnTheirWay: number;
  readonly ledger?: LedgerReport;
}

const endOf = async (
  { store, runtime }: AuditSubject,
  options: AuditOptions,
  { groups }: Horizon,
  books: Books,
  chains: ChainWatch,
): Answer<Ended> => {
  const turn = turns(runtime);
  const { requireClosed = false, reservationGraceMs = DEFAULT_RESERVATION_GRACE_MS, ledger } = options;
  judgeEnds(books, { requireClosed });
  judgeOperations(books);
  const reservationsOnTheirWay = judgeFences(books, reservationGraceMs);
  const sold = await judgeSold(books, store, chains.heads(), turn);
  if (E.isLeft(sold)) return sold;
  if (ledger === undefined) return E.right({ reservationsOnTheirWay });
  const read = await readLedger({ ledger, groups, books, store, heads: chains.heads(), turn });
  if (E.isLeft(read)) return read;
  return E.right({ reservationsOnTheirWay, ledger: { groups: groups.length, ...read.right } });
};

const streamCounts = (chains: ChainWatch): AuditReport['streams'] => {
  const counts = { receipt: 0, payment: 0, clouddevice: 0, shift: 0, others: 0 };
  for (const stream of chains.heads().keys()) counts[ownerOf(stream)?.aggregate ?? 'others'] += 1;
  return counts;
};

const reportOf = (
  books: Books,
  chains: ChainWatch,
  { head, headBeforeLedger }: Horizon,
  { complete, ...counts }: Passed,
  ended: Ended,
): AuditReport => {
  const found = books.findings;
  const first = found.first();
  return {
    verdict: complete && found.count() === 0 ? 'ok' : 'failed',
    complete,
    ...(head === undefined ? {} : { head }),
    ...(headBeforeLedger === undefined ? {} : { headBeforeLedger }),
    ...counts,
    streams: streamCounts(chains),
    findings: found.kept(),
    findingCount: found.count(),
    byRule: found.byRule(),
    ...(first === undefined ? {} : { firstBadEvent: first }),
    receipts: receiptCounts(books),
    settlements: settlementCounts(books),
    documents: documentCounts(books),
    persons: books.persons,
    shifts: {
      open: [...books.registers.values()].filter(({ open }) => open !== undefined).length,
      closed: books.shiftsClosed,
      unjudged: books.shiftsUnjudged,
      judgedByCount: books.shiftsByCount,
      documentsPastCut: books.documentsPastCut,
    },
    ...ended,
    heads: chains.heads(),
  };
};

/**
 * Reads a whole store once and says whether it can be trusted: chains, codecs and seals of all events; whether each event is one that its
 * aggregate could have written there (the attempt protocol and its invariants, money, shifts, devices); and what has to agree between
 * streams. Findings are data; the rules are `AUDIT_RULES`. What is merely open is counted.
 *
 * With a ledger the order is: head H1 of the store, heads of the ledger, head H2 of the store; then the events up to H2 and the documents up
 * to the ledger's heads are read. A document of the ledger without an intent at or before H2 is a finding, and so is a recorded document at or
 * before H1 that the ledger does not have. A document whose receipt has an authorised send but no recorded outcome (fiscalizing, or held for
 * a person) has its intent, so it is no finding: it is counted as `unrecorded`. Where all sends under its key were recorded as void or failed
 * it is one (`document-unaccounted`). Every second document of a receipt is named as `doubled`, whatever else is known of it. Holes in the
 * numbers of documents are judged with a ledger only.
 *
 * Without a checkpoint that was kept elsewhere a cut tail and a chain that was rewritten to its end are not detected.
 *
 * Memory: a small record for each stream, none for an event. Between pages others get their turn. `Left` where something could not be
 * reached; a store that can not be read any further is a verdict (`stored-unreadably`, `complete: false`).
 */
export const auditStore =
  (subject: AuditSubject, options: AuditOptions = {}): TaskEither<AuditFailure, AuditReport> =>
  async () => {
    const horizon = await horizonOf(subject, options);
    if (E.isLeft(horizon)) return horizon;
    const books = booksFor(subject, options, horizon.right);
    const chains = chainWatch(books.findings, subject.store.comparePositions);
    const passed = await passOver(subject, options, horizon.right, books, chains);
    if (E.isLeft(passed)) return passed;
    const ended: E.Either<AuditFailure, Ended> = passed.right.complete
      ? await endOf(subject, options, horizon.right, books, chains)
      : E.right({ reservationsOnTheirWay: 0 });
    return E.isLeft(ended)
      ? ended
      : E.right(reportOf(books, chains, horizon.right, passed.right, ended.right));
  };
