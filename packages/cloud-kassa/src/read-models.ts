import type { Instant } from '@cloud-kassa/ffd';
import type { ShiftCount, ShiftTotalsOf } from '@cloud-kassa/fiscalizer';
import type { FiscalStatus } from '@cloud-kassa/projection-fiscal-status';
import { FISCAL_STATUS, fiscalStatus } from '@cloud-kassa/projection-fiscal-status';
import type { ReceiptQueue } from '@cloud-kassa/projection-receipt-queue';
import { RECEIPT_QUEUE, receiptQueue } from '@cloud-kassa/projection-receipt-queue';
import type { Progress, ProjectionRunner } from '@cloud-kassa/projections';
import { projectionRunner } from '@cloud-kassa/projections';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { KassaError } from './kassa-error';
import { CLOSED, notFound, ofLoad, refused } from './kassa-error';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';
import type { StorageParts } from './storage/storage';

/** The questions that may be asked. */
export interface Questions {
  readonly queue: ReceiptQueue;
  readonly status: FiscalStatus;
}

/** Anything a read model or its runner may answer in the place of an answer. */
export type ReadError = { readonly _tag: string; readonly why?: string; readonly rule?: string };

/** The two read models with what keeps them up to the store. */
export interface ReadModels {
  /**
   * Asks a question. With `after` the answer knows of everything up to that position; without it, and where nothing follows the store in
   * this process, of everything up to now.
   */
  readonly ask: <A>(
    after: string | undefined,
    question: (questions: Questions) => TaskEither<ReadError, A>,
  ) => Promise<Outcome<A>>;
  readonly catchUp: (progress?: Progress) => Promise<Outcome<void>>;
  /** Follows the store until the signal is aborted. */
  readonly follow: (signal: AbortSignal) => Promise<void>;
  readonly runners: ReadonlyMap<string, ProjectionRunner>;
  /** What a shift has come to, and the position that holds for. */
  readonly shiftTotals: (registerId: string, shiftId: string) => Promise<Outcome<ShiftCount>>;
  readonly totalsOfShift: ShiftTotalsOf;
  /** Receipts routed to a device that have no final outcome. */
  readonly unsettledOfDevice: (deviceId: string) => Promise<Outcome<number>>;
}

const UNSETTLED = ['Ready', 'Intended', 'Pending', 'Unknown', 'Retired', 'Held'] as const;

/** The error of a read model as callers are told. */
export const ofReadModel = (error: ReadError): KassaError => {
  switch (error._tag) {
    case 'QueryRefused':
      return refused({ rule: `query-${error.rule ?? 'unknown'}`, field: 'filter' });
    case 'Closed':
      return CLOSED;
    case 'Rejected':
      return error.rule === 'closed' ? CLOSED : refused({ rule: `store-${error.rule}`, field: '' });
    case 'Damaged':
      return {
        code: 'corrupt',
        stream: 'read-models.db',
        message: `The read models can not be read: ${error.why ?? ''}. Delete the file; it is built anew from the events.`,
        russian: `Модели чтения не читаются: ${error.why ?? ''}. Удалите файл: он строится заново из событий.`,
      };
    case 'Superseded':
    case 'ShapeChanged':
    case 'OtherVersion':
      return {
        code: 'unavailable',
        message: `The read models were written by another version of the library (${error._tag}).`,
        russian: `Модели чтения записаны другой версией библиотеки (${error._tag}).`,
      };
    case 'ForeignPosition':
      return refused({ rule: 'query-position', field: 'after' });
    default:
      return {
        code: 'unavailable',
        message: `The read models do not answer: ${error._tag} ${error.why ?? ''}`,
        russian: `Модели чтения не отвечают: ${error._tag} ${error.why ?? ''}`,
      };
  }
};

export const readModelsOn = ({ events: store, readModels }: StorageParts, runtime: Runtime): ReadModels => {
  const runners: ReadonlyMap<string, ProjectionRunner> = new Map([
    [RECEIPT_QUEUE.name, projectionRunner({ store, readModels, runtime, projection: RECEIPT_QUEUE })],
    [FISCAL_STATUS.name, projectionRunner({ store, readModels, runtime, projection: FISCAL_STATUS })],
  ]);
  const questions: Questions = { queue: receiptQueue(readModels), status: fiscalStatus(readModels) };
  let following = 0;

  const catchUp = async (progress?: Progress): Promise<Outcome<void>> => {
    for (const runner of runners.values()) {
      const caught = await runner.catchUp(progress)();
      if (E.isLeft(caught)) return failed(ofReadModel(caught.left));
    }
    return done(undefined);
  };

  const reach = async (position: string): Promise<Outcome<void>> => {
    for (const runner of runners.values()) {
      const reached = await runner.reached(position)();
      if (E.isLeft(reached)) return failed(ofReadModel(reached.left));
    }
    return done(undefined);
  };

  const ask: ReadModels['ask'] = async (after, question) => {
    const ready =
      after !== undefined ? await reach(after) : following === 0 ? await catchUp() : done(undefined);
    if (!ready.ok) return ready;
    const answer = await question(questions)();
    return E.isLeft(answer) ? failed(ofReadModel(answer.left)) : done(answer.right);
  };

  const shiftTotals = async (registerId: string, shiftId: string): Promise<Outcome<ShiftCount>> => {
    const head = await store.head()();
    if (E.isLeft(head)) return failed(ofLoad(head.left));
    const counted = await ask(head.right, ({ status }) => status.shiftTotals(registerId, shiftId));
    if (!counted.ok) return counted;
    return counted.value === undefined
      ? failed(notFound('shiftId', 'There is no such shift.', 'Такой смены нет.'))
      : done(counted.value);
  };

  return {
    ask,
    catchUp,
    runners,
    follow: async (signal) => {
      following += 1;
      await Promise.all([...runners.values()].map((runner) => runner.run(signal)));
      following -= 1;
    },
    shiftTotals,
    totalsOfShift: (registerId: string, shiftId: string, _openedAt: Instant) => async () => {
      const counted = await shiftTotals(registerId, shiftId);
      return counted.ok
        ? E.right(counted.value)
        : E.left({ _tag: 'TotalsUnavailable', why: counted.error.code });
    },
    unsettledOfDevice: (deviceId) =>
      ask(undefined, ({ queue }) => queue.count({ deviceId, phase: UNSETTLED })),
  };
};
