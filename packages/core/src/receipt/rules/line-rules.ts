import * as E from 'fp-ts/Either';
import { VAT_CODES, lineSum, vatOf } from '@cloud-kassa/ffd';
import type { ReceiptContent, ReceiptItem } from '../content';
import type { AdmissionProfile } from './profile';
import type { CompositionRule, ContentRule, ReceiptRefusal } from './admission';
import { firstRefusalOf, refuse, unless } from './admission';

/** 1043 = 1079 × 1023, half up, exactly (order ЕД-7-20/662@). */
export const lineSumsAgree: ContentRule = ({ items }) =>
  firstRefusalOf(items, ({ price, quantity, sum }, index) => {
    const computed = lineSum(price, quantity);
    if (E.isLeft(computed)) return refuse('amount-too-large', `items.${index}.sum`);
    return unless(computed.right === sum, 'line-sum-differs', `items.${index}.sum`);
  });

/** Documents that take back lines of another: their VAT may hold what parts taken back earlier left over. */
const takesBack = ({ settlementSign, correction }: ReceiptContent): boolean =>
  settlementSign === 2 || settlementSign === 4 || correction?.reason === 'error-reversal';

const drift = (content: ReceiptContent, profile: AdmissionProfile): number =>
  profile.refundVat === 'remainder' && takesBack(content) ? profile.refundVatDrift : 0;

const checkVat = (
  { sum, vatCode, vatSum }: ReceiptItem,
  index: number,
  allowed: number,
): ReceiptRefusal | undefined => {
  const field = `items.${index}.vatSum`;
  if (VAT_CODES[vatCode].carries === 'turnover')
    return unless(vatSum === undefined, 'line-vat-not-carried', field);
  if (vatSum === undefined) return undefined;
  return unless(
    vatSum <= sum && Math.abs(vatSum - vatOf(sum, vatCode)) <= allowed,
    'line-vat-differs',
    field,
  );
};

/**
 * 1200 = 1043 × n / (100 + n), half up; absent at 0 % and without VAT (order ЕД-7-20/662@). A refund may differ by the few kopecks its
 * profile allows, so that the parts of a line add up.
 */
export const lineVatAgrees: CompositionRule = ({ content, profile }) => {
  const allowed = drift(content, profile);
  return firstRefusalOf(content.items, (item, index) => checkVat(item, index, allowed));
};
