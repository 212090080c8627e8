import * as E from 'fp-ts/Either';
import type { Kopecks } from '@cloud-kassa/ffd';
import { kopecks, quantityToMillionths, vatOf } from '@cloud-kassa/ffd';
import { isMarkedPiece } from '../rules/goods-rules';
import type { RefundItem } from './commands';
import type { ReservedItem } from './events';
import type { FenceRefusal } from './fence-rules';
import { refuseFence } from './fence-rules';
import type { FenceProfile } from './profile';
import type { LineRest } from './sold-lines';
import { unitPriceFor } from './unit-price';

const between = (value: number, low: number, high: number): number => Math.max(low, Math.min(value, high));

const wholeKopecks = (amount: number): Kopecks | undefined => {
  const made = kopecks(amount);
  return E.isRight(made) ? made.right : undefined;
};

/**
 * VAT of a part so that the parts of a line add up: that of its own sum, moved just so far that what is left of the line stays within a
 * kopeck of the VAT of its sum. Whoever takes the last of the sum takes the last of the VAT.
 */
const vatOfPart = (part: RefundItem, { item, sum, vat = 0 }: LineRest, drift: number): number => {
  const own = vatOf(part.sum, item.vatCode);
  const left = sum - part.sum;
  const vatOfLeft = vatOf(wholeKopecks(left) ?? part.sum, item.vatCode);
  const slack = left === 0 ? 0 : 1;
  const wished = between(own, vat - vatOfLeft - slack, vat - vatOfLeft + slack);
  return between(between(wished, own - drift, own + drift), 0, Math.min(vat, part.sum));
};

const reservedVat = (part: RefundItem, rest: LineRest, profile: FenceProfile): Kopecks | undefined => {
  if (rest.vat === undefined) return undefined;
  return profile.refundVat === 'half-up'
    ? vatOf(part.sum, rest.item.vatCode)
    : wholeKopecks(vatOfPart(part, rest, profile.refundVatDrift));
};

const checkPart = (part: RefundItem, rest: LineRest | undefined, at: string): FenceRefusal | undefined => {
  if (rest === undefined) return refuseFence('refund-line-unknown', `${at}.line`);
  if (quantityToMillionths(part.quantity) > rest.millionths)
    return refuseFence('refund-quantity-above-sold', `${at}.quantity`);
  if (part.sum > rest.sum) return refuseFence('refund-sum-above-sold', `${at}.sum`);
  if (isMarkedPiece(rest.item) && part.quantity !== rest.item.quantity)
    return refuseFence('refund-of-marked-part', `${at}.quantity`);
  return unitPriceFor(part.sum, part.quantity, rest.item.price) === undefined
    ? refuseFence('refund-sum-without-price', `${at}.sum`)
    : undefined;
};

/** Lines after a refund, and the refund with the VAT of its parts. */
export interface ReservedLines {
  readonly items: ReadonlyArray<ReservedItem>;
  readonly rest: ReadonlyArray<LineRest>;
}

/** Takes the parts one after another, so that two parts of one line are counted together. */
export const reserveLines = (
  parts: ReadonlyArray<RefundItem>,
  lines: ReadonlyArray<LineRest>,
  profile: FenceProfile,
): E.Either<FenceRefusal, ReservedLines> => {
  const rest = [...lines];
  const items: Array<ReservedItem> = [];
  for (const [index, part] of parts.entries()) {
    const line = rest[part.line];
    const refusal = checkPart(part, line, `items.${index}`);
    if (refusal !== undefined || line === undefined)
      return E.left(refusal ?? refuseFence('refund-line-unknown', 'items'));
    const vatSum = reservedVat(part, line, profile);
    items.push({ ...part, ...(vatSum === undefined ? {} : { vatSum }) });
    rest[part.line] = {
      ...line,
      millionths: line.millionths - quantityToMillionths(part.quantity),
      sum: line.sum - part.sum,
      vat: line.vat === undefined ? undefined : line.vat - (vatSum ?? 0),
    };
  }
  return E.right({ items, rest });
};
