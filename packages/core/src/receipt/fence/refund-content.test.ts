import * as E from 'fp-ts/Either';
import * as fc from 'fast-check';
import { NO_PAYMENTS, kopecks, lineSum, quantityFromMillionths } from '@cloud-kassa/ffd';
import { admitReceipt } from '../rules/admit-receipt';
import { composeReceipt, composeSettingsOf } from '../rules/compose-receipt';
import {
  day,
  moment,
  money,
  pieces,
  saleOf,
  sampleFacts,
  sampleItem,
  sure,
} from '../rules/sample-receipt.arbitrary';
import { refundContent } from './refund-content';
import { unitPriceFor } from './unit-price';

const settledAt = moment('2026-10-08T18:00:00');
const cashless = (amount: number) => ({ ...NO_PAYMENTS, cashless: money(amount) });

describe("a refund's receipt", () => {
  test('E67: a sale of 2025 at 20 % is refunded in 2026 with 1054 = 2 and 1199 = 1 (FNS letter АБ-4-20/11248@)', () => {
    const sale = saleOf('1.2', [sampleItem('1.2', { vatCode: 1 })], {
      settledAt: moment('2025-11-20T10:00:00'),
    });
    const items = [{ line: 0, quantity: pieces('1'), sum: money(26_910), vatSum: money(4485) }];
    const draft = sure(refundContent(sale, { items, sums: cashless(26_910) }, { settledAt }));
    const facts = sampleFacts('1.2');
    const refund = sure(composeReceipt(draft, composeSettingsOf(facts)));
    expect(refund).toMatchObject({
      settlementSign: 2,
      settledAt,
      items: [{ vatCode: 1, price: 26_910, quantity: '1', paymentMethod: 4 }],
      vatTotals: [{ code: 1, amount: 4485 }],
    });
    const legacyVat = { ground: 'refund-of-legacy-sale', earlier: day('2025-11-20') } as const;
    expect(admitReceipt(refund, facts, undefined, { legacyVat })).toEqual(E.right(refund));
  });

  test('takes over place, buyer and codes, and leaves behind what belonged to the sale alone', () => {
    const cashier = { name: 'Петрова А. А.' };
    const marking = { code: '010460043993125621JgXJ5.', plannedStatus: 1, checkResult: 15 };
    const sold = sampleItem('1.2', {
      subject: 33,
      quantity: pieces('1'),
      marking,
      excise: money(301),
      country: '643',
    });
    const sale = saleOf('1.2', [sold], {
      cashier: { name: 'Иванова' },
      additionalAttribute: 'trace-1',
      senderEmail: 'kassa@example.ru',
    });
    const items = [{ line: 0, quantity: pieces('1'), sum: money(13_455), vatSum: money(2426) }];
    const draft = sure(refundContent(sale, { items, sums: cashless(13_455) }, { settledAt, cashier }));
    expect(draft).toMatchObject({
      kind: 'receipt',
      place: sale.place,
      buyer: sale.buyer,
      internet: true,
      senderEmail: 'kassa@example.ru',
      cashier,
      total: 13_455,
      items: [
        { price: 13_455, country: '643', excise: 151, marking: { code: marking.code, plannedStatus: 3 } },
      ],
    });
    expect(draft).not.toHaveProperty('additionalAttribute');
    expect(draft).not.toHaveProperty('items.0.marking.checkResult');
  });

  test('of a correction is an ordinary receipt, of a purchase a purchase refund', () => {
    const purchase = { ...saleOf('1.2', [sampleItem('1.2')]), settlementSign: 3 as const };
    const correction = { type: 0, settledOn: day('2026-10-01'), reason: 'not-applied' } as const;
    const items = [{ line: 0, quantity: pieces('1'), sum: money(26_910) }];
    const draft = sure(
      refundContent(
        { ...purchase, kind: 'correction', correction },
        { items, sums: cashless(26_910) },
        { settledAt },
      ),
    );
    expect(draft).toMatchObject({ kind: 'receipt', settlementSign: 4 });
    expect(draft).not.toHaveProperty('correction');
  });

  test('refuses what the sale does not have', () => {
    const sale = saleOf('1.2', [sampleItem('1.2')]);
    const of = (line: number, quantity: string, sum: number) =>
      refundContent(
        sale,
        { items: [{ line, quantity: pieces(quantity), sum: money(sum) }], sums: cashless(sum) },
        { settledAt },
      );
    expect(of(1, '1', 1)).toMatchObject({ left: { rule: 'refund-line-unknown', field: 'items.0.line' } });
    expect(of(0, '3', 1)).toMatchObject({ left: { rule: 'refund-sum-without-price', field: 'items.0.sum' } });
  });
});

describe('the price of a part (tag 1079)', () => {
  const amounts = fc.nat(100_000_000).map((amount) => sure(kopecks(amount)));
  const quantities = fc
    .integer({ min: 1, max: 50_000_000 })
    .map((millionths) => sure(quantityFromMillionths(millionths)));

  test('is the sold price where that gives the sum', () => {
    fc.assert(
      fc.property(amounts, quantities, (price, quantity) => {
        expect(unitPriceFor(sure(lineSum(price, quantity)), quantity, price)).toBe(price);
      }),
    );
  });

  const sums = fc.nat(200_000).map(money);

  test('gives exactly the sum and is the nearest that does; up to a quantity of 1 there is one', () => {
    const upToOne = fc
      .integer({ min: 1, max: 1_000_000 })
      .map((millionths) => sure(quantityFromMillionths(millionths)));
    fc.assert(
      fc.property(sums, upToOne, sums, (sum, quantity, near) => {
        const price = unitPriceFor(sum, quantity, near) ?? -1;
        expect(lineSum(money(price), quantity)).toEqual(E.right(sum));
        const step = Math.sign(near - price);
        expect(
          step !== 0 &&
            E.isRight(lineSum(money(price + step), quantity)) &&
            lineSum(money(price + step), quantity),
        ).not.toEqual(E.right(sum));
      }),
    );
  });

  test('is none only where no price gives the sum', () => {
    for (let sum = 0; sum <= 40; sum += 1) {
      const exists = Array.from({ length: 30 }, (_, price) => lineSum(money(price), pieces('2.5'))).some(
        (made) => E.isRight(made) && made.right === sum,
      );
      expect(unitPriceFor(money(sum), pieces('2.5'), money(0)) !== undefined).toBe(exists);
    }
  });
});
