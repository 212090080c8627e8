import * as E from 'fp-ts/Either';
import type { FfdVersion } from '@cloud-kassa/ffd';
import { FFD_VERSION_LIST } from '@cloud-kassa/ffd';
import type { ReceiptContent } from '../content';
import { admitReceipt } from './admit-receipt';
import { composeReceipt, composeSettingsOf } from './compose-receipt';
import type { PlannedReceipt } from './corrections';
import { planAfterRejection, planErrorFix, planMissedSettlement } from './corrections';
import {
  day,
  moment,
  money,
  pieces,
  saleOf,
  sampleContent,
  sampleCorrection,
  sampleDraft,
  sampleFacts,
  sampleItem,
} from './sample-receipt.arbitrary';

const at = moment('2026-10-08T13:05:00');

/** A sale of 2025 at 20 % that should have been of two pieces, not of three. */
const wrongSale = (ffd: FfdVersion): ReceiptContent =>
  saleOf(ffd, [sampleItem(ffd, { vatCode: 1 })], { settledAt: moment('2025-12-20T10:00:00') });

const rightSale = (ffd: FfdVersion) =>
  sampleDraft(ffd, {
    items: [sampleItem(ffd, { vatCode: 1, quantity: pieces('2') })],
    payments: { cashless: money(53_820) },
  });

const wrong = (ffd: FfdVersion, fp = 123) => ({ content: wrongSale(ffd), fp });

const planned = (plan: E.Either<unknown, ReadonlyArray<PlannedReceipt>>): ReadonlyArray<PlannedReceipt> =>
  E.isRight(plan) ? plan.right : [];

/** Composed and admitted on a register of the version, with the plan's own ground. */
const made = (ffd: FfdVersion, { draft, legacyVat }: PlannedReceipt): ReceiptContent | string => {
  const facts = sampleFacts(ffd);
  const content = composeReceipt(draft, composeSettingsOf(facts));
  const admitted = E.isLeft(content)
    ? content
    : admitReceipt(content.right, facts, undefined, legacyVat === undefined ? {} : { legacyVat });
  return E.isLeft(admitted) ? `${admitted.left.rule} ${admitted.left.field}` : admitted.right;
};

const fixed = (ffd: FfdVersion): ReadonlyArray<ReceiptContent | string> =>
  planned(planErrorFix({ ffd, at, wrong: wrong(ffd), right: rightSale(ffd) })).map((receipt) =>
    made(ffd, receipt),
  );

describe('an error that the tax service accepted (FNS guide on corrections)', () => {
  test('E69: FFD 1.05: a refund identical to the wrong receipt and the right one, both with 1192 = 123', () => {
    const { items, vatTotals, payments, total } = wrongSale('1.05');
    expect(fixed('1.05')).toMatchObject([
      {
        kind: 'receipt',
        settlementSign: 2,
        additionalAttribute: '123',
        settledAt: at,
        items,
        vatTotals,
        payments,
        total,
      },
      { kind: 'receipt', settlementSign: 1, additionalAttribute: '123', total: 53_820 },
    ]);
  });

  test.each(['1.1', '1.2'] as const)(
    'FFD %s: a correction with the reverse sign and the wrong data, then one with the right data',
    (ffd) => {
      const { items, vatTotals, payments, total } = wrongSale(ffd);
      const settledOn = '2025-12-20';
      expect(fixed(ffd)).toMatchObject([
        {
          kind: 'correction',
          settlementSign: 2,
          additionalAttribute: '123',
          items,
          vatTotals,
          payments,
          total,
          correction: { type: 0, settledOn, reason: 'error-reversal' },
        },
        {
          kind: 'correction',
          settlementSign: 1,
          additionalAttribute: '123',
          total: 53_820,
          correction: { type: 0, settledOn, reason: 'error-right-data' },
        },
      ]);
    },
  );

  test('a wrong refund is taken back by a sale, at the rate of its day', () => {
    const refund = { ...wrongSale('1.05'), settlementSign: 2 as const };
    const plan = planErrorFix({
      ffd: '1.05',
      at,
      wrong: { content: refund, fp: 9 },
      right: { ...rightSale('1.05'), settlementSign: 2 },
    });
    expect(planned(plan).map(({ draft }) => draft.settlementSign)).toEqual([1, 2]);
    expect(made('1.05', planned(plan)[0] as PlannedReceipt)).toMatchObject({
      settlementSign: 1,
      vatTotals: [{ code: 1 }],
    });
  });

  test('a wrong correction is corrected again, dated by the same settlement; in FFD 1.05 no source names a way', () => {
    const first = sampleContent('1.2', sampleCorrection('1.2'));
    const again = planErrorFix({
      ffd: '1.2',
      at,
      wrong: { content: first, fp: 5 },
      right: sampleDraft('1.2'),
    });
    expect(planned(again).map(({ draft }) => draft.correction?.settledOn)).toEqual([
      '2026-10-01',
      '2026-10-01',
    ]);
    const old = sampleContent('1.05', sampleCorrection('1.05'));
    expect(
      planErrorFix({ ffd: '1.05', at, wrong: { content: old, fp: 5 }, right: sampleDraft('1.05') }),
    ).toMatchObject({
      left: { rule: 'correction-reason' },
    });
  });

  test('by order of the authority both corrections carry its number (tags 1173, 1179)', () => {
    const order = { type: 1, orderNumber: '12-07/345' } as const;
    const plan = planned(
      planErrorFix({ ffd: '1.2', at, wrong: wrong('1.2'), right: rightSale('1.2'), order }),
    );
    expect(plan.map(({ draft }) => draft.correction)).toMatchObject([order, order]);
  });
});

const missed = (ffd: FfdVersion, settlementSign: 1 | 2 | 3 | 4) =>
  made(ffd, planMissedSettlement({ ffd, at, content: { ...wrongSale(ffd), settlementSign } }));

describe('a settlement at which no register was used (FNS guide on corrections)', () => {
  test('FFD 1.05: total without lines; a missed refund of a sale is corrected with 3, of a purchase with 1', () => {
    for (const [sign, expected] of [
      [1, 1],
      [2, 3],
      [3, 3],
      [4, 1],
    ] as const) {
      expect(missed('1.05', sign)).toMatchObject({
        kind: 'correction',
        settlementSign: expected,
        items: [],
        total: 80_730,
        vatTotals: [{ code: 1, amount: 13_455 }],
        correction: { settledOn: '2025-12-20', reason: 'not-applied' },
      });
    }
  });

  test.each(['1.1', '1.2'] as const)('FFD %s: the sign as it is, with lines', (ffd) => {
    for (const sign of [1, 2, 3, 4] as const) {
      expect(missed(ffd, sign)).toMatchObject({
        kind: 'correction',
        settlementSign: sign,
        items: [{ vatCode: 1 }],
      });
    }
  });
});

test('a rejected receipt: issued again in FFD 1.05, only the right correction in FFD 1.1 and 1.2 (FNS guide on corrections)', () => {
  const after = FFD_VERSION_LIST.map((ffd) =>
    made(ffd, planAfterRejection({ ffd, at, rejected: wrong(ffd), right: rightSale(ffd) })),
  );
  const right = {
    kind: 'correction',
    settlementSign: 1,
    correction: { settledOn: day('2025-12-20'), reason: 'error-right-data' },
  };
  expect(after).toMatchObject([{ kind: 'receipt', settlementSign: 1, total: 53_820 }, right, right]);
  expect(after[0]).not.toHaveProperty('correction');
});
