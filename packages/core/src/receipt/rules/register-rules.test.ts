import * as E from 'fp-ts/Either';
import type { ReceiptContent } from '../content';
import { admitReceipt } from './admit-receipt';
import { DEFAULT_PROFILE } from './profile';
import { day, money, sampleContent, sampleCorrection, sampleFacts } from './sample-receipt.arbitrary';

const verdict = (
  content: ReceiptContent,
  facts = sampleFacts(content.ffd),
  profile = DEFAULT_PROFILE,
): string => {
  const decided = admitReceipt(content, facts, profile);
  return E.isLeft(decided) ? `${decided.left.rule} ${decided.left.field}` : 'admitted';
};

const receipt = (change: Partial<ReceiptContent>): ReceiptContent => ({ ...sampleContent('1.2'), ...change });

test('S25, S12, S24: an open shift for manual receipts only; policy 3.0.8 takes payments of the fast payment system only', () => {
  const content = sampleContent('1.2');
  const from = (
    origin: 'manual' | 'payment' | 'exchange',
    instrument: 'sbp' | 'card',
    policy: '3.0.8' | '3.0.9',
    shiftId?: string,
  ): string =>
    verdict(
      content,
      sampleFacts('1.2', {
        origin,
        instrument,
        register: { policy },
        ...(shiftId === undefined ? {} : { shiftId }),
      }),
    );
  expect([
    from('manual', 'card', '3.0.9', 'shift-1'),
    from('manual', 'card', '3.0.9'),
    from('payment', 'card', '3.0.9'),
    from('exchange', 'card', '3.0.9'),
    from('manual', 'sbp', '3.0.8', 'shift-1'),
    from('payment', 'sbp', '3.0.8'),
    from('payment', 'card', '3.0.8'),
  ]).toEqual([
    'admitted',
    'shift-not-open facts.shiftId',
    'admitted',
    'admitted',
    'register-policy facts.origin',
    'admitted',
    'register-policy facts.instrument',
  ]);
});

const settledVerdict = (settledAt: string, legalGround: 'internet-cashless' | 'bank-transfer'): string =>
  verdict(receipt({ settledAt: settledAt as never }), sampleFacts('1.2', { register: { legalGround } }));

test('a settlement is receipted up to a day later, a bank transfer over the longest holidays (54-FZ, art. 1.2 cl. 5.4)', () => {
  expect([
    settledVerdict('2026-10-07T00:00:00', 'internet-cashless'),
    settledVerdict('2026-10-06T23:59:59', 'internet-cashless'),
    settledVerdict('2026-09-26T00:00:00', 'bank-transfer'),
    settledVerdict('2026-09-25T23:59:59', 'bank-transfer'),
  ]).toEqual(['admitted', 'needs-correction settledAt', 'admitted', 'needs-correction settledAt']);
});

test('a correction is not bound by the age of the settlement, and its taxation is that of the corrected day', () => {
  const content = sampleContent('1.2', sampleCorrection('1.2'));
  const old = { type: 0, settledOn: day('2020-12-31'), reason: 'not-applied' } as const;
  const facts = sampleFacts('1.2', { device: { taxations: [8] } });
  const of = (settledOn: string): ReceiptContent => ({
    ...content,
    taxation: 8,
    correction: { ...old, settledOn: day(settledOn) },
    items: content.items.map((item) => ({ ...item, vatCode: 2 as const, vatSum: money(7339) })),
    vatTotals: [{ code: 2, amount: money(7339) }],
  });
  expect([verdict(of('2020-12-31'), facts), verdict(of('2021-01-01'), facts)]).toEqual([
    'admitted',
    'taxation-not-in-force taxation',
  ]);
});
