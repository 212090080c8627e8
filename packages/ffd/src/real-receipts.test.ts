import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import { decodeTlv } from './decode-tlv';
import { documentFromJson } from './document-from-json';
import { documentToJson } from './document-to-json';
import { encodeTlv } from './encode-tlv';
import { readFiscalSign } from './fiscal-sign';
import { isInn, isInnOrPlaceholder } from './inn';
import { lineSum } from './line-sum';
import { localDateTime, localFromUnix } from './local-date-time';
import type { Kopecks } from './money';
import { kopecks } from './money';
import { parseQr, writeQr } from './qr';
import { quantity } from './quantity';
import { paymentsMatch, totalAllowed } from './receipt-total';
import { isRegistrationNumber } from './registration-number';
import { tagByName } from './tags';
import type { TlvNode } from './tlv-node';
import type { VatCode } from './vat-code';
import type { VatRule } from './vat-totals';
import { vatTotals } from './vat-totals';

type Item = {
  readonly name: string;
  readonly price: number;
  readonly quantity: string;
  readonly sum: number;
  readonly vatCode: VatCode | null;
  readonly paymentType?: number;
  readonly productType?: number;
  readonly supplierInn?: string;
};

type Receipt = {
  readonly id: string;
  readonly sellerInn: string | null;
  readonly operationType: number;
  readonly taxationType: number;
  readonly dateTime: string;
  readonly items: ReadonlyArray<Item>;
  readonly totals: Readonly<
    Record<'total', number> & Record<'cash' | 'ecash' | 'prepaid' | 'credit' | 'provision', number | null>
  >;
  readonly vatTotals: Readonly<Record<string, number>>;
  readonly fn: string | null;
  readonly fd: number;
  readonly fp: number | null;
  readonly kktRegId: string | null;
  readonly kktSerial: string | null;
  readonly machineNumber: string | null;
  readonly shiftNumber: number;
  readonly requestNumber: number;
  readonly ffdCode: number | null;
  readonly qr: string | null;
  readonly rawTlv: string | null;
  readonly checks: { readonly vatTotals: Readonly<Record<string, { readonly rate?: string }>> };
};

const right = <L, A>(either: E.Either<L, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left));
  return either.right;
};

const RECEIPTS: ReadonlyArray<Receipt> = readFileSync(
  join(__dirname, '../fixtures/real-receipts.ndjson'),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line): Receipt => JSON.parse(line));

const RAW = RECEIPTS.flatMap((receipt) =>
  receipt.rawTlv === null ? [] : [{ receipt, wire: new Uint8Array(Buffer.from(receipt.rawTlv, 'base64')) }],
);

const countsOf = (names: ReadonlyArray<string>): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

const children = (node: TlvNode | undefined): ReadonlyArray<TlvNode> =>
  node?.value.kind === 'nodes' ? node.value.nodes : [];

/** The values of a tag among nodes, by the name of the tag. */
const valuesOf = (nodes: ReadonlyArray<TlvNode>, name: string): ReadonlyArray<TlvNode['value']> =>
  nodes.filter((node) => node.tag === tagByName(name)?.tag).map((node) => node.value);

const itemsSum = (receipt: Receipt): Kopecks =>
  right(kopecks(receipt.items.reduce((sum, item) => sum + item.sum, 0)));

const integer = (value: number) => [{ kind: 'integer', value }];

const text = (value: string | null) => [{ kind: 'string', text: value }];

