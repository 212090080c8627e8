import type { AttemptPhase, PostponementReason, QueueStatus } from '@cloud-kassa/core';
import type { Position } from '@cloud-kassa/event-store';
import type {
  Cursor,
  NotReadable,
  Page,
  QueryRefusal,
  ReadModelError,
  ReadModels,
  View,
  Where,
} from '@cloud-kassa/projections';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { RECEIPT_QUEUE } from './receipt-queue-projection';
import { PAYMENTS_WITHOUT_RECEIPT, RECEIPTS, type ReceiptRow, type WithoutReceiptRow } from './tables';

/** A receipt of the queue as people see it. */
export type QueuedReceipt = Omit<ReceiptRow, 'attempt' | 'sourceText'>;

/** Confirmed money without a receipt, with its dated reason. */
export type PaymentWithoutReceipt = WithoutReceiptRow;

/** Which receipts are asked for: those that fit all that is given. */
export interface QueueFilter {
  /** Filter by cloud register (S30). */
  readonly registerId?: string | undefined;
  readonly organisation?: string | undefined;
  readonly deviceId?: string | undefined;
  readonly status?: QueueStatus | ReadonlyArray<QueueStatus> | undefined;
  readonly phase?: AttemptPhase | ReadonlyArray<AttemptPhase> | undefined;
  /** An instant; receipts whose legal deadline lies before it. */
  readonly deadlineBefore?: string | undefined;
  /** A part of the source document's name, in any case of letters. */
  readonly sourceContains?: string | undefined;
  /** The source document, letter for letter. */
  readonly sourceDocument?: string | undefined;
}

export interface Paging {
  /** `next` of the page before. */
  readonly after?: Cursor | undefined;
  /** Default 100, at most 1,000. */
  readonly limit?: number | undefined;
}

export interface PaymentFilter {
  readonly organisation?: string | undefined;
  readonly reason?: PostponementReason | undefined;
  readonly state?: 'due' | 'postponed' | undefined;
}

/** An answer and the position of the store that it holds for. */
export type Answered<A> = A & { readonly position: Position | undefined };

export type QueueError = ReadModelError | NotReadable | QueryRefusal;

/** Questions to the receipt queue. Each is answered from one snapshot. */
export interface ReceiptQueue {
  /** Oldest legal deadline first. */
  readonly list: (filter?: QueueFilter & Paging) => TaskEither<QueueError, Answered<Page<QueuedReceipt>>>;
  readonly get: (receiptId: string) => TaskEither<QueueError, QueuedReceipt | undefined>;
  readonly count: (filter?: QueueFilter) => TaskEither<QueueError, number>;
  readonly countByStatus: (
    filter?: Omit<QueueFilter, 'status'>,
  ) => TaskEither<QueueError, Answered<Readonly<Record<QueueStatus, number>>>>;
  /** Oldest reason first. */
  readonly paymentsWithoutReceipt: (
    filter?: PaymentFilter & Paging,
  ) => TaskEither<QueueError, Answered<Page<PaymentWithoutReceipt>>>;
  readonly countPaymentsWithoutReceipt: (filter?: PaymentFilter) => TaskEither<QueueError, number>;
  /** Receipts of a register that have neither a document nor were cancelled, those in dispute left out. */
  readonly openReceipts: (registerId: string) => TaskEither<QueueError, number>;
}

type Columns = typeof RECEIPTS.columns;

const oneOrMany = <A>(given: A | ReadonlyArray<A> | undefined) =>
  given === undefined ? undefined : isMany(given) ? { oneOf: given } : given;

const isMany = <A>(given: A | ReadonlyArray<A>): given is ReadonlyArray<A> => Array.isArray(given);

const whereOf = (filter: QueueFilter): Where<Columns> => {
  const { registerId, organisation, deviceId, sourceDocument, deadlineBefore, sourceContains } = filter;
  return {
    registerId,
    organisation,
    deviceId,
    sourceDocument,
    status: oneOrMany(filter.status),
    phase: oneOrMany(filter.phase),
    legalDeadline: deadlineBefore === undefined ? undefined : { below: deadlineBefore },
    sourceText: sourceContains === undefined ? undefined : { contains: sourceContains.toLowerCase() },
  };
};

const shown = ({ attempt: _attempt, sourceText: _sourceText, ...row }: ReceiptRow): QueuedReceipt => row;

const OPEN_PHASES: ReadonlyArray<AttemptPhase> = [
  'Accepted',
  'Ready',
  'Intended',
  'Pending',
  'Unknown',
  'Retired',
  'Held',
];

export const receiptQueue = (readModels: ReadModels): ReceiptQueue => {
  const ask = <A>(look: (view: View) => A): TaskEither<QueueError, A> => readModels.read(RECEIPT_QUEUE, look);
  const page =
    <A>(look: (view: View) => Either<QueryRefusal, Page<A>>): TaskEither<QueueError, Answered<Page<A>>> =>
    async () => {
      const read = await ask((view) =>
        E.map((found: Page<A>) => ({ ...found, position: view.position }))(look(view)),
      )();
      return E.isLeft(read) ? read : read.right;
    };

  return {
    list: ({ after, limit, ...filter } = {}) =>
      page((view) =>
        E.map((found: Page<ReceiptRow>): Page<QueuedReceipt> => ({ ...found, rows: found.rows.map(shown) }))(
          view.list(RECEIPTS, { where: whereOf(filter), orderBy: ['legalDeadline'], after, limit }),
        ),
      ),
    get: (receiptId) =>
      ask((view) => {
        const row = view.get(RECEIPTS, { receiptId });
        return row === undefined ? undefined : shown(row);
      }),
    count: (filter = {}) => ask((view) => view.count(RECEIPTS, whereOf(filter))),
    countByStatus: (filter = {}) =>
      ask((view) => {
        const where = whereOf(filter);
        const of = (status: QueueStatus): number => view.count(RECEIPTS, { ...where, status });
        return {
          new: of('new'),
          fiscalizing: of('fiscalizing'),
          fiscalized: of('fiscalized'),
          error: of('error'),
          cancelled: of('cancelled'),
          position: view.position,
        };
      }),
    paymentsWithoutReceipt: ({ after, limit, ...where } = {}) =>
      page((view) => view.list(PAYMENTS_WITHOUT_RECEIPT, { where, orderBy: ['since'], after, limit })),
    countPaymentsWithoutReceipt: (where = {}) => ask((view) => view.count(PAYMENTS_WITHOUT_RECEIPT, where)),
    openReceipts: (registerId) =>
      ask((view) => view.count(RECEIPTS, { registerId, phase: { oneOf: OPEN_PHASES } })),
  };
};
