import type { Person, SettlementSource } from '@cloud-kassa/core';
import type { Kopecks, LocalDateTime, VatRule } from '@cloud-kassa/ffd';
import { VAT_RULES, ZERO_KOPECKS, dateOf, localDateTime } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import { readFields, withoutNulls } from '../fields/field';
import { placeOf } from '../identity';
import type { ImportRefusal } from '../import-rules';
import { refuse } from '../import-rules';
import type { LineReader } from '../line-reader';
import type { RegistrationOrder, SettlementDraft } from '../registration-order';
import type { ExtractLine } from './extract-fields';
import { EXTRACT } from './extract-fields';
import type { Assume } from './extract-items';
import { itemsOfExtract } from './extract-items';
import type { ExtractOptions } from './extract-options';
import { checkedOptions } from './extract-options';
import type { ExtractVat } from './extract-vat';
import { vatOfExtract } from './extract-vat';

type Result<A> = E.Either<ImportRefusal, A>;

/**
 * The identity of a line: its id, else drive (or what stands for it) and number of the document, else its place in the file. The kind of
 * identity is part of it, so that no id of one kind is taken for one of another.
 */
const sourceOf = (
  line: ExtractLine,
  lineNumber: number,
  options: ExtractOptions,
): Result<SettlementSource> => {
  const { id, fn, fnKey, fd } = line;
  if (id !== undefined) return E.right({ document: id, settlementId: 'fns-extract/id' });
  if (fd !== undefined && fn !== undefined)
    return E.right({ document: `${fn}:${fd}`, settlementId: 'fns-extract/fn-fd' });
  if (fd !== undefined && fnKey !== undefined)
    return E.right({ document: `${fnKey}:${fd}`, settlementId: 'fns-extract/fnKey-fd' });
  return E.map((document: string) => ({ document, settlementId: 'fns-extract/place' }))(
    placeOf(lineNumber, options),
  );
};

const DATE_LENGTH = 10;

const settledAt = ({ dateTime }: ExtractLine, assume: Assume): Result<LocalDateTime> => {
  const isDate = dateTime.length === DATE_LENGTH;
  const read = localDateTime(isDate ? `${dateTime}T12:00:00` : dateTime);
  if (E.isLeft(read)) return E.left(refuse('moment-invalid', 'dateTime'));
  if (isDate) assume('settledAt');
  return read;
};

const organisationOf = (
  { sellerInn }: ExtractLine,
  { organisation }: ExtractOptions,
  assume: Assume,
): Result<string> => {
  const chosen = organisation ?? sellerInn;
  if (chosen === undefined) return E.left(refuse('organisation-missing', 'sellerInn'));
  if (chosen !== sellerInn) assume('organisation');
  return E.right(chosen);
};

/** The register whose way of computing the totals follow; per line comes first where they follow both. */
const registerOf = ({ rules }: ExtractVat, { registers = {} }: ExtractOptions): string | undefined => {
  const fitting: ReadonlyArray<VatRule> = rules.length === 0 ? VAT_RULES : rules;
  return fitting.map((rule) => registers[rule]).find((register) => register !== undefined);
};

const or0 = (amount: Kopecks | undefined): Kopecks => amount ?? ZERO_KOPECKS;

const paymentsOf = ({ totals }: ExtractLine): SettlementDraft['payments'] => ({
  cash: or0(totals.cash),
  cashless: or0(totals.ecash),
  prepaid: or0(totals.prepaid),
  credit: or0(totals.credit),
  provision: or0(totals.provision),
});

