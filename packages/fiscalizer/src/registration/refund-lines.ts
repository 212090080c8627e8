import type {
  LineRest,
  Receipt,
  ReceiptItem,
  Refusal,
  RefundItem,
  SettlementDocument,
} from '@cloud-kassa/core';
import { restOfLines } from '@cloud-kassa/core';
import { quantityToMillionths, toCp866Text } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';

/** What is returned, as a shop writes it: lines with quantities and sums, and how the money went back. */
export type ReturnedDocument = Pick<SettlementDocument, 'items' | 'payments'>;

/** Names are written in code page 866 when a receipt is made; the shop's own text must still be recognised. */
const written = (name: string): string => E.getOrElse(() => name)(toCp866Text(name, 'refuse'));

const isSameThing = (sold: ReceiptItem, back: ReceiptItem): boolean =>
  sold.name === written(back.name) &&
  sold.vatCode === back.vatCode &&
  sold.subject === back.subject &&
  sold.paymentMethod === back.paymentMethod &&
  sold.marking?.code === back.marking?.code;

/** The line to take from: one of the same price where there is one, then the first. */
const lineFor = (rest: ReadonlyArray<LineRest>, back: ReceiptItem): number => {
  const wanted = quantityToMillionths(back.quantity);
  const fits = ({ item, millionths, sum }: LineRest): boolean =>
    isSameThing(item, back) && millionths >= wanted && sum >= back.sum;
  const samePrice = rest.findIndex((line) => line.item.price === back.price && fits(line));
  return samePrice >= 0 ? samePrice : rest.findIndex(fits);
};

/**
 * Finds the lines of a sale that a document returns: by name, rate, subject, method and marking code, with enough of quantity and sum left.
 * A line is never guessed: what is not found is refused, with its place in the document.
 */
export const refundLines = (
  sale: Pick<Receipt, 'content' | 'fence'>,
  { items }: ReturnedDocument,
): E.Either<Refusal, ReadonlyArray<RefundItem>> => {
  const rest = [...restOfLines(sale.content, sale.fence)];
  const found: RefundItem[] = [];
  for (const [index, back] of items.entries()) {
    const line = lineFor(rest, back);
    const left = rest[line];
    if (left === undefined) {
      const sold = rest.some(({ item }) => isSameThing(item, back));
      return E.left(
        sold
          ? { rule: 'refund-quantity-above-sold', field: `items.${index}.quantity` }
          : { rule: 'refund-line-unknown', field: `items.${index}` },
      );
    }
    found.push({ line, quantity: back.quantity, sum: back.sum });
    rest[line] = {
      ...left,
      millionths: left.millionths - quantityToMillionths(back.quantity),
      sum: left.sum - back.sum,
    };
  }
  return E.right(found);
};
