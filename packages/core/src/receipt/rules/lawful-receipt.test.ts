import * as E from 'fp-ts/Either';
import * as fc from 'fast-check';
import { VAT_CODES, decodeTlv, encodeTlv } from '@cloud-kassa/ffd';
import { ReceiptContentCodec } from '../content';
import { admitReceipt } from './admit-receipt';
import { composeReceipt, composeSettingsOf } from './compose-receipt';
import { contentToTlv } from './content-to-tlv';
import { lawfulDraft, lawfulReceipt } from './lawful-receipt.arbitrary';
import {
  day,
  money,
  sampleContent,
  sampleCorrection,
  sampleDraft,
  sampleFacts,
  sampleItem,
} from './sample-receipt.arbitrary';

const half = (numerator: bigint, denominator: bigint): bigint =>
  (2n * numerator + denominator) / (2n * denominator);

const millionths = (quantity: string): bigint => {
  const [whole = '0', fraction = ''] = quantity.split('.');
  return BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
};

describe('every lawful receipt', () => {
  test('is composed and admitted', () => {
    fc.assert(
      fc.property(lawfulDraft, ({ draft, facts }) => {
        const content = composeReceipt(draft, composeSettingsOf(facts));
        const admitted = E.isRight(content) ? admitReceipt(content.right, facts) : content;
        expect(admitted).toMatchObject({ _tag: 'Right' });
        expect(admitted).toEqual(content);
      }),
      { numRuns: 400 },
    );
  });

  test('agrees in lines, totals, VAT and payments, recomputed with big integers (tags 1020, 1043, 1102 to 1107, 1115, 1200)', () => {
    fc.assert(
      fc.property(lawfulReceipt, ({ content }) => {
        const { items, total, payments, vatTotals, vatRule } = content;
        const paid = Object.values(payments).reduce((sum, amount) => sum + BigInt(amount), 0n);
        expect(paid).toBe(BigInt(total));
        if (items.length === 0) return;
        const sums = items.map(({ price, quantity }) =>
          half(BigInt(price) * millionths(quantity), 1_000_000n),
        );
        expect(items.map(({ sum }) => BigInt(sum))).toEqual(sums);
        const whole = sums.reduce((sum, amount) => sum + amount, 0n);
        expect(BigInt(total) <= whole && BigInt(total) / 100n === whole / 100n).toBe(true);
        const codes = [...new Set(items.map(({ vatCode }) => vatCode))].toSorted((a, b) => a - b);
        const expected = codes.map((code) => {
          const rate = BigInt(VAT_CODES[code].rate ?? 0);
          const ofCode = sums.filter((_sum, index) => items[index]?.vatCode === code);
          const turnover = ofCode.reduce((sum, amount) => sum + amount, 0n);
          if (code === 5 || code === 6) return { code, amount: turnover };
          const perLine = ofCode.reduce((sum, amount) => sum + half(amount * rate, 100n + rate), 0n);
          return { code, amount: vatRule === 'per-line' ? perLine : half(turnover * rate, 100n + rate) };
        });
        expect(vatTotals.map(({ code, amount }) => ({ code, amount: BigInt(amount) }))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('is read back from its stored form unchanged and composed again to the same content', () => {
    fc.assert(
      fc.property(lawfulReceipt, ({ content, facts }) => {
        const { ffd: _ffd, zone: _zone, vatRule: _vatRule, ...draft } = content;
        expect(ReceiptContentCodec.decode(JSON.parse(JSON.stringify(content)))).toEqual(E.right(content));
        expect(composeReceipt(draft, composeSettingsOf(facts))).toEqual(E.right(content));
      }),
      { numRuns: 100 },
    );
  });

  test('has elements of the format that are read back from their bytes', () => {
    fc.assert(
      fc.property(lawfulReceipt, ({ content }) => {
        const nodes = contentToTlv(content);
        const bytes = E.isRight(nodes) ? encodeTlv(nodes.right) : nodes;
        expect(E.isRight(bytes) ? decodeTlv(bytes.right) : bytes).toEqual(nodes);
      }),
      { numRuns: 100 },
    );
  });
});

describe('what is lawful is admitted unchanged', () => {
  test.each(['1.05', '1.1', '1.2'] as const)('a sale and a correction of FFD %s', (ffd) => {
    for (const content of [sampleContent(ffd), sampleContent(ffd, sampleCorrection(ffd))])
      expect(admitReceipt(content, sampleFacts(ffd))).toEqual(E.right(content));
  });

  test('a sale with every optional field of FFD 1.2', () => {
    const content = sampleContent(
      '1.2',
      sampleDraft('1.2', {
        cashier: { name: 'Петрова А. А.', inn: '500100732259' },
        senderEmail: 'kassa@example.ru',
        automatNumber: '17',
        additionalAttribute: 'trace-1',
        userAttribute: { name: 'заказ', value: '17' },
        industry: {
          authority: '030',
          documentDate: day('2023-11-21'),
          documentNumber: '1944',
          value: 'mode=x',
        },
        buyer: {
          keyId: 'buyer-1',
          person: {
            phone: '+79123456789',
            name: 'Иванов',
            inn: '500100732259',
            birthDate: '1980-02-29',
            citizenship: '643',
            documentCode: '21',
          },
        },
        items: [
          sampleItem('1.2', {
            agent: {
              sign: 1 as never,
              data: {
                operation: 'перевод',
                agentPhones: ['+79123456789'],
                transferOperatorInn: '7707083893',
              },
              supplier: { inn: '000000000000', name: 'Поставщик', phones: ['+79120000000'] },
            },
            excise: money(100),
            country: '643',
            customsDeclaration: '10013160/010126/0000001',
            additionalAttribute: 'полка 4',
            industry: [
              {
                authority: '030',
                documentDate: day('2023-11-21'),
                documentNumber: '1944',
                value: 'UUID=1&Time=2',
              },
            ],
          }),
        ],
      }),
    );
    expect(admitReceipt(content, sampleFacts('1.2'))).toEqual(E.right(content));
  });
});
