import * as E from 'fp-ts/Either';
import type { FfdVersion, Kopecks, UnknownCharacters, VatRule, VatTotal, ZoneCode } from '@cloud-kassa/ffd';
import {
  NO_PAYMENTS,
  VAT_CODES,
  lineSum,
  sumKopecks,
  toCp866Text,
  vatOf,
  vatRuleOf,
  vatTotals,
} from '@cloud-kassa/ffd';
import type { ReceiptContent, ReceiptItem } from '../content';
import type { AdmissionFacts } from '../facts';
import type { ReceiptRefusal } from './admission';
import { refuse } from './admission';
import { COMPOSITION_RULES, firstBroken } from './admit-receipt';
import type { DraftItem, ReceiptDraft } from './draft';
import type { AdmissionProfile } from './profile';
import { DEFAULT_PROFILE } from './profile';
import { fieldsOf, mapTexts } from './receipt-fields';

/** What the register decides about every receipt it makes. */
export interface ComposeSettings {
  readonly ffd: FfdVersion;
  readonly zone: ZoneCode;
  readonly vatRule: VatRule;
  /** What to do with a character that code page 866 lacks and that has no documented replacement; `refuse` unless said otherwise. */
  readonly unknownCharacters?: UnknownCharacters;
  readonly profile?: AdmissionProfile;
}

/** The settings that follow from a register and its device. */
export const composeSettingsOf = ({
  register,
  device,
}: Pick<AdmissionFacts, 'register' | 'device'>): ComposeSettings => ({
  ffd: device.ffd,
  zone: register.zone,
  vatRule: register.vatRule,
});

type Result<A> = E.Either<ReceiptRefusal, A>;

const tooLarge = (field: string): Result<never> => E.left(refuse('amount-too-large', field));

/** Contacts are addresses: a replaced character would make another address of them. */
const CONTACT_TAGS: ReadonlySet<number> = new Set([1008, 1117]);

const inCodePage = (draft: ReceiptDraft, unknownCharacters: UnknownCharacters): Result<ReceiptDraft> => {
  let refusal: ReceiptRefusal | undefined;
  const replaced = mapTexts(draft, (text, path, tag) => {
    if (CONTACT_TAGS.has(tag)) return text;
    const written = toCp866Text(text, unknownCharacters);
    if (E.isRight(written)) return written.right;
    refusal ??= refuse('text-not-cp866', path, { tag, offset: written.left.offset });
    return text;
  });
  return refusal === undefined ? E.right(replaced) : E.left(refusal);
};

/** Absent means that the key is missing: `undefined` and empty lists go. */
const withoutAbsent = <A>(value: A): A => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutAbsent) as A;
  const present = Object.entries(value).filter(
    ([, part]) => part !== undefined && !(Array.isArray(part) && part.length === 0),
  );
  return Object.fromEntries(present.map(([key, part]) => [key, withoutAbsent(part)])) as A;
};

const statesNothing = (vatSum: Kopecks | undefined, sum: Kopecks): boolean =>
  vatSum === undefined || vatSum === 0 || vatSum === sum;

const composeLine = (line: DraftItem, index: number): Result<ReceiptItem> => {
  const { sum: stated, vatSum, ...rest } = line;
  const computed = lineSum(rest.price, rest.quantity);
  if (E.isLeft(computed)) return tooLarge(`items.${index}.sum`);
  const sum = stated ?? computed.right;
  if (VAT_CODES[rest.vatCode].carries === 'vat')
    return E.right({ ...rest, sum, vatSum: vatSum ?? vatOf(sum, rest.vatCode) });
  return statesNothing(vatSum, sum)
    ? E.right({ ...rest, sum })
    : E.left(refuse('line-vat-not-carried', `items.${index}.vatSum`));
};

const composeLines = (lines: ReadonlyArray<DraftItem>): Result<ReadonlyArray<ReceiptItem>> => {
  const items: Array<ReceiptItem> = [];
  for (const [index, line] of lines.entries()) {
    const item = composeLine(line, index);
    if (E.isLeft(item)) return item;
    items.push(item.right);
  }
  return E.right(items);
};

const totalOf = (draft: ReceiptDraft, items: ReadonlyArray<ReceiptItem>): Result<Kopecks> => {
  if (draft.total !== undefined) return E.right(draft.total);
  const parts =
    items.length > 0 ? items.map(({ sum }) => sum) : Object.values({ ...NO_PAYMENTS, ...draft.payments });
  return E.mapLeft(() => refuse('amount-too-large', 'total'))(sumKopecks(parts));
};

const ascending = (totals: ReadonlyArray<VatTotal>): ReadonlyArray<VatTotal> =>
  totals.filter(({ amount }) => amount > 0).toSorted((one, other) => one.code - other.code);

const vatTotalsOf = (
  draft: ReceiptDraft,
  items: ReadonlyArray<ReceiptItem>,
  rule: VatRule,
): Result<ReadonlyArray<VatTotal>> => {
  if (items.length === 0) return E.right(ascending(draft.vatTotals ?? []));
  const computed = vatTotals(items, rule);
  if (E.isLeft(computed)) return tooLarge('vatTotals');
  if (draft.vatTotals === undefined) return computed;
  const follows = vatRuleOf(items, draft.vatTotals);
  return follows.includes(rule)
    ? computed
    : E.left(refuse('vat-totals-differ', 'vatTotals', { register: rule, stated: follows[0] ?? 'neither' }));
};

/**
 * Makes the content of a receipt of a draft: texts in code page 866 with its documented replacements, sums and VAT of the lines, totals by
 * the register's rule, all five payment sums, and no key without a value.
 *
 * What the draft states beyond need (sums, VAT, totals) must agree with what is computed. Refuses, besides that, fields that a document of this
 * kind and version does not have, and texts and numbers that do not have the form of their tags; whether the register may take the receipt is
 * asked by `admitReceipt`. Source: order ЕД-7-20/662@, tags 1020, 1043, 1079, 1102 to 1107, 1115, 1199, 1200.
 */
export const composeReceipt = (draft: ReceiptDraft, settings: ComposeSettings): Result<ReceiptContent> => {
  const written = inCodePage(draft, settings.unknownCharacters ?? 'refuse');
  if (E.isLeft(written)) return written;
  const { items: lines, payments, ...rest } = written.right;
  const items = composeLines(lines);
  if (E.isLeft(items)) return items;
  const total = totalOf(draft, items.right);
  if (E.isLeft(total)) return total;
  const totals = vatTotalsOf(draft, items.right, settings.vatRule);
  if (E.isLeft(totals)) return totals;
  const { ffd, zone, vatRule, profile = DEFAULT_PROFILE } = settings;
  const content: ReceiptContent = {
    ...withoutAbsent(rest),
    ffd,
    zone,
    vatRule,
    items: items.right.map(withoutAbsent),
    total: total.right,
    payments: { ...NO_PAYMENTS, ...withoutAbsent(payments) },
    vatTotals: totals.right,
  };
  const refusal = firstBroken(COMPOSITION_RULES, { content, profile, fields: fieldsOf(content) });
  return refusal === undefined ? E.right(content) : E.left(refusal);
};