describe('documents as real registers sent them', () => {
  it('are 32', () => {
    expect(RAW).toHaveLength(32);
  });

  it.each(RAW)(
    '$receipt.id encodes to its bytes, directly and through its JSON form',
    ({ receipt, wire }) => {
      const [document, ...others] = right(decodeTlv(wire));
      if (document === undefined) throw new Error('no document');
      expect(others).toEqual([]);
      expect(encodeTlv([document])).toEqual(E.right(wire));
      const [sign] = valuesOf(children(document), 'fiscalSign');
      if (sign?.kind !== 'bytes') throw new Error('no fiscal sign');
      const { number, serviceBytes } = right(readFiscalSign(sign.bytes));
      expect(number).toBe(receipt.fp);
      const json: unknown = JSON.parse(JSON.stringify(right(documentToJson(document))));
      expect(encodeTlv([right(documentFromJson(json, { serviceBytes }))])).toEqual(E.right(wire));
    },
  );

  it.each(RAW)('$receipt.id says what the record says', ({ receipt, wire }) => {
    const [document] = right(decodeTlv(wire));
    expect(document?.tag).toBe(3);
    const nodes = children(document);
    const time = right(localDateTime(receipt.dateTime));
    const unix = valuesOf(nodes, 'dateTime').map((value) =>
      value.kind === 'unixtime' ? localFromUnix(value.value) : value,
    );
    expect(unix).toEqual([E.right(time)]);
    expect(valuesOf(nodes, 'userInn')).toEqual(text(receipt.sellerInn));
    expect(valuesOf(nodes, 'fiscalDriveNumber')).toEqual(text(receipt.fn));
    expect(valuesOf(nodes, 'kktRegId')).toEqual(text(receipt.kktRegId));
    expect(valuesOf(nodes, 'machineNumber')).toEqual(text(receipt.machineNumber));
    expect(valuesOf(nodes, 'fiscalDocumentNumber')).toEqual(integer(receipt.fd));
    expect(valuesOf(nodes, 'shiftNumber')).toEqual(integer(receipt.shiftNumber));
    expect(valuesOf(nodes, 'requestNumber')).toEqual(integer(receipt.requestNumber));
    expect(valuesOf(nodes, 'operationType')).toEqual(integer(receipt.operationType));
    expect(valuesOf(nodes, 'appliedTaxationType')).toEqual(integer(receipt.taxationType));
    expect(valuesOf(nodes, 'fiscalDocumentFormatVer')).toEqual(integer(receipt.ffdCode ?? 0));
    expect(valuesOf(nodes, 'totalSum')).toEqual(integer(receipt.totals.total));
    expect(valuesOf(nodes, 'cashTotalSum')).toEqual(integer(receipt.totals.cash ?? 0));
    expect(valuesOf(nodes, 'ecashTotalSum')).toEqual(integer(receipt.totals.ecash ?? 0));
    expect(valuesOf(nodes, 'prepaidSum')).toEqual(integer(receipt.totals.prepaid ?? 0));
    expect(valuesOf(nodes, 'creditSum')).toEqual(integer(receipt.totals.credit ?? 0));
    expect(valuesOf(nodes, 'provisionSum')).toEqual(integer(receipt.totals.provision ?? 0));
    expect(Object.keys(receipt.vatTotals)).toEqual(['1']);
    expect(valuesOf(nodes, 'nds18')).toEqual(integer(receipt.vatTotals['1'] ?? 0));
    const items = valuesOf(nodes, 'items').map((value) => {
      const fields = value.kind === 'nodes' ? value.nodes : [];
      const named = (name: string) => valuesOf(fields, name)[0];
      return ['name', 'price', 'quantity', 'sum', 'nds', 'paymentType', 'productType'].map(named);
    });
    expect(items).toEqual(
      receipt.items.map((item) => [
        { kind: 'string', text: item.name },
        { kind: 'integer', value: item.price },
        { kind: 'decimal', text: item.quantity, scale: 0 },
        { kind: 'integer', value: item.sum },
        { kind: 'integer', value: item.vatCode },
        { kind: 'integer', value: item.paymentType },
        { kind: 'integer', value: item.productType },
      ]),
    );
  });

  property.prop(
    [
      fc.constantFrom(...RAW),
      fc.array(fc.record({ place: fc.nat(), byte: fc.nat({ max: 255 }) }), { minLength: 1, maxLength: 4 }),
    ],
    { numRuns: 400 },
  )('with bytes changed are refused or encode to themselves', ({ wire }, changes) => {
    const changed = wire.slice();
    for (const { place, byte } of changes) changed[place % changed.length] = byte;
    const nodes = decodeTlv(changed);
    if (E.isRight(nodes)) expect(encodeTlv(nodes.right)).toEqual(E.right(changed));
    else expect(nodes.left.offset).toBeLessThan(changed.length);
  });

  property.prop([fc.constantFrom(...RAW), fc.nat()])('cut short are refused', ({ wire }, length) => {
    expect(E.isLeft(decodeTlv(wire.slice(0, 1 + (length % (wire.length - 1)))))).toBe(true);
  });
});

describe('arithmetic of real receipts', () => {
  it('has every line at price times quantity, rounded half up (804 lines)', () => {
    const lines = RECEIPTS.flatMap((receipt) => receipt.items);
    expect(lines).toHaveLength(804);
    for (const line of lines) {
      const computed = lineSum(right(kopecks(line.price)), right(quantity(line.quantity)));
      expect([line.name, computed]).toEqual([line.name, E.right(line.sum)]);
    }
  });

  it('has totals equal to the sum of lines, or less inside the same rouble (506 and 6)', () => {
    const relation = RECEIPTS.map((receipt) => {
      const total = right(kopecks(receipt.totals.total));
      const sum = itemsSum(receipt);
      if (!totalAllowed(sum, total)) return 'refused';
      return sum === total ? 'equal' : 'less';
    });
    expect(countsOf(relation)).toEqual({ equal: 506, less: 6 });
  });

  it('has payments that add up to the total but for two incomplete exports (510 and 2)', () => {
    const matches = RECEIPTS.map(({ totals }) => {
      const payments = {
        cash: right(kopecks(totals.cash ?? 0)),
        cashless: right(kopecks(totals.ecash ?? 0)),
        prepaid: right(kopecks(totals.prepaid ?? 0)),
        credit: right(kopecks(totals.credit ?? 0)),
        provision: right(kopecks(totals.provision ?? 0)),
      };
      return paymentsMatch(payments, right(kopecks(totals.total))) ? 'match' : 'differ';
    });
    expect(countsOf(matches)).toEqual({ match: 510, differ: 2 });
  });
});