const draftOf = (
  line: ExtractLine,
  vat: ExtractVat,
  options: ExtractOptions,
  assume: Assume,
): Result<SettlementDraft> => {
  // Registers of FFD 1.0 wrote nought where they said nothing of the taxation.
  const stated = line.taxationType === 0 ? undefined : line.taxationType;
  const taxation = stated ?? options.taxationDefault;
  if (taxation === undefined) return E.left(refuse('field-missing', 'taxationType'));
  if (stated === undefined) assume('taxation');
  const items = itemsOfExtract(line, vat, options, assume);
  if (E.isLeft(items)) return items;
  const { retailPlace, retailPlaceAddress, sellerAddress, machineNumber, agentType } = line;
  const isAgent = agentType !== undefined && (options.ffd ?? '1.2') !== '1.2';
  return E.right({
    kind: 'receipt',
    settlementSign: line.operationType,
    taxation,
    items: items.right,
    total: line.totals.total,
    payments: paymentsOf(line),
    place: {
      ...(retailPlace === undefined ? {} : { place: retailPlace }),
      ...(retailPlaceAddress === undefined ? {} : { address: retailPlaceAddress }),
    },
    internet: false,
    ...(vat.totals === undefined ? {} : { vatTotals: vat.totals }),
    ...(sellerAddress === undefined ? {} : { senderEmail: sellerAddress }),
    ...(machineNumber === undefined ? {} : { automatNumber: machineNumber }),
    ...(isAgent ? { agent: { sign: agentType } } : {}),
  });
};

const orderOf = (
  line: ExtractLine,
  lineNumber: number,
  options: ExtractOptions,
  contact: Person | undefined,
): Result<RegistrationOrder> => {
  const assumed: Array<string> = [];
  const assume: Assume = (path) => {
    assumed.push(path);
  };
  if ((line.kind ?? 'receipt') !== 'receipt') return E.left(refuse('kind-not-read', 'kind'));
  const source = sourceOf(line, lineNumber, options);
  if (E.isLeft(source)) return source;
  const organisation = organisationOf(line, options, assume);
  if (E.isLeft(organisation)) return organisation;
  const settled = settledAt(line, assume);
  if (E.isLeft(settled)) return settled;
  const settledOn = dateOf(settled.right);
  const vat = vatOfExtract(line, settledOn, options.vatDefault);
  if (E.isLeft(vat)) return vat;
  const draft = draftOf(line, vat.right, options, assume);
  if (E.isLeft(draft)) return draft;
  if (contact !== undefined) assume('contact');
  const registerId = registerOf(vat.right, options);
  return E.right({
    organisation: organisation.right,
    source: source.right,
    draft: draft.right,
    settled: settled.right,
    origin: 'exchange',
    instrument: options.instrument ?? 'other',
    ...(registerId === undefined ? {} : { registerId }),
    ...(contact === undefined ? {} : { contact }),
    ...(options.rehearsal === true ? { rulesOn: settledOn } : {}),
    ...(assumed.length === 0 ? {} : { assumed }),
  });
};

/**
 * The format `fns-extract`: receipts that other registers made, as extracts of the tax service and of operators give them, one a line. Its
 * fields are in `EXTRACT_FIELDS`. Made again are the receipts' goods, money and taxes; the numbers and signs of the old documents are not.
 * `Left` when an option itself is wrong.
 *
 * What the data of real receipts led to:
 * - a total below the sum of the lines, within the same rouble, is kept: the domain takes it, and of adapters the one says no whose protocol has no field for it;
 * - a line with a marking code is not fiscalised (`marking-code-required` of the domain): extracts drop the code, and without it marked goods would be sold as unmarked;
 * - an agent of the whole receipt (1057) becomes the agent of every line in FFD 1.2, where the supplier's INN is needed as well (`supplierDefault`);
 * - 1108 says that the old register was for the Internet only. It is not 1125, which exists from 2025-09-01, so no receipt becomes an Internet settlement;
 * - payments that the extract lacks are nought; if they do not add up to the total then, the domain refuses them;
 * - cash is not judged here but by the domain's own rule (S7).
 */
export const fnsExtractReader = (options: ExtractOptions = {}): Result<LineReader> =>
  E.map(({ contact }: { readonly contact?: Person }): LineReader => (line, lineNumber) => {
    const read = readFields(EXTRACT, withoutNulls(line));
    return E.isLeft(read) ? read : orderOf(read.right, lineNumber, options, contact);
  })(checkedOptions(options));
