import { compare, parseDecimal, times, whole } from '../arithmetic/fraction';
import type { Fraction } from '../arithmetic/fraction';
import { GREATEST_AMOUNT } from '../drive/counters';
import type { PaymentSums } from '../drive/counters';
import { admissionRefusal } from '../refusal';
import type { AdmissionRefusal } from '../refusal';
import type { ItemRequest, ReceiptRequest } from '../request';
import { firstOver } from './context';

/** The five payment sums with the absent ones as nought. */
export const paymentSums = (request: ReceiptRequest): PaymentSums => ({
  cash: request.payments.cash ?? 0,
  cashless: request.payments.cashless ?? 0,
  prepaid: request.payments.prepaid ?? 0,
  credit: request.payments.credit ?? 0,
  provision: request.payments.provision ?? 0,
});

const isAmount = (value: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= GREATEST_AMOUNT;

const notKopecks = (
  fields: ReadonlyArray<readonly [string, number | undefined]>,
): AdmissionRefusal | undefined => {
  const wrong = fields.find(([, value]) => value !== undefined && !isAmount(value));
  return wrong === undefined ? undefined : admissionRefusal('amount-not-kopecks', wrong[0]);
};

const MOST_MILLIONTHS = whole(281_474_976_710_655n);

/** The exact quantity, or `undefined` when it is not above 0, has more than six places or does not fit eight bytes (1023). */
export const quantityOf = (text: string): Fraction | undefined => {
  const quantity = parseDecimal(text);
  if (quantity === undefined || quantity.numerator === 0n) return undefined;
  return compare(times(quantity, whole(1_000_000n)), MOST_MILLIONTHS) > 0 ? undefined : quantity;
};

const checkItem = (item: ItemRequest, index: number): AdmissionRefusal | undefined => {
  const at = `items[${index}]`;
  return (
    notKopecks([
      [`${at}.price`, item.price],
      [`${at}.sum`, item.sum],
      [`${at}.vatSum`, item.vatSum],
      [`${at}.unitVat`, item.unitVat],
      [`${at}.excise`, item.excise],
    ]) ??
    (quantityOf(item.quantity) === undefined
      ? admissionRefusal('quantity-not-decimal', `${at}.quantity`)
      : undefined)
  );
};

/** Money is integer kopecks that fit six bytes, a quantity an exact decimal; later rules compute with them. */
export const checkAmounts = (request: ReceiptRequest): AdmissionRefusal | undefined =>
  notKopecks([
    ['total', request.total],
    ['payments.cash', request.payments.cash],
    ['payments.cashless', request.payments.cashless],
    ['payments.prepaid', request.payments.prepaid],
    ['payments.credit', request.payments.credit],
    ['payments.provision', request.payments.provision],
  ]) ??
  firstOver(request.vatTotals ?? [], ({ amount }, index) =>
    notKopecks([[`vatTotals[${index}].amount`, amount]]),
  ) ??
  firstOver(request.cashlessDetails ?? [], ({ amount }, index) =>
    notKopecks([[`cashlessDetails[${index}].amount`, amount]]),
  ) ??
  firstOver(request.items, checkItem);
