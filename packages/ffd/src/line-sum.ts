import type { Either } from 'fp-ts/Either';
import { kopecks, type Kopecks, type NotKopecks } from './money';
import { quantityToMillionths, type Quantity } from './quantity';

const MILLION = 1_000_000;

const halfUp = (product: number): number => {
  const rest = product % MILLION;
  return (product - rest) / MILLION + (rest >= MILLION / 2 ? 1 : 0);
};

const halfUpWide = (price: number, millionths: number): number =>
  Number((BigInt(price) * BigInt(millionths) + 500_000n) / 1_000_000n);

/**
 * Cost of an item with discounts and surcharges (стоимость предмета расчета, tag 1043): price for a unit (tag 1079) times quantity
 * (tag 1023), rounded half up to a whole kopeck. Exact for every price and quantity; refuses a sum that six bytes cannot hold.
 *
 * Half up is what registers do: all 804 lines of the published real receipts agree, ties included.
 */
export const lineSum = (price: Kopecks, quantity: Quantity): Either<NotKopecks, Kopecks> => {
  const millionths = quantityToMillionths(quantity);
  const product = price * millionths;
  return kopecks(Number.isSafeInteger(product) ? halfUp(product) : halfUpWide(price, millionths));
};
