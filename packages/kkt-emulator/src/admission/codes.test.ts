import { correction, judge, sale, withItem } from './admission.testing';

describe('codes (format, tables of codes)', () => {
  judge([
    ['sign 5', { ...sale, settlementSign: 5 }, 'code-unknown settlementSign'],
    ['VAT code 13', withItem({ vatCode: 13 }), 'code-unknown items[0].vatCode'],
    ['method 8', withItem({ method: 8 }), 'code-unknown items[0].method'],
    ['subject 28 is not defined', withItem({ subject: 28 }), 'code-unknown items[0].subject'],
    ['measure 23', withItem({ measure: 23 }), 'code-unknown items[0].measure'],
    ['agent mask 128', withItem({ agent: { mask: 128 } }), 'code-unknown items[0].agent.mask'],
    ['two taxation bits', { ...sale, taxation: 3 }, 'code-unknown taxation'],
    [
      'correction type 2',
      { ...correction, correction: { type: 2, date: '2026-02-01' } },
      'code-unknown correction.type',
    ],
    [
      '2106 = 2',
      withItem({ subject: 33, checkResult: 2, goodsCode: { kind: 1305, value: '0104601234567890' } }),
      'code-unknown items[0].checkResult',
    ],
  ]);
});