/** A VAT amount of a receipt with the lines it is made of; lines without a code belong to the only amount there is. */
type Bucket = {
  readonly code: VatCode;
  readonly given: number;
  readonly lines: ReadonlyArray<Item>;
  readonly at18: boolean;
};

const BUCKETS = RECEIPTS.flatMap((receipt) =>
  Object.entries(receipt.vatTotals).flatMap(([key, given]): ReadonlyArray<Bucket> => {
    const code = Number(key) as VatCode;
    const coded = receipt.items.every((item) => item.vatCode !== null);
    if (!coded && Object.keys(receipt.vatTotals).length > 1) return [];
    const lines = coded ? receipt.items.filter((item) => item.vatCode === code) : receipt.items;
    const before2019 = receipt.dateTime < '2019' && (code === 1 || code === 3);
    const kept18 = receipt.checks.vatTotals[key]?.rate === '18/118';
    return [{ code, given, lines, at18: before2019 || kept18 }];
  }),
);

/** VAT at 18/118, which the table of today's rates no longer has. */
const vatAt18 = (sum: number): number => Math.floor((sum * 36 + 118) / 236);

const amountBy = (bucket: Bucket, rule: VatRule): number => {
  const sums = bucket.lines.map((line) => right(kopecks(line.sum)));
  if (bucket.at18) {
    return rule === 'per-line'
      ? sums.reduce((vat, sum) => vat + vatAt18(sum), 0)
      : vatAt18(sums.reduce((total, sum) => total + sum, 0));
  }
  const [total] = right(
    vatTotals(
      sums.map((sum) => ({ sum, vatCode: bucket.code })),
      rule,
    ),
  );
  return total?.amount ?? 0;
};

const rulesOf = (bucket: Bucket): string => {
  const perLine = amountBy(bucket, 'per-line') === bucket.given;
  const perTotal = amountBy(bucket, 'per-total') === bucket.given;
  return perLine && perTotal ? 'both' : perLine ? 'per-line only' : perTotal ? 'per-total only' : 'neither';
};

describe('VAT of real receipts', () => {
  it('is the sum of the lines’ VAT or the VAT of their sum', () => {
    const taxed = BUCKETS.filter(({ code }) => code !== 5 && code !== 6);
    expect(countsOf(taxed.map(rulesOf))).toEqual({ both: 276, 'per-line only': 21, 'per-total only': 12 });
  });

  it('is at 18 % on five amounts: one of 2018, four of registers that kept the rate', () => {
    expect(BUCKETS.filter(({ at18 }) => at18)).toHaveLength(5);
  });

  it('is the turnover for 0 % and without VAT', () => {
    const untaxed = BUCKETS.filter(({ code }) => code === 5 || code === 6);
    expect(countsOf(untaxed.map(rulesOf))).toEqual({ both: 203 });
  });
});

describe('identifiers of real receipts', () => {
  it('have the check digits of the registration number where number, INN and serial are given', () => {
    const checked = RECEIPTS.map(({ kktRegId, sellerInn, kktSerial }) =>
      kktRegId === null || sellerInn === null || kktSerial === null
        ? 'not given'
        : isRegistrationNumber(kktRegId, sellerInn, kktSerial),
    );
    expect(countsOf(checked.map(String))).toEqual({ 'not given': 506, true: 6 });
  });

  it('have the checksums of INNs of sellers and suppliers', () => {
    const sellers = RECEIPTS.flatMap(({ sellerInn }) => (sellerInn === null ? [] : [sellerInn]));
    const suppliers = RECEIPTS.flatMap(({ items }) => items.flatMap(({ supplierInn }) => supplierInn ?? []));
    expect(sellers).toHaveLength(58);
    expect(suppliers).toHaveLength(3);
    for (const inn of sellers) expect([inn, isInn(inn)]).toEqual([inn, true]);
    for (const inn of suppliers) expect([inn, isInnOrPlaceholder(inn)]).toEqual([inn, true]);
  });
});

describe('QR texts of real receipts', () => {
  // One source wrote the T of the time small; receipts print it large.
  const withQr = RECEIPTS.flatMap((receipt) => (receipt.qr === null ? [] : [{ receipt, qr: receipt.qr }]));

  it('are four', () => {
    expect(withQr).toHaveLength(4);
  });

  it.each(withQr)('$receipt.id agrees with its record', ({ receipt, qr }) => {
    const parsed = right(parseQr(qr));
    expect(parsed).toMatchObject({
      total: receipt.totals.total,
      fn: receipt.fn,
      fd: receipt.fd,
      fp: receipt.fp,
      settlementSign: receipt.operationType,
    });
    // One register wrote a small t; it is read, and written as everybody writes it.
    expect(writeQr(parsed)).toBe(qr.replace(/^(t=\d{8})t/, '$1T'));
  });

  it('have the time of the record but for one, whose source shifted it by three hours to UTC', () => {
    const shifted = withQr.filter(({ receipt, qr }) => right(parseQr(qr)).at !== receipt.dateTime);
    expect(shifted.map(({ receipt }) => receipt.id)).toEqual(['r-2a60eb369e86']);
  });
});
