import type { Availability, CloudDevice, ShiftTotals } from '@cloud-kassa/core';
import type { Position } from '@cloud-kassa/event-store';
import type { SettlementSign } from '@cloud-kassa/ffd';
import type {
  Cursor,
  NotReadable,
  Page,
  QueryRefusal,
  ReadModelError,
  ReadModels,
  View,
} from '@cloud-kassa/projections';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { DEVICES, DRIVES, REGISTERS, type DeviceRow, type DriveRow, type RegisterRow } from './device-tables';
import {
  AWAITED,
  DISPUTED_DOCUMENTS,
  DOCUMENTS,
  type DisputedRow,
  type DocumentRow,
} from './document-tables';
import { FISCAL_STATUS } from './fiscal-status-projection';
import { OPEN_SHIFTS, SHIFTS, type OpenShiftRow, type ShiftRow } from './shift-tables';

/** The fiscal document of a receipt. */
export type ShownDocument = DocumentRow;
/** A document that contradicts the receipt it was found for. */
export type DisputedDocument = DisputedRow;
export type ShownShift = ShiftRow;
/** A cloud device without its parameters of connection. */
export type ShownDevice = Omit<DeviceRow, 'state'>;

/** What is known of the device behind a register or a drive. */
export interface BehindIt {
  readonly deviceStatus?: CloudDevice['status'];
  /** What the provider last said; absent until it was asked. */
  readonly availability?: Availability;
  readonly seenAt?: string;
}

export interface ShownRegister extends RegisterRow, BehindIt {
  /** The shift that is open on it. */
  readonly openShift?: Omit<OpenShiftRow, 'registerId'>;
  /** Its receipts that have no document yet. */
  readonly openReceipts: number;
}

export type ShownDrive = DriveRow & BehindIt;

/** What was fiscalised in a shift as far as the store was read: what a shift is closed with. */
export interface ShiftCount {
  readonly totals: ShiftTotals;
  readonly upToPosition: Position;
  /** Receipts of the register without a final outcome at that position. */
  readonly openReceipts: number;
}

export interface DocumentFilter {
  readonly registerId?: string | undefined;
  readonly organisation?: string | undefined;
  readonly deviceId?: string | undefined;
  readonly shiftId?: string | undefined;
  readonly fn?: string | undefined;
  readonly fd?: number | undefined;
  readonly sign?: SettlementSign | undefined;
  readonly sourceDocument?: string | undefined;
  /** Instants at which the document became known: `from` inclusive, `before` exclusive. */
  readonly from?: string | undefined;
  readonly before?: string | undefined;
  /** Whether the operator of fiscal data has confirmed it. */
  readonly ofdConfirmed?: boolean | undefined;
}

export interface Paging {
  /** `next` of the page before. */
  readonly after?: Cursor | undefined;
  /** Default 100, at most 1,000. */
  readonly limit?: number | undefined;
}

/** An answer and the position of the store that it holds for. */
export type Answered<A> = A & { readonly position: Position | undefined };

export type StatusError = ReadModelError | NotReadable | QueryRefusal;

type Pages<A> = TaskEither<StatusError, Answered<Page<A>>>;

/** Questions to the fiscal status. Each is answered from one snapshot. */
export interface FiscalStatus {
  /** Newest first. */
  readonly documents: (filter?: DocumentFilter & Paging) => Pages<ShownDocument>;
  readonly document: (receiptId: string) => TaskEither<StatusError, ShownDocument | undefined>;
  readonly countDocuments: (filter?: DocumentFilter) => TaskEither<StatusError, number>;
  /** Newest first. */
  readonly disputedDocuments: (
    filter?: Paging & { readonly organisation?: string | undefined },
  ) => Pages<DisputedDocument>;
  readonly registers: (
    filter?: Paging & { readonly deviceId?: string | undefined; readonly organisation?: string | undefined },
  ) => Pages<ShownRegister>;
  readonly drives: (filter?: Paging & { readonly deviceId?: string | undefined }) => Pages<ShownDrive>;
  readonly devices: (filter?: Paging & { readonly organisation?: string | undefined }) => Pages<ShownDevice>;
  /** Newest first. */
  readonly shifts: (
    filter?: Paging & { readonly registerId?: string | undefined; readonly isOpen?: boolean | undefined },
  ) => Pages<ShownShift>;
  /** `undefined` where the opening of the shift has not been read yet. */
  readonly shiftTotals: (
    registerId: string,
    shiftId: string,
  ) => TaskEither<StatusError, ShiftCount | undefined>;
}

