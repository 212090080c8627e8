import * as E from 'fp-ts/Either';

import { documentFromJson } from './document-from-json';
import { tlv } from './tlv-node';

const not = (rule: string, ...path: Array<string>) => E.left({ _tag: 'NotJsonForm', rule, path });

const receipt = (fields: object) => ({ receipt: { receiptCode: 3, ...fields } });

const signed = (...bytes: Array<number>) => E.right(tlv.nodes(3, [tlv.bytes(1077, Uint8Array.from(bytes))]));

describe('reading the JSON form of a document', () => {
  it('reads a receipt, at any of the names that repeat', () => {
    const json = receipt({
      dateTime: 1768487400,
      items: [{ name: 'Тест', quantity: 1.5, ndsSum: 1 }, { quantity: '2.474' }],
      amountsReceiptNds: { amountsNds: { nds: 11, ndsSum: 2 } },
      operationalDetails: { dateTime: 7 },
    });
    const document = tlv.nodes(3, [
      tlv.unixtime(1012, 1768487400),
      tlv.nodes(1059, [tlv.string(1030, 'Тест'), tlv.decimal(1023, '1.5'), tlv.integer(1200, 1)]),
      tlv.nodes(1059, [tlv.decimal(1023, '2.474')]),
      tlv.nodes(1115, [tlv.nodes(1119, [tlv.integer(1199, 11), tlv.integer(1120, 2)])]),
      tlv.nodes(1270, [tlv.unixtime(1273, 7)]),
    ]);
    expect(documentFromJson(json)).toEqual(E.right(document));
    expect(documentFromJson({ document: json })).toEqual(E.right(document));
  });

  it('takes the padding from fixed text', () => {
    expect(documentFromJson(receipt({ userInn: '7740000076  ', operator: 'A ' }))).toEqual(
      E.right(tlv.nodes(3, [tlv.string(1018, '7740000076'), tlv.string(1021, 'A ')])),
    );
  });

  it('puts the service bytes given before the fiscal sign, zeros unless given', () => {
    const json = receipt({ fiscalSign: 476807588 });
    expect(documentFromJson(json)).toEqual(signed(0, 0, 0x1c, 0x6b, 0x81, 0xa4));
    expect(documentFromJson(json, { serviceBytes: Uint8Array.of(0x21, 4) })).toEqual(
      signed(0x21, 4, 0x1c, 0x6b, 0x81, 0xa4),
    );
    expect(documentFromJson(receipt({ fiscalSign: 2 ** 32 }))).toEqual(
      not('not-a-fiscal-sign', 'receipt', 'fiscalSign'),
    );
  });

  it('reads the base of a correction under its Cyrillic misspelling too', () => {
    const base = E.right(tlv.nodes(31, [tlv.nodes(1174, [tlv.string(1179, '1')])]));
    for (const name of ['correctionBase', '\u0441orrectionBase']) {
      expect(documentFromJson({ receiptCorrection: { [name]: { correctionDocumentNumber: '1' } } })).toEqual(
        base,
      );
    }
  });

  it('reads tags by number', () => {
    expect(documentFromJson(receipt({ tag1999: 'AQ==', bytes1020: 'AQ==', tag1021: 'A' }))).toEqual(
      E.right(
        tlv.nodes(3, [
          tlv.bytes(1999, Uint8Array.of(1)),
          { ...tlv.bytes(1020, Uint8Array.of(1)), raw: { length: 1 } },
          tlv.string(1021, 'A'),
        ]),
      ),
    );
  });

  it('refuses a field that names no tag, or skips it where told so', () => {
    const json = receipt({ operatorRegion: '77', totalSum: 1 });
    expect(documentFromJson(json)).toEqual(not('unknown-field', 'receipt', 'operatorRegion'));
    expect(documentFromJson(json, { unknownFields: 'skip' })).toEqual(
      E.right(tlv.nodes(3, [tlv.integer(1020, 1)])),
    );
    for (const name of ['__proto__', 'constructor', 'toString', 'tag65536', 'tag01', 'bytes']) {
      const hostile: unknown = JSON.parse(`{"receipt":{"${name}":1}}`);
      expect(documentFromJson(hostile)).toEqual(not('unknown-field', 'receipt', name));
    }
  });

  it.each([
    ['totalSum', '1'],
    ['totalSum', 1.5],
    ['totalSum', -1],
    ['totalSum', null],
    ['totalSum', {}],
    ['userInn', 7740000076],
    ['dateTime', '2026-01-15T14:30:00'],
    ['buyerInformation', 'A'],
    ['tag1999', 1],
    ['items', [[]]],
  ])('refuses %s = %j by its type', (name, value) => {
    expect(documentFromJson(receipt({ [name]: value }))).toEqual(not('wrong-type', 'receipt', name));
  });

  it.each([1e21, 1e-7, -1, Number.NaN, '1.50', '01', '', ' 1'])('refuses quantity %j', (quantity) => {
    expect(documentFromJson(receipt({ items: [{ quantity }] }))).toEqual(
      not('not-a-decimal', 'receipt', 'items', 'quantity'),
    );
  });

  it('refuses text that is not base64', () => {
    expect(documentFromJson(receipt({ productCode: 'AQ' }))).toEqual(
      not('not-base64', 'receipt', 'productCode'),
    );
  });

  it('refuses a form code that contradicts the root, takes a missing one', () => {
    expect(documentFromJson({ receipt: { receiptCode: 4 } })).toEqual(
      not('wrong-form-code', 'receipt', 'receiptCode'),
    );
    expect(documentFromJson({ bso: {} })).toEqual(E.right(tlv.nodes(4, [])));
  });

  it.each([null, 1, 'receipt', [], {}, { items: {} }, { receipt: 1 }, { receipt: {}, bso: {} }])(
    'refuses %j as a document',
    (json) => {
      expect(documentFromJson(json)).toEqual(not('not-a-document'));
    },
  );

  it('refuses nesting deeper than eight', () => {
    const deep = (levels: number): object => (levels === 0 ? {} : { items: deep(levels - 1) });
    expect(E.isRight(documentFromJson({ receipt: deep(7) }))).toBe(true);
    expect(documentFromJson({ receipt: deep(8) })).toMatchObject(E.left({ rule: 'too-deep' }));
    expect(documentFromJson({ receipt: deep(5000) })).toMatchObject(E.left({ rule: 'too-deep' }));
  });
});
