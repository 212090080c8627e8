import type { Buyer, SettlementDocument } from '@cloud-kassa/core';
import { SettlementDocumentCodec } from '@cloud-kassa/core';
import type { Kopecks, NotKopecks, NotQuantity, Quantity } from '@cloud-kassa/ffd';
import { kopecks, lineSum, NO_PAYMENTS, quantity } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import { readInput } from './input';
import type { KassaError } from './kassa-error';
import { refused } from './kassa-error';
import type { BasketInput, ItemInput, PaymentsInput } from './receipt-input';
import { wrongShape } from './wrong-shape';

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

/** Objects inside a basket: which fields they have. What they hold is judged by the codec of the settlement document. */
const NESTED_KEYS: Readonly<Record<string, ReadonlyArray<string>>> = {
  place: ['address', 'place'],
  cashier: ['name', 'inn'],
  userAttribute: ['name', 'value'],
  agent: ['sign', 'data', 'supplier'],
  'agent.data': [
    'operation',
    'agentPhones',
    'operatorPhones',
    'transferOperatorPhones',
    'transferOperatorName',
    'transferOperatorAddress',
    'transferOperatorInn',
  ],
  'agent.supplier': ['inn', 'name', 'phones'],
  marking: ['code', 'plannedStatus', 'checkResult', 'fraction'],
  'marking.fraction': ['numerator', 'denominator'],
  industry: ['authority', 'documentDate', 'documentNumber', 'value'],
};

type Fields = Readonly<Record<string, unknown>>;

export const isObject = (input: unknown): input is Fields =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

const present = (input: Fields): Fields =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

const under = (field: string, key: string): string => (field === '' ? key : `${field}.${key}`);

/** A key nobody knows is refused, not overlooked. Its name is not told, for it may be anything. */
const unknownKey = (input: Fields, known: object, field: string): KassaError | undefined =>
  Object.keys(input).some((key) => !Object.hasOwn(known, key))
    ? refused({ rule: 'input-unknown-field', field })
    : undefined;

const keysOf = (names: ReadonlyArray<string>): object =>
  Object.fromEntries(names.map((name) => [name, true]));

/** As {@link unknownKey}, for the objects inside: a name or a telephone in the wrong place must not be stored unsealed. */
const unknownInside = (input: Fields, field: string, within = ''): KassaError | undefined => {
  for (const [key, value] of Object.entries(input)) {
    const names = NESTED_KEYS[under(within, key)];
    if (names === undefined) continue;
    for (const [index, one] of (Array.isArray(value) ? value : [value]).entries()) {
      if (!isObject(one)) continue;
      const place = Array.isArray(value) ? `${under(field, key)}.${index}` : under(field, key);
      const found = unknownKey(one, keysOf(names), place) ?? unknownInside(one, place, key);
      if (found !== undefined) return found;
    }
  }
  return undefined;
};

interface Line {
  readonly stated: Fields;
  readonly sum: number;
}

const amountOf = (input: unknown, field: string): E.Either<KassaError, Kopecks> =>
  typeof input === 'number'
    ? E.mapLeft(({ rule }: NotKopecks) => wrongShape(field, rule))(kopecks(input))
    : E.left(wrongShape(field, 'Kopecks'));

/** A quantity as a caller writes it: `1.50` is `1.5`. */
export const quantityOf = (input: unknown, field: string): E.Either<KassaError, Quantity> =>
  typeof input === 'string'
    ? E.mapLeft(({ rule }: NotQuantity) => wrongShape(field, rule))(quantity(input))
    : E.left(wrongShape(field, 'Quantity'));

const readLine = (item: unknown, field: string): E.Either<KassaError, Line> => {
  if (!isObject(item)) return E.left(wrongShape(field, 'object'));
  const unknown = unknownKey(item, ITEM_KEYS, field) ?? unknownInside(item, field);
  if (unknown !== undefined) return E.left(unknown);
  const price = amountOf(item['price'], `${field}.price`);
  if (E.isLeft(price)) return price;
  const amount = quantityOf(item['quantity'], `${field}.quantity`);
  if (E.isLeft(amount)) return amount;
  const computed = lineSum(price.right, amount.right);
  if (E.isLeft(computed)) return E.left(refused({ rule: 'amount-too-large', field: `${field}.sum` }));
  const sum = item['sum'] === undefined ? computed : amountOf(item['sum'], `${field}.sum`);
  if (E.isLeft(sum)) return sum;
  const stated = { paymentMethod: 4, subject: 1, ...present(item), sum: sum.right, quantity: amount.right };
  return E.right({ stated, sum: sum.right });
};

/** What is neither paid otherwise nor stated is cashless. */
const paymentsOf = (given: unknown, total: unknown): E.Either<KassaError, Fields> => {
  if (given === undefined) return E.right({ ...NO_PAYMENTS, cashless: total });
  if (!isObject(given)) return E.left(wrongShape('payments', 'object'));
  const unknown = unknownKey(given, PAYMENT_KEYS, 'payments');
  return unknown === undefined ? E.right({ ...NO_PAYMENTS, ...present(given) }) : E.left(unknown);
};

/**
 * A basket as a caller gives it, read, with sums and total computed. Refused by field: unknown fields, fractions of kopecks, codes that no
 * table has. Whether it may become a receipt is judged when it is registered. Its `buyer` is not looked at: the bound one is given.
 */
export const readBasket = (
  input: BasketInput,
  buyer: Buyer | undefined,
): E.Either<KassaError, SettlementDocument> => {
  // Callers of JavaScript and files of JSON bring anything.
  const basket: unknown = input;
  if (!isObject(basket)) return E.left(wrongShape('', 'object'));
  const unknown = unknownKey(basket, BASKET_KEYS, '') ?? unknownInside(basket, '');
  if (unknown !== undefined) return E.left(unknown);
  const { buyer: _buyer, payments: paid, items, total: stated, ...rest } = basket;
  if (!Array.isArray(items)) return E.left(wrongShape('items', 'list'));
  const lines: Line[] = [];
  for (const [index, item] of items.entries()) {
    const line = readLine(item, `items.${index}`);
    if (E.isLeft(line)) return line;
    lines.push(line.right);
  }
  const total = stated ?? lines.reduce((sum, line) => sum + line.sum, 0);
  const payments = paymentsOf(paid, total);
  if (E.isLeft(payments)) return payments;
  return readInput(SettlementDocumentCodec, {
    internet: true,
    ...present(rest),
    items: lines.map((line) => line.stated),
    total,
    payments: payments.right,
    ...(buyer === undefined ? {} : { buyer }),
  });
};