const documentsWhere = (filter: DocumentFilter) => {
  const { from, before, ofdConfirmed, ...equal } = filter;
  const within =
    from === undefined && before === undefined
      ? undefined
      : { ...(from === undefined ? {} : { from }), ...(before === undefined ? {} : { below: before }) };
  return {
    ...equal,
    fiscalizedAt: within,
    ofdConfirmedAt: ofdConfirmed === undefined ? undefined : { present: ofdConfirmed },
  };
};

const behind = (view: View, deviceId: string): BehindIt => {
  const device = view.get(DEVICES, { deviceId });
  if (device === undefined) return {};
  const { status: deviceStatus, availability, seenAt } = device;
  return {
    deviceStatus,
    ...(availability === undefined ? {} : { availability }),
    ...(seenAt === undefined ? {} : { seenAt }),
  };
};

const shownRegister = (view: View, register: RegisterRow): ShownRegister => {
  const { registerId, deviceId } = register;
  const open = view.get(OPEN_SHIFTS, { registerId });
  const openReceipts = view.count(AWAITED, { registerId, state: 'open' });
  const shown = { ...register, ...behind(view, deviceId), openReceipts };
  if (open === undefined) return shown;
  const { registerId: _registerId, ...openShift } = open;
  return { ...shown, openShift };
};

const shownDevice = ({ state: _state, ...device }: DeviceRow): ShownDevice => device;

const eachOf =
  <A, B>(shown: (row: A) => B) =>
  (page: Page<A>): Page<B> => ({ ...page, rows: page.rows.map(shown) });

export const fiscalStatus = (readModels: ReadModels): FiscalStatus => {
  const ask = <A>(look: (view: View) => A): TaskEither<StatusError, A> =>
    readModels.read(FISCAL_STATUS, look);
  const pages =
    <A>(look: (view: View) => Either<QueryRefusal, Page<A>>): Pages<A> =>
    async () => {
      const read = await ask((view) =>
        E.map((found: Page<A>) => ({ ...found, position: view.position }))(look(view)),
      )();
      return E.isLeft(read) ? read : read.right;
    };

  return {
    documents: ({ after, limit, ...filter } = {}) =>
      pages((view) =>
        view.list(DOCUMENTS, {
          where: documentsWhere(filter),
          orderBy: ['fiscalizedAt'],
          descending: true,
          after,
          limit,
        }),
      ),
    document: (receiptId) => ask((view) => view.get(DOCUMENTS, { receiptId })),
    countDocuments: (filter = {}) => ask((view) => view.count(DOCUMENTS, documentsWhere(filter))),
    disputedDocuments: ({ after, limit, ...where } = {}) =>
      pages((view) =>
        view.list(DISPUTED_DOCUMENTS, { where, orderBy: ['foundAt'], descending: true, after, limit }),
      ),
    registers: ({ after, limit, ...where } = {}) =>
      pages((view) =>
        E.map(eachOf((row: RegisterRow) => shownRegister(view, row)))(
          view.list(REGISTERS, { where, after, limit }),
        ),
      ),
    drives: ({ after, limit, ...where } = {}) =>
      pages((view) =>
        E.map(eachOf((row: DriveRow): ShownDrive => ({ ...row, ...behind(view, row.deviceId) })))(
          view.list(DRIVES, { where, after, limit }),
        ),
      ),
    devices: ({ after, limit, ...where } = {}) =>
      pages((view) => E.map(eachOf(shownDevice))(view.list(DEVICES, { where, after, limit }))),
    shifts: ({ after, limit, ...where } = {}) =>
      pages((view) => view.list(SHIFTS, { where, orderBy: ['openedAt'], descending: true, after, limit })),
    shiftTotals: (registerId, shiftId) =>
      ask((view) => {
        const shift = view.get(SHIFTS, { registerId, shiftId });
        if (shift === undefined || view.position === undefined) return undefined;
        const openReceipts = view.count(AWAITED, { registerId, state: 'open' });
        return { totals: shift.totals, upToPosition: view.position, openReceipts };
      }),
  };
};
