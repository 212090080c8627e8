import type { Buyer, SettlementDocument } from '@cloud-kassa/core';
import { SettlementDocumentCodec } from '@cloud-kassa/core';
import { kopecks, lineSum, NO_PAYMENTS, quantity } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import { readInput } from './input';
import type { KassaError } from './kassa-error';
import { refused } from './kassa-error';
import type { BasketInput, ItemInput, PaymentsInput } from './receipt-input';

const ITEM_KEYS: Readonly<Record<keyof ItemInput, true>> = {
  name: true,
  price: true,
  quantity: true,
  vatCode: true,
  paymentMethod: true,
  subject: true,
  measure: true,
  unit: true,
  sum: true,
  vatSum: true,
  agent: true,
  marking: true,
  excise: true,
  country: true,
  customsDeclaration: true,
  additionalAttribute: true,
  industry: true,
};

const PAYMENT_KEYS: Readonly<Record<keyof PaymentsInput, true>> = {
  cash: true,
  cashless: true,
  prepaid: true,
  credit: true,
  provision: true,
};

const BASKET_KEYS: Readonly<Record<keyof BasketInput, true>> = {
  taxation: true,
  items: true,
  payments: true,
  total: true,
  buyer: true,
  customerId: true,
  place: true,
  internet: true,
  cashier: true,
  senderEmail: true,
  automatNumber: true,
  additionalAttribute: true,
  userAttribute: true,
  agent: true,
  industry: true,
};

const present = (input: object): object =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

/** A key nobody knows is refused, not overlooked. Its name is not told, for it may be anything. */
const unknownKey = (input: unknown, known: object, field: string): KassaError | undefined =>
  typeof input === 'object' && input !== null && Object.keys(input).some((key) => !Object.hasOwn(known, key))
    ? refused({ rule: 'input-unknown-field', field })
    : undefined;

interface Line {
  readonly stated: object;
  readonly sum: number;
}

const readLine = (item: ItemInput, field: string): E.Either<KassaError, Line> => {
  const unknown = unknownKey(item, ITEM_KEYS, field);
  if (unknown !== undefined) return E.left(unknown);
  const price = kopecks(item.price);
  if (E.isLeft(price)) return E.left(refused({ rule: price.left.rule, field: `${field}.price` }));
  const amount = quantity(item.quantity);
  if (E.isLeft(amount)) return E.left(refused({ rule: amount.left.rule, field: `${field}.quantity` }));
  const sum = lineSum(price.right, amount.right);
  if (E.isLeft(sum)) return E.left(refused({ rule: 'amount-too-large', field: `${field}.sum` }));
  const stated = { paymentMethod: 4, subject: 1, sum: sum.right, ...present(item), quantity: amount.right };
  return E.right({ stated, sum: item.sum ?? sum.right });
};

/** What is neither paid otherwise nor stated is cashless. */
const paymentsOf = (given: PaymentsInput | undefined, total: number): object =>
  given === undefined ? { ...NO_PAYMENTS, cashless: total } : { ...NO_PAYMENTS, ...present(given) };

/**
 * A basket as a caller gives it, read, with sums and total computed. Refused by field: unknown fields, fractions of kopecks, codes that no
 * table has. Whether it may become a receipt is judged when it is registered.
 */
export const readBasket = (
  input: BasketInput,
  buyer: Buyer | undefined,
): E.Either<KassaError, SettlementDocument> => {
  const unknown = unknownKey(input, BASKET_KEYS, '') ?? unknownKey(input.payments, PAYMENT_KEYS, 'payments');
  if (unknown !== undefined) return E.left(unknown);
  if (!Array.isArray(input.items)) return E.left(refused({ rule: 'input-shape', field: 'items' }));
  const lines: Line[] = [];
  for (const [index, item] of input.items.entries()) {
    const line = readLine(item, `items.${index}`);
    if (E.isLeft(line)) return line;
    lines.push(line.right);
  }
  const total = input.total ?? lines.reduce((sum, line) => sum + line.sum, 0);
  const { buyer: _buyer, payments, items: _items, ...rest } = input;
  return readInput(
    SettlementDocumentCodec,
    {
      internet: true,
      ...present(rest),
      items: lines.map(({ stated }) => stated),
      total,
      payments: paymentsOf(payments, total),
      ...(buyer === undefined ? {} : { buyer }),
    },
    '',
  );
};
