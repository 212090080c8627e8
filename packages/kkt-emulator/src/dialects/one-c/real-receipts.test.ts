import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededKernel } from '@cloud-kassa/runtime';
import { decimalText } from '../../json/exact-decimal';
import { right } from '../../kkt/kkt.testing';
import { createEmulator } from '../../server/emulator';
import type { Emulator } from '../../server/emulator';
import { ONE_C_VAT_RATES } from './vat-rates';
import { oneCGroup } from './one-c-group';

interface RealReceipt {
  readonly id: string;
  readonly sellerInn: string;
  readonly operationType: number;
  readonly taxationType: number | null;
  readonly items: ReadonlyArray<{
    readonly name: string;
    readonly price: number;
    readonly quantity: string;
    readonly sum: number;
    readonly vatCode: number | null;
    readonly paymentType?: number | null;
    readonly productType?: number | null;
  }>;
  readonly totals: Readonly<
    Record<'total' | 'cash' | 'ecash' | 'prepaid' | 'credit' | 'provision', number | null>
  >;
  readonly vatTotals: Readonly<Record<string, number>>;
}

const receipts = readFileSync(join(__dirname, '../../../../ffd/fixtures/real-receipts.ndjson'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as RealReceipt);

const cashless = receipts.filter(({ totals }) => (totals.cash ?? 0) === 0);

const roubles = (kopecks: number | null): string => decimalText(BigInt(kopecks ?? 0), 2);

/** VATRate of a line; a line whose code the extract lacks takes that of a single total. */
const rateOf = (code: number | null, vatTotals: RealReceipt['vatTotals']): string => {
  const [only, ...more] = Object.keys(vatTotals);
  const known = code ?? (more.length === 0 && only !== undefined ? Number(only) : undefined);
  if (known === 6) return 'null';
  return String(ONE_C_VAT_RATES.find((rate) => rate.code === known)?.wire ?? 'null');
};

const TAXATION = [1, 2, 4, 8, 16, 32];

/** The body as text: what is written there is what the register has to get, to the kopeck. */
const bodyOf = ({ id, operationType, taxationType, items, totals, vatTotals }: RealReceipt): string => {
  const lines = items.map(
    (
      item,
    ) => `{"name":${JSON.stringify(item.name)},"quantity":${item.quantity},"priceWithDiscount":${roubles(item.price)},
      "amountWithDiscount":${roubles(item.sum)},"VATRate":${rateOf(item.vatCode, vatTotals)},"VATAmount":20,
      "paymentMethod":${item.paymentType ?? 4},"calculationSubject":${item.productType ?? 1},"measureOfQuantity":0}`,
  );
  return `{"operationRequest":{"operationId":"${id}"},"receiptRequest":{
    "documentHeader":{"operationType":${operationType},"isCorrection":false,
      "taxationSystem":${Math.max(0, TAXATION.indexOf(taxationType ?? 1)) + 1},
      "customerEmail":"buyer@example.ru","customerPhone":""},
    "items":[${lines.join(',')}],
    "payments":{"cash":0,"electronic":${roubles(totals.ecash)},"barter":${roubles(totals.provision)},
      "postPayment":${roubles(totals.credit)},"prePayment":${roubles(totals.prepaid)}}}}`;
};

const answerTo = async (emulator: Emulator, body: string): Promise<string> => {
  const outcome = await emulator.exchange({
    method: 'POST',
    path: '/kkts/receipts',
    headers: { authorization: 'Bearer t' },
    body,
  });
  if (outcome._tag !== 'answered' || outcome.status !== 200) return JSON.stringify(outcome);
  const { operationResponse } = JSON.parse(outcome.body) as {
    operationResponse: { operationStatus: string; operationStatusDescription: string };
  };
  const { operationStatus, operationStatusDescription } = operationResponse;
  return operationStatus === 'REJECTED'
    ? operationStatusDescription.replace(/^Операция отклонена: /u, '').replace(/\[\d+\]/u, '[]')
    : operationStatus;
};

test('the real receipts without cash through the dialect, fiscalised to the kopeck: outcomes by rule', async () => {
  const runtime = seededKernel('real', { start: '2026-03-01T09:00:00.000Z' }).runtime({ label: 'real' });
  const profile = { legacyVat: 'always' } as const;
  const shop = {
    inn: '7725327863',
    name: 'ООО "Ромашка"',
    site: 'https://shop.example.ru',
    seed: 'real',
    taxation: 63,
    pace: 0,
    profile,
    group: { resultDelay: 0 },
  };
  const group = right(oneCGroup('group', shop, { kind: 'bearer', token: 't' }));
  const emulator = right(await createEmulator({ runtime, settings: { groups: [group] } })());
  const outcomes: Record<string, number> = {};
  for (const receipt of cashless) {
    const outcome = await answerTo(emulator, bodyOf(receipt));
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    if (outcome !== 'SUCCESS') continue;
    const [entry] = emulator.machine.group('group')?.registers.ledger.byKey(receipt.id) ?? [];
    expect(entry?.document.content).toMatchObject({
      receipt: {
        settlementSign: receipt.operationType,
        total: receipt.totals.total,
        payments: { cashless: receipt.totals.ecash ?? 0, prepaid: receipt.totals.prepaid ?? 0 },
        items: receipt.items.map(({ price, quantity, sum }) => ({
          price,
          quantity: String(Number(quantity)),
          sum,
        })),
      },
    });
  }
  // ЕНВД ended with 2020; the extracts lack marking codes, and one of them the prepaid sum.
  expect([cashless.length, outcomes]).toEqual([
    350,
    {
      SUCCESS: 327,
      'taxation-not-in-force: taxation': 18,
      'marking-code-required: items[].goodsCode': 4,
      'total-outside-rouble: total': 1,
    },
  ]);
});
