import type { Kopecks, VatCode } from '@cloud-kassa/ffd';
import { VAT_CODES, quantityToMillionths, vatOf } from '@cloud-kassa/ffd';
import type { ReceiptContent, ReceiptItem } from '../content';
import type { FenceState } from './state';

/** What of a line is neither refunded nor reserved for a refund; plain numbers, for they are differences. */
export interface LineRest {
  readonly item: ReceiptItem;
  readonly millionths: number;
  readonly sum: number;
  /** VAT of the line; `undefined` at 0 % and without VAT. */
  readonly vat: number | undefined;
}

/** VAT of a sum under the code of a line, or `undefined` where its rate carries none. */
export const vatUnder = (sum: Kopecks, code: VatCode): number | undefined =>
  VAT_CODES[code].carries === 'vat' ? vatOf(sum, code) : undefined;

const untouched = (item: ReceiptItem): LineRest => {
  const computed = vatUnder(item.sum, item.vatCode);
  return {
    item,
    millionths: quantityToMillionths(item.quantity),
    sum: item.sum,
    vat: computed === undefined ? undefined : (item.vatSum ?? computed),
  };
};

/** Every line of the receipt less what its refunds have taken. */
export const restOfLines = (content: ReceiptContent, fence: FenceState): ReadonlyArray<LineRest> => {
  const taken = [...fence.refunds.values()].flatMap(({ items }) => items);
  return content.items.map((item, line) =>
    taken
      .filter((part) => part.line === line)
      .reduce<LineRest>(
        (rest, part) => ({
          ...rest,
          millionths: rest.millionths - quantityToMillionths(part.quantity),
          sum: rest.sum - part.sum,
          vat: rest.vat === undefined ? undefined : rest.vat - (part.vatSum ?? 0),
        }),
        untouched(item),
      ),
  );
};
