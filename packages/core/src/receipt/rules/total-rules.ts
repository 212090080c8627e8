import * as E from 'fp-ts/Either';
import type { VatTotal } from '@cloud-kassa/ffd';
import { VAT_CODES, sumKopecks, totalAllowed, vatOf, vatTotals } from '@cloud-kassa/ffd';
import type { ReceiptContent } from '../content';
import type { ContentRule, ReceiptRefusal } from './admission';
import { firstRefusalOf, refuse, unless } from './admission';

/** 1020 is the sum of the lines, or less within the same rouble (note 5 to table 19 of order ММВ-7-20/229@, kept in order ЕД-7-20/662@). */
export const totalAgrees: ContentRule = ({ items, total }) => {
  if (items.length === 0) return undefined;
  const sum = sumKopecks(items.map((item) => item.sum));
  if (E.isLeft(sum)) return refuse('amount-too-large', 'total');
  return unless(totalAllowed(sum.right, total), 'total-outside-rouble', 'total');
};

const sameTotals = (one: ReadonlyArray<VatTotal>, other: ReadonlyArray<VatTotal>): boolean =>
  one.length === other.length &&
  one.every(({ code, amount }, index) => code === other[index]?.code && amount === other[index].amount);

/** Without lines the totals cannot be recomputed: each rate once, in ascending order, and not above that of the whole total. */
const boundedByTotal = ({ vatTotals: stated, total }: ReceiptContent): ReceiptRefusal | undefined =>
  firstRefusalOf(stated, ({ code, amount }, index) => {
    const most = VAT_CODES[code].carries === 'turnover' ? total : vatOf(total, code);
    const ascends = index === 0 || code > (stated[index - 1]?.code ?? 0);
    return unless(ascends && amount <= most, 'vat-totals-differ', `vatTotals.${index}`);
  });

/** Totals by rate are those of the lines by the rule of the register (tags 1102 to 1107, 1115). */
export const vatTotalsAgree: ContentRule = (content) => {
  if (content.items.length === 0) return boundedByTotal(content);
  const computed = vatTotals(content.items, content.vatRule);
  if (E.isLeft(computed)) return refuse('amount-too-large', 'vatTotals');
  return unless(sameTotals(computed.right, content.vatTotals), 'vat-totals-differ', 'vatTotals');
};
