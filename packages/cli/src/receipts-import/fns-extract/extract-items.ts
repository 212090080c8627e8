import type { Agent, DraftItem } from '@cloud-kassa/core';
import type { AgentMask, FfdVersion, PaymentSubject, VatCode } from '@cloud-kassa/ffd';
import { MEASURES } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { ImportRefusal } from '../import-rules';
import { refuse } from '../import-rules';
import type { ExtractItem, ExtractLine } from './extract-fields';
import type { ExtractOptions } from './extract-options';
import type { ExtractVat } from './extract-vat';
import { measureOfText } from './measure-of-text';

/** Makes a note of a path whose value an option or the context filled in. */
export type Assume = (path: string) => void;

type Result<A> = E.Either<ImportRefusal, A>;

/** Registers of FFD 1.2 know no agent of the whole receipt: the sign goes into every line that has none of its own. */
const signOf = (item: ExtractItem, { agentType }: ExtractLine, ffd: FfdVersion): AgentMask | undefined =>
  item.agentType ?? (ffd === '1.2' ? agentType : undefined);

const agentOf = (
  item: ExtractItem,
  line: ExtractLine,
  at: string,
  { ffd = '1.2', supplierDefault }: ExtractOptions,
  assume: Assume,
): Result<Agent | undefined> => {
  const sign = signOf(item, line, ffd);
  if (sign === undefined)
    return item.supplierInn === undefined
      ? E.right(undefined)
      : E.left(refuse('supplier-without-agent', `${at}.supplierInn`));
  const inn = item.supplierInn ?? supplierDefault;
  if (item.supplierInn === undefined && inn !== undefined) assume(`${at}.agent.supplier.inn`);
  return E.right(inn === undefined ? { sign } : { sign, supplier: { inn } });
};

/**
 * The quantity's unit: a code in FFD 1.2, a text before it. Neither is dropped: what a line says in the one form is said in the other. A
 * piece has no unit as text, for that is what a quantity without one means.
 */
const unitOf = (
  { measureCode, measureText }: ExtractItem,
  at: string,
  { ffd = '1.2', measureDefault }: ExtractOptions,
  assume: Assume,
): Pick<DraftItem, 'measure' | 'unit'> => {
  if (ffd !== '1.2') {
    const unit =
      measureText ??
      (measureCode === undefined || measureCode === 0 ? undefined : MEASURES[measureCode].russian);
    return unit === undefined ? {} : { unit };
  }
  const told = measureCode ?? (measureText === undefined ? undefined : measureOfText(measureText));
  if (told !== undefined) return { measure: told };
  if (measureDefault === undefined) return {};
  assume(`${at}.measure`);
  return { measure: measureDefault };
};

/**
 * Goods with a marking code are subjects of their own in FFD 1.2: 33, and 31 under excise; before, they kept 1 and 2. The code itself is
 * dropped from extracts and can not be made of a GTIN. So the domain refuses the line in FFD 1.2 (`marking-code-required`); before it the
 * line would pass for unmarked goods, and is refused here.
 */
const subjectOf = (
  item: ExtractItem,
  at: string,
  { ffd = '1.2', subjectDefault }: ExtractOptions,
  assume: Assume,
): Result<PaymentSubject> => {
  const subject = item.productType ?? subjectDefault;
  if (subject === undefined) return E.left(refuse('field-missing', `${at}.productType`));
  if (item.productType === undefined) assume(`${at}.subject`);
  if (item.marking !== true) return E.right(subject);
  if (ffd !== '1.2') return E.left(refuse('marking-code-dropped', `${at}.marking`));
  return E.right(subject === 2 || subject === 31 ? 31 : 33);
};

const itemOf = (
  item: ExtractItem,
  vatCode: VatCode,
  line: ExtractLine,
  at: string,
  options: ExtractOptions,
  assume: Assume,
): Result<DraftItem> => {
  const method = item.paymentType ?? options.methodDefault;
  if (method === undefined) return E.left(refuse('field-missing', `${at}.paymentType`));
  if (item.paymentType === undefined) assume(`${at}.paymentMethod`);
  const subject = subjectOf(item, at, options, assume);
  if (E.isLeft(subject)) return subject;
  const agent = agentOf(item, line, at, options, assume);
  if (E.isLeft(agent)) return agent;
  return E.right({
    name: item.name,
    price: item.price,
    quantity: item.quantity,
    sum: item.sum,
    vatCode,
    paymentMethod: method,
    subject: subject.right,
    ...(item.vatSum === undefined ? {} : { vatSum: item.vatSum }),
    ...unitOf(item, at, options, assume),
    ...(agent.right === undefined ? {} : { agent: agent.right }),
  });
};

/** The lines of an extract as lines of a receipt, or the first that makes none. */
export const itemsOfExtract = (
  line: ExtractLine,
  { codes, inferred }: ExtractVat,
  options: ExtractOptions,
  assume: Assume,
): Result<ReadonlyArray<DraftItem>> => {
  for (const index of inferred) assume(`items.${index}.vatCode`);
  const items: Array<DraftItem> = [];
  for (const [index, vatCode] of codes.entries()) {
    const item = line.items[index];
    if (item === undefined) continue;
    const made = itemOf(item, vatCode, line, `items.${index}`, options, assume);
    if (E.isLeft(made)) return made;
    items.push(made.right);
  }
  return E.right(items);
};
