import type { ReceiptContent, ReceiptItem } from '@cloud-kassa/core';
import { isErased } from '@cloud-kassa/core';
import type { ItemRequest, ReceiptRequest } from '@cloud-kassa/kkt-emulator';

const itemOf = (item: ReceiptItem): ItemRequest => ({
  name: item.name,
  price: item.price,
  quantity: item.quantity,
  sum: item.sum,
  vatCode: item.vatCode,
  method: item.paymentMethod,
  subject: item.subject,
  ...(item.vatSum === undefined ? {} : { vatSum: item.vatSum }),
  ...(item.measure === undefined ? {} : { measure: item.measure }),
});

const contactOf = (content: ReceiptContent): string | undefined => {
  const person = content.buyer?.person;
  return person === undefined || isErased(person) ? undefined : (person.email ?? person.phone);
};

/** What a register is asked for a receipt of the simulated shop. */
export const requestOf = (
  content: ReceiptContent,
  organisation: string,
  traceTag: string,
): ReceiptRequest => {
  const contact = contactOf(content);
  return {
    kind: content.kind,
    organisation,
    settlementSign: content.settlementSign,
    taxation: content.taxation,
    items: content.items.map(itemOf),
    total: content.total,
    payments: content.payments,
    internet: content.internet,
    additional: traceTag,
    ...(contact === undefined ? {} : { contact }),
    ...(content.place.place === undefined ? {} : { place: content.place.place }),
  };
};
