import type { DraftItem, Parent, ParentRelation, SettlementSource } from '@cloud-kassa/core';
import { receiptIdOf } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import { readFields } from '../fields/field';
import type { IdentityOptions } from '../identity';
import { placeOf } from '../identity';
import type { ImportRefusal } from '../import-rules';
import { refuse } from '../import-rules';
import type { Json } from '../reading/read-json-line';
import type { LineReader } from '../line-reader';
import type { Offset, RegistrationOrder, SettlementDraft } from '../registration-order';
import { writtenContact } from '../registration-order';
import { DOCUMENT } from './document-fields';

/** What the command says about all lines of a file of documents. */
export interface DocumentsOptions extends IdentityOptions {
  /** INN of the organisation of lines that do not name one. */
  readonly organisation?: string;
}

type DocumentLine = t.TypeOf<typeof DOCUMENT.codec>;
type Reference = NonNullable<DocumentLine['refundOf']>;
type OffsetReference = NonNullable<DocumentLine['offsets']>[number];
type Result<A> = E.Either<ImportRefusal, A>;

/** What a receipt says of earlier ones. */
interface Earlier {
  readonly parents: ReadonlyArray<Parent>;
  readonly offsets: ReadonlyArray<Offset>;
}

const linkOf = (reference: Reference, field: string, organisation: string): Result<Parent['link']> => {
  const { document, id, fn, fd, fp } = reference;
  const parts = Object.keys(reference).length;
  if (document !== undefined && id !== undefined && parts === 2)
    return E.right({
      kind: 'receipt',
      receiptId: receiptIdOf(organisation, { document, settlementId: id }),
    });
  return fn !== undefined && fd !== undefined && fp !== undefined && parts === 3
    ? E.right({ kind: 'external', fn, fd, fp, checked: false })
    : E.left(refuse('reference-incomplete', field));
};

/** A correction draws on nothing, so nothing of the earlier receipt is held for it; for a refund it is, under the id of the refund. */
const parentOf = (relation: ParentRelation, link: Parent['link'], receiptId: string): Parent =>
  relation === 'corrects' || link.kind === 'external'
    ? { relation, link }
    : { relation, link, reservation: receiptId };

const offsetOf = (
  { amount, ...reference }: OffsetReference,
  field: string,
  organisation: string,
): Result<Offset | Parent> => {
  const link = linkOf(reference, field, organisation);
  if (E.isLeft(link)) return link;
  const { right } = link;
  if (right.kind === 'receipt')
    return amount === undefined
      ? E.left(refuse('field-missing', `${field}.amount`))
      : E.right({ receiptId: right.receiptId, amount });
  // Nothing keeps account of a receipt that was made elsewhere.
  return amount === undefined
    ? E.right({ relation: 'offsets', link: right })
    : E.left(refuse('reference-incomplete', field));
};

const earlierOf = (
  { refundOf, offsets = [], corrects }: DocumentLine,
  organisation: string,
  source: SettlementSource,
): Result<Earlier> => {
  const receiptId = receiptIdOf(organisation, source);
  const parents: Array<Parent> = [];
  const setOff: Array<Offset> = [];
  const named = [
    [refundOf, 'refunds', 'refundOf'],
    [corrects, 'corrects', 'corrects'],
  ] as const;
  for (const [reference, relation, field] of named) {
    if (reference === undefined) continue;
    const link = linkOf(reference, field, organisation);
    if (E.isLeft(link)) return link;
    parents.push(parentOf(relation, link.right, receiptId));
  }
  for (const [index, reference] of offsets.entries()) {
    const offset = offsetOf(reference, `offsets.${index}`, organisation);
    if (E.isLeft(offset)) return offset;
    if ('relation' in offset.right) parents.push(offset.right);
    else setOff.push(offset.right);
  }
  return E.right({ parents, offsets: setOff });
};

const draftOf = (line: DocumentLine): SettlementDraft => {
  const { kind, sign, taxation, items, payments, total, vatTotals, place, internet } = line;
  const { cashier, correction, agent, industry, senderEmail, automatNumber } = line;
  const { additionalAttribute, userAttribute } = line;
  const lines = (items ?? []).map(({ method, ...item }): DraftItem => ({ ...item, paymentMethod: method }));
  return {
    kind: kind ?? 'receipt',
    settlementSign: sign,
    taxation,
    items: lines,
    payments,
    place: place ?? {},
    internet: internet ?? false,
    ...(total === undefined ? {} : { total }),
    ...(vatTotals === undefined ? {} : { vatTotals }),
    ...(cashier === undefined ? {} : { cashier }),
    ...(correction === undefined ? {} : { correction }),
    ...(agent === undefined ? {} : { agent }),
    ...(industry === undefined ? {} : { industry }),
    ...(senderEmail === undefined ? {} : { senderEmail }),
    ...(automatNumber === undefined ? {} : { automatNumber }),
    ...(additionalAttribute === undefined ? {} : { additionalAttribute }),
    ...(userAttribute === undefined ? {} : { userAttribute }),
  };
};

const orderOf = (
  line: DocumentLine,
  lineNumber: number,
  options: DocumentsOptions,
): Result<RegistrationOrder> => {
  const organisation = line.organisation ?? options.organisation;
  if (organisation === undefined) return E.left(refuse('organisation-missing', 'organisation'));
  const settlementId = line.id === undefined ? placeOf(lineNumber, options) : E.right(line.id);
  if (E.isLeft(settlementId)) return settlementId;
  const source = { document: line.document, settlementId: settlementId.right };
  const earlier = earlierOf(line, organisation, source);
  if (E.isLeft(earlier)) return earlier;
  const { parents, offsets } = earlier.right;
  const buyer = line.buyer === undefined ? undefined : writtenContact(line.buyer, 'buyer');
  if (buyer !== undefined && E.isLeft(buyer)) return buyer;
  const { settledAt, instrument, register, customerId, legacyVat } = line;
  return E.right({
    organisation,
    source,
    draft: draftOf(line),
    settled: settledAt,
    origin: 'exchange',
    instrument: instrument ?? 'other',
    ...(parents.length === 0 ? {} : { parents }),
    ...(offsets.length === 0 ? {} : { offsets }),
    ...(buyer === undefined ? {} : { contact: buyer.right }),
    ...(register === undefined ? {} : { registerId: register }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(legacyVat === undefined ? {} : { legacyVat }),
  });
};

/**
 * The format `documents`: our own NDJSON of settlement documents, one receipt a line. Its fields are in `DOCUMENT_FIELDS`; a field it does
 * not know is refused. Nothing is filled in but defaults the table names; whether the receipt is lawful is asked when it is registered.
 */
export const documentsReader =
  (options: DocumentsOptions = {}): LineReader =>
  (line: Json, lineNumber: number) => {
    const read = readFields(DOCUMENT, line);
    return E.isLeft(read) ? read : orderOf(read.right, lineNumber, options);
  };
