import { formatLocal } from '../arithmetic/calendar';
import type { FiscalDocument } from './fiscal-document';

/**
 * Text of the QR code of a receipt: `t=YYYYMMDDThhmm&s=roubles.kk&fn=…&i=…&fp=…&n=…`; `undefined` for a document that is not a
 * receipt. Source: texts of real receipts.
 */
export const qrText = (document: FiscalDocument): string | undefined => {
  if (document.content.kind !== 'receipt') return undefined;
  const { total, settlementSign } = document.content.receipt;
  const time = formatLocal(document.at).replaceAll(/[-:]/gu, '').slice(0, 13);
  const roubles = `${(total - (total % 100)) / 100}.${String(total % 100).padStart(2, '0')}`;
  return `t=${time}&s=${roubles}&fn=${document.fn}&i=${document.fd}&fp=${document.fp}&n=${settlementSign}`;
};
