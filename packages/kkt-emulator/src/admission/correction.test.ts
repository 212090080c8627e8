import { correction, itemless, judge, older, olderSale, sale } from './admission.testing';
import type { Setting } from './admission.testing';

describe('corrections (format, tables 27, 65, 120; FNS guide on corrections)', () => {
  const v105: Setting = { ffd: '1.05' };
  judge([
    ['FFD 1.05: a total without lines', itemless, 'admitted', v105],
    ['FFD 1.05: with its VAT', { ...itemless, vatTotals: [{ code: 11, amount: 14558 }] }, 'admitted', v105],
    [
      'FFD 1.05: VAT above what the total holds',
      { ...itemless, vatTotals: [{ code: 11, amount: 14559 }] },
      'vat-totals-differ vatTotals[0]',
      v105,
    ],
    [
      'E70: FFD 1.05 knows no sign 2',
      { ...itemless, settlementSign: 2 },
      'correction-sign settlementSign',
      v105,
    ],
    ['FFD 1.05 knows no sign 4', { ...itemless, settlementSign: 4 }, 'correction-sign settlementSign', v105],
    ['FFD 1.05: sign 3', { ...itemless, settlementSign: 3 }, 'admitted', v105],
    [
      'FFD 1.1: sign 2 with lines',
      { ...correction, settlementSign: 2, items: [older] },
      'admitted',
      { ffd: '1.1' },
    ],
    ['FFD 1.1: lines are obligatory', itemless, 'tag-required items', { ffd: '1.1' }],
    ['FFD 1.2: lines are obligatory', itemless, 'tag-required items'],
    [
      'FFD 1.05: without lines the total is obligatory',
      { ...correction, items: [] },
      'tag-required total',
      v105,
    ],
    ['without its base', { ...sale, kind: 'correction' }, 'tag-required correction'],
    [
      'a receipt with a base',
      { ...sale, correction: { type: 0, date: '2026-02-01' } },
      'tag-not-in-format correction',
    ],
    [
      'by prescription without its number',
      { ...correction, correction: { type: 1, date: '2026-02-01' } },
      'prescription-number correction.number',
    ],
    [
      'by prescription',
      { ...correction, correction: { type: 1, date: '2026-02-01', number: '15-01' } },
      'admitted',
    ],
    [
      'a number without prescription',
      { ...correction, correction: { type: 0, date: '2026-02-01', number: '15-01' } },
      'prescription-number correction.number',
    ],
    [
      'of a settlement to come',
      { ...correction, correction: { type: 0, date: '2026-03-02' } },
      'correction-date-in-future correction.date',
    ],
    [
      'of a settlement of the same day',
      { ...correction, correction: { type: 0, date: '2026-03-01' } },
      'admitted',
    ],
    [
      'of a day that is none',
      { ...correction, correction: { type: 0, date: '2026-02-30' } },
      'date-invalid correction.date',
    ],
    [
      'E69: FFD 1.05 error fix, refund with 1192',
      { ...olderSale, settlementSign: 2, additional: '123' },
      'admitted',
      v105,
    ],
    ['E69: FFD 1.05 error fix, sale with 1192', { ...olderSale, additional: '123' }, 'admitted', v105],
  ]);
});
