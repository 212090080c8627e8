import { DOCUMENT_FIELDS } from '../documents/document-fields';
import { EXTRACT_FIELDS } from '../fns-extract/extract-fields';
import { nearField } from './near-field';

describe('the field that was probably meant', () => {
  it.each([
    ['settlementId', 'id'],
    ['settlementSign', 'sign'],
    ['sourceDocument', 'document'],
    ['items.0.paymentMethod', 'method'],
    ['items.12.vat_code', 'vatCode'],
    ['items.0.nam', 'name'],
    ['organization', 'organisation'],
    ['buyer.mail', 'email'],
    ['items.0.marking.fraction.numeratr', 'numerator'],
  ])('for %s in a document is %s', (path, meant) => {
    expect(nearField(DOCUMENT_FIELDS, path)).toBe(meant);
  });

  it.each(['discount', '?', 'items.0.settlementId', 'nothing.here', ''])('for %j is not guessed', (path) => {
    expect(nearField(DOCUMENT_FIELDS, path)).toBeUndefined();
  });

  it('is one of the same format', () => {
    expect(nearField(EXTRACT_FIELDS, 'items.0.paymentMethod')).not.toBe('method');
  });
});
