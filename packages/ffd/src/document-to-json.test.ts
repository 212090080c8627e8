import * as E from 'fp-ts/Either';

import { documentToJson } from './document-to-json';
import { tlv } from './tlv-node';

const ofQuantity = (text: string) => tlv.nodes(3, [tlv.nodes(1059, [tlv.decimal(1023, text)])]);

const quantity = (value: unknown) => E.right({ receipt: { receiptCode: 3, items: [{ quantity: value }] } });

describe('JSON form of a document (exchange format of the tax service)', () => {
  it('names fields by level: one name, several tags', () => {
    const receipt = tlv.nodes(3, [
      tlv.unixtime(1012, 1768487400),
      tlv.integer(1020, 80730),
      tlv.string(1037, '0007993537061927'),
      tlv.nodes(1059, [tlv.string(1030, 'Тест'), tlv.decimal(1023, '2.474'), tlv.integer(1200, 14558)]),
      tlv.nodes(1115, [tlv.nodes(1119, [tlv.integer(1199, 11), tlv.integer(1120, 14558)])]),
      tlv.nodes(1270, [tlv.integer(1271, 0), tlv.unixtime(1273, 1768487401)]),
      tlv.bytes(1077, Uint8Array.of(0x21, 0x04, 0x1c, 0x6b, 0x81, 0xa4)),
    ]);
    expect(documentToJson(receipt)).toEqual(
      E.right({
        receipt: {
          receiptCode: 3,
          dateTime: 1768487400,
          totalSum: 80730,
          kktRegId: '0007993537061927',
          items: [{ name: 'Тест', quantity: 2.474, ndsSum: 14558 }],
          amountsReceiptNds: { amountsNds: [{ nds: 11, ndsSum: 14558 }] },
          operationalDetails: { operationId: 0, dateTime: 1768487401 },
          fiscalSign: 476807588,
        },
      }),
    );
  });

  it('names counters as their report does', () => {
    const sums = [tlv.integer(1135, 2), tlv.integer(1201, 500), tlv.integer(1138, 500), tlv.integer(1218, 0)];
    const report = tlv.nodes(5, [
      tlv.nodes(1157, [
        tlv.nodes(1129, sums),
        tlv.nodes(1133, [tlv.integer(1144, 1), tlv.nodes(1145, sums)]),
      ]),
    ]);
    const totals = { receiptBsoCount: 2, totalSum: 500, ecashSum: 500, prepaidSum: 0 };
    expect(documentToJson(report)).toEqual(
      E.right({
        closeShift: {
          code: 5,
          fiscalDriveSumReports: {
            sellOper: totals,
            receiptCorrection: { receiptCorrectionCount: 1, sellCorrection: totals },
          },
        },
      }),
    );
  });

  it('keeps one name for one tag where a tag stands outside its place', () => {
    const odd = tlv.nodes(3, [tlv.nodes(1119, [tlv.integer(1120, 1), tlv.integer(1200, 2)])]);
    expect(documentToJson(odd)).toEqual(
      E.right({ receipt: { receiptCode: 3, amountsNds: [{ ndsSum: 1, tag1200: 2 }] } }),
    );
  });

  it('gathers repeated tags in an array, a single one of a repeatable tag too', () => {
    const receipt = tlv.nodes(3, [
      tlv.string(1073, '+70000000001'),
      tlv.string(1021, 'one'),
      tlv.string(1021, 'two'),
    ]);
    expect(documentToJson(receipt)).toEqual(
      E.right({ receipt: { receiptCode: 3, paymentAgentPhone: ['+70000000001'], operator: ['one', 'two'] } }),
    );
  });

  it('writes a quantity as text where a number would not be exact', () => {
    expect(documentToJson(ofQuantity('281474976.710655'))).toEqual(quantity(281474976.710655));
    expect(documentToJson(ofQuantity('0.0000001'))).toEqual(quantity('0.0000001'));
    expect(documentToJson(ofQuantity('900719925.47409919'))).toEqual(quantity('900719925.47409919'));
  });

  it('writes bytes, unknown tags and what a type could not hold in base64', () => {
    const receipt = tlv.nodes(3, [
      tlv.bytes(1162, Uint8Array.of(0x49, 0x0e)),
      tlv.bytes(1999, Uint8Array.of(1)),
      { ...tlv.bytes(1020, Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255)), raw: { length: 8 } },
      { ...tlv.bytes(1077, Uint8Array.of(1)), raw: { length: 1 } },
    ]);
    expect(documentToJson(receipt)).toEqual(
      E.right({
        receipt: {
          receiptCode: 3,
          productCode: 'SQ4=',
          tag1999: 'AQ==',
          bytes1020: '//////////8=',
          fiscalSign: 'AQ==',
        },
      }),
    );
  });

  it.each([
    [4, 'bso', 'bsoCode'],
    [31, 'receiptCorrection', 'code'],
    [1, 'fiscalReport', 'code'],
  ])('names form %d %s with its code in %s', (form, root, field) => {
    expect(documentToJson(tlv.nodes(form, []))).toEqual(E.right({ [root]: { [field]: form } }));
  });

  it('refuses what is no document', () => {
    const refusal = E.left({ _tag: 'NotJsonForm', rule: 'not-a-document', path: [] });
    expect(documentToJson(tlv.nodes(1059, []))).toEqual(refusal);
    expect(documentToJson(tlv.bytes(3, new Uint8Array()))).toEqual(refusal);
  });
});
