import type {
  DisputedDocument,
  DocumentFilter,
  ShownDevice,
  ShownDocument,
  ShownDrive,
  ShownRegister,
  ShownShift,
} from '@cloud-kassa/projection-fiscal-status';
import type { Cursor, Page } from '@cloud-kassa/projections';
import { notFound } from './kassa-error';
import type { Kit } from './kit';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';
import type { Fresh } from './queue';

/** Where a page begins and how long it is. */
export interface From {
  /** `next` of the page before. */
  readonly from?: Cursor | undefined;
  /** Default 100, at most 1,000. */
  readonly limit?: number | undefined;
}

/** The fiscal status (состояние фискализации): documents, registers, drives and shifts with their totals. */
export interface Status {
  /** Newest first. */
  readonly documents: (
    filter?: Omit<DocumentFilter, 'from'> & { readonly since?: string } & From & Fresh,
  ) => Promise<Outcome<Page<ShownDocument>>>;
  readonly document: (receiptId: string, fresh?: Fresh) => Promise<Outcome<ShownDocument>>;
  /** Documents that contradict the receipt they were found for; newest first. */
  readonly disputedDocuments: (how?: From & Fresh) => Promise<Outcome<Page<DisputedDocument>>>;
  readonly registers: (
    filter?: { readonly deviceId?: string; readonly organisation?: string } & From & Fresh,
  ) => Promise<Outcome<ReadonlyArray<ShownRegister>>>;
  readonly drives: (
    filter?: { readonly deviceId?: string } & From & Fresh,
  ) => Promise<Outcome<ReadonlyArray<ShownDrive>>>;
  readonly devices: (
    filter?: { readonly organisation?: string } & From & Fresh,
  ) => Promise<Outcome<ReadonlyArray<ShownDevice>>>;
  /** Newest first. */
  readonly shifts: (
    filter?: { readonly registerId?: string; readonly isOpen?: boolean } & From & Fresh,
  ) => Promise<Outcome<ReadonlyArray<ShownShift>>>;
}

export const statusOn = ({ readModels }: Kit): Status => {
  type Question<Row> = Parameters<typeof readModels.ask<Page<Row>>>[1];

  const rows = async <Row>(
    after: string | undefined,
    question: Question<Row>,
  ): Promise<Outcome<ReadonlyArray<Row>>> => {
    const found = await readModels.ask(after, question);
    return found.ok ? done(found.value.rows) : found;
  };

  return {
    documents: ({ from, limit, after, since, ...filter } = {}) =>
      readModels.ask(after, ({ status }) => status.documents({ ...filter, from: since, after: from, limit })),
    document: async (receiptId, { after } = {}) => {
      const found = await readModels.ask(after, ({ status }) => status.document(receiptId));
      if (!found.ok) return found;
      return found.value === undefined
        ? failed(notFound('receiptId', 'The receipt has no document.', 'У чека нет документа.'))
        : done(found.value);
    },
    disputedDocuments: ({ from, limit, after } = {}) =>
      readModels.ask(after, ({ status }) => status.disputedDocuments({ after: from, limit })),
    registers: ({ from, limit, after, ...filter } = {}) =>
      rows(after, ({ status }) => status.registers({ ...filter, after: from, limit })),
    drives: ({ from, limit, after, ...filter } = {}) =>
      rows(after, ({ status }) => status.drives({ ...filter, after: from, limit })),
    devices: ({ from, limit, after, ...filter } = {}) =>
      rows(after, ({ status }) => status.devices({ ...filter, after: from, limit })),
    shifts: ({ from, limit, after, ...filter } = {}) =>
      rows(after, ({ status }) => status.shifts({ ...filter, after: from, limit })),
  };
};
