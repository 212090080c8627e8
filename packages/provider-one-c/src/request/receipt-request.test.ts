import * as E from 'fp-ts/Either';
import type { ReceiptContent, ReceiptItem } from '@cloud-kassa/core';
import type { AgentMask } from '@cloud-kassa/ffd';
import { MAX_KOPECKS } from '@cloud-kassa/ffd';
import { writeJson } from '@cloud-kassa/provider';
import { fc, test as check } from '@fast-check/jest';
import { CONTENT } from '../one-c.testing';
import { ONE_C_SETTINGS } from '../settings';
import type { ExpressionRule } from './expression-rules';
import { EXPRESSION_RULES } from './expression-rules';
import type { RequestSettings } from './receipt-request';
import { receiptRequest } from './receipt-request';

const [ITEM] = CONTENT.items as readonly [ReceiptItem];

/** Contents of tests are written as they look in JSON. */
const content = (change: object): ReceiptContent => ({ ...CONTENT, ...change });

const withItem = (change: object): ReceiptContent => content({ items: [{ ...ITEM, ...change }] });

const text = (given: ReceiptContent, settings: Partial<RequestSettings> = {}): string => {
  const written = receiptRequest(given, { ...ONE_C_SETTINGS, ...settings });
  if (E.isLeft(written)) throw new Error(JSON.stringify(written.left));
  return writeJson(written.right);
};

interface Parsed {
  readonly documentHeader: Readonly<Record<string, unknown>>;
  readonly items: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly payments: Readonly<Record<string, unknown>>;
}

const parsed = (given: ReceiptContent, settings: Partial<RequestSettings> = {}): Parsed =>
  JSON.parse(text(given, settings)) as Parsed;

const refused = (given: ReceiptContent, settings: Partial<RequestSettings> = {}): unknown => {
  const written = receiptRequest(given, { ...ONE_C_SETTINGS, ...settings });
  return E.isLeft(written) ? `${written.left.field}: ${written.left.rule}` : 'expressible';
};

const AGENT = {
  sign: 64 as AgentMask,
  data: {
    operation: 'оплата',
    agentPhones: ['+79001110001'],
    operatorPhones: ['+79001110002'],
    transferOperatorPhones: ['+79001110003'],
    transferOperatorName: 'Оператор',
    transferOperatorAddress: 'Москва',
    transferOperatorInn: '7707083893',
  },
  supplier: { inn: '5001007322', name: 'Поставщик', phones: ['+79001110004'] },
};

const AGENT_DATA = {
  agentOperation: 'оплата',
  agentPhone: '+79001110001',
  paymentProcessorPhone: '+79001110002',
  acquirerOperatorPhone: '+79001110003',
  acquirerOperatorName: 'Оператор',
  acquirerOperatorAddress: 'Москва',
  acquirerOperatorINN: '7707083893',
};

const VENDOR_DATA = { phone: '+79001110004', name: 'Поставщик', INN: '5001007322' };

const INDUSTRY = { authority: '030', documentDate: '2023-11-21', documentNumber: '1944', value: 'UUID=1' };

const INDUSTRY_ATTRIBUTE = {
  identifierFOIV: '030',
  documentDate: '2023-11-21T00:00:00',
  documentNumber: '1944',
  attributeValue: 'UUID=1',
};

describe('a receipt request', () => {
  it('is, byte for byte', () => {
    expect(text(CONTENT)).toBe(
      '{"documentHeader":{"cashierName":"","operationType":1,"isCorrection":false,"taxationSystem":1,' +
        '"customerEmail":"canary@example.ru","customerPhone":"","senderEmail":"","saleAddress":"",' +
        '"saleLocation":"https://shop.example.ru","automatNumber":"","customerDetail":{"info":"anna canary-smith"}},' +
        '"items":[{"name":"Чай чёрный","quantity":3,"priceWithDiscount":269.10,"amountWithDiscount":807.30,"VATRate":22,' +
        '"VATAmount":145.58,"paymentMethod":4,"calculationSubject":1,"measureOfQuantity":0}],' +
        '"payments":{"cash":0.00,"electronic":807.30,"barter":0.00,"postPayment":0.00,"prePayment":0.00}}',
    );
  });

  it('has the cashier, the addresses and the automat where they are known', () => {
    const { documentHeader } = parsed(
      content({
        cashier: { name: 'Кассир', inn: '500100732259' },
        place: { address: 'Москва', place: 'Склад' },
        senderEmail: 'kassa@example.ru',
        automatNumber: '42',
        settlementSign: 4,
        taxation: 32,
      }),
    );
    expect(documentHeader).toMatchObject({
      cashierName: 'Кассир',
      cashierINN: '500100732259',
      saleAddress: 'Москва',
      saleLocation: 'Склад',
      senderEmail: 'kassa@example.ru',
      automatNumber: '42',
      operationType: 4,
      taxationSystem: 6,
    });
  });

  it('has one contact, the e-mail address where both are known (tag 1008)', () => {
    const contacts = (person: object): unknown => {
      const { documentHeader: header } = parsed(content({ buyer: { keyId: 'k', person } }));
      return [header['customerEmail'], header['customerPhone'], header['customerDetail']];
    };
    expect(contacts({ phone: '+79123456789' })).toEqual(['', '+79123456789', undefined]);
    expect(contacts({ phone: '+79123456789', email: 'a@b.ru' })).toEqual(['a@b.ru', '', undefined]);
  });

  it('says who the buyer is, the day of birth as DD.MM.YYYY', () => {
    const person = {
      email: 'a@b.ru',
      name: 'Ёлкин',
      inn: '500100732259',
      birthDate: '1980-02-29',
      citizenship: '643',
      documentCode: '21',
      documentData: '4500 123456',
      address: 'Москва',
    };
    expect(parsed(content({ buyer: { keyId: 'k', person } })).documentHeader['customerDetail']).toEqual({
      info: 'Ёлкин',
      INN: '500100732259',
      dateOfBirth: '29.02.1980',
      citizenship: '643',
      documentTypeCode: '21',
      documentData: '4500 123456',
      address: 'Москва',
    });
  });

  it('has all five sums, each in its own place', () => {
    const payments = { cash: 1, cashless: 20_002, prepaid: 30_003, credit: 10_004, provision: 20_720 };
    expect(parsed(content({ payments })).payments).toEqual({
      cash: 0.01,
      electronic: 200.02,
      prePayment: 300.03,
      postPayment: 100.04,
      barter: 207.2,
    });
  });

  it('tells a correction by its data; the codes are those of the day that is corrected', () => {
    const correction = { type: 1, settledOn: '2025-11-30', orderNumber: '12-07/345', reason: 'not-applied' };
    const given = content({ kind: 'correction', correction, items: [{ ...ITEM, vatCode: 1 }] });
    const { documentHeader, items } = parsed(given);
    expect(documentHeader['isCorrection']).toBe(true);
    expect(documentHeader['correctionData']).toEqual({
      type: 1,
      number: '12-07/345',
      description: '',
      date: '2025-11-30T00:00:00',
    });
    expect(items[0]?.['VATRate']).toBe(20);
    expect(refused(content({ kind: 'correction', correction }))).toBe('items.0.vatCode: vat-rate');
  });

  it('has an agent on the line, with data and supplier', () => {
    const { items } = parsed(withItem({ agent: AGENT }));
    expect(items[0]).toMatchObject({ calculationAgent: 6, agentData: AGENT_DATA, vendorData: VENDOR_DATA });
  });

  it('has an agent on the receipt where the format has it there', () => {
    const { documentHeader } = parsed(
      content({ ffd: '1.05', agent: { sign: 1, supplier: { inn: '5001007322' } } }),
    );
    expect(documentHeader).toMatchObject({
      agentType: 0,
      agentData: { agentOperation: '', agentPhone: '', acquirerOperatorINN: '' },
      vendorData: { phone: '', name: '', INN: '5001007322' },
    });
  });

  it('has the code of a marked piece, as Base64 unless the setting says otherwise', () => {
    const code = '010460043993125621JgXJ5.\u001d93dGVz';
    const marked = withItem({
      marking: { code, plannedStatus: 2, fraction: { numerator: 1, denominator: 3 } },
    });
    expect(parsed(marked).items[0]).toMatchObject({
      markingCode: Buffer.from(code).toString('base64'),
      plannedStatus: 2,
      fractionalQuantity: { numerator: 1, denominator: 3 },
    });
    expect(parsed(marked, { markingCodeAs: 'text' }).items[0]?.['markingCode']).toBe(code);
  });

  it('has the rest of a line where it is given, and no keys where it is not', () => {
    const rest = {
      additionalAttribute: 'цвет',
      excise: 12_345,
      country: '643',
      customsDeclaration: '10702030/1',
      industry: [INDUSTRY],
    };
    expect(parsed(withItem(rest)).items[0]).toMatchObject({
      additionalAttribute: 'цвет',
      exciseAmount: 123.45,
      countryOfOrigin: '643',
      customsDeclaration: '10702030/1',
      industryAttribute: INDUSTRY_ATTRIBUTE,
    });
    expect(Object.keys(parsed(CONTENT).items[0] ?? {})).not.toContain('exciseAmount');
    expect(parsed(content({ industry: INDUSTRY })).documentHeader['industryAttribute']).toEqual(
      INDUSTRY_ATTRIBUTE,
    );
  });

  it('states no VAT at 0 % and without VAT', () => {
    const { vatSum: _, ...line } = ITEM;
    const untaxed = (vatCode: number): unknown => {
      const [item] = parsed(content({ items: [{ ...line, vatCode }] })).items;
      return [item?.['VATRate'], item?.['VATAmount']];
    };
    expect([untaxed(5), untaxed(6)]).toEqual([
      [0, 0],
      [null, 0],
    ]);
  });

  const kopecks = fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: MAX_KOPECKS }));
  const millionths = fc.integer({ min: 1, max: 281_474_976_710_655 });

  const quantityOf = (value: number): string => {
    const whole = Math.floor(value / 1_000_000);
    const rest = String(value % 1_000_000)
      .padStart(6, '0')
      .replace(/0+$/, '');
    return rest === '' ? String(whole) : `${whole}.${rest}`;
  };

  /** A decimal of the text as a whole number of its last place, without any floating-point number. */
  const exact = (written: string, key: string, places: number): bigint => {
    const [, whole = '', fraction = ''] = new RegExp(`"${key}":(\\d+)(?:\\.(\\d+))?[,}]`).exec(written) ?? [];
    return BigInt(whole + fraction.padEnd(places, '0'));
  };

  check.prop([kopecks, kopecks, kopecks, millionths])(
    'writes money and quantities without losing a kopeck',
    (price, sum, vat, amount) => {
      const line = { ...ITEM, price, sum, vatSum: vat, excise: price, quantity: quantityOf(amount) };
      const payments = { cash: 0, cashless: sum, prepaid: price, credit: vat, provision: 0 };
      const written = text(content({ items: [line], total: sum, payments }));
      expect(exact(written, 'priceWithDiscount', 2)).toBe(BigInt(price));
      expect(exact(written, 'amountWithDiscount', 2)).toBe(BigInt(sum));
      expect(exact(written, 'VATAmount', 2)).toBe(BigInt(vat));
      expect(exact(written, 'exciseAmount', 2)).toBe(BigInt(price));
      expect(exact(written, 'electronic', 2)).toBe(BigInt(sum));
      expect(exact(written, 'prePayment', 2)).toBe(BigInt(price));
      expect(exact(written, 'postPayment', 2)).toBe(BigInt(vat));
      expect(exact(written, 'quantity', 6)).toBe(BigInt(amount));
    },
  );
});

const rows: ReadonlyArray<readonly [ExpressionRule, string, ReceiptContent, Partial<RequestSettings>?]> = [
  ['format', 'ffd', content({ ffd: '1.05' }), { formats: ['1.2'] }],
  ['contact-required', 'buyer.person', content({ buyer: undefined })],
  ['contact-required', 'buyer.person', content({ buyer: { keyId: 'k', person: { name: 'Ёлкин' } } })],
  ['contact-erased', 'buyer.person', content({ buyer: { keyId: 'k', person: { erased: true } } })],
  [
    'vat-rate',
    'items.0.vatCode',
    CONTENT,
    { vatRates: ONE_C_SETTINGS.vatRates.filter(({ code }) => code !== 11) },
  ],
  ['vat-rate', 'items.0.vatCode', content({ settledAt: '2025-12-31T23:59:59' })],
  ['taxation-system', 'taxation', content({ taxation: 8 })],
  ['total-of-items', 'total', content({ total: 80_700 })],
  ['items-required', 'items', content({ kind: 'correction', items: [], total: 0 })],
  ['one-agent-sign', 'items.0.agent.sign', withItem({ agent: { ...AGENT, sign: 65 } })],
  [
    'one-phone',
    'items.0.agent.data.agentPhones',
    withItem({ agent: { ...AGENT, data: { agentPhones: ['+71', '+72'] } } }),
  ],
  [
    'one-phone',
    'items.0.agent.data.operatorPhones',
    withItem({ agent: { ...AGENT, data: { operatorPhones: ['+71', '+72'] } } }),
  ],
  [
    'one-phone',
    'agent.data.transferOperatorPhones',
    content({ agent: { ...AGENT, data: { transferOperatorPhones: ['+71', '+72'] } } }),
  ],
  [
    'one-phone',
    'items.0.agent.supplier.phones',
    withItem({ agent: { ...AGENT, supplier: { inn: '1', phones: ['+71', '+72'] } } }),
  ],
  ['one-industry-attribute', 'items.0.industry', withItem({ industry: [INDUSTRY, INDUSTRY] })],
  ['unit-as-text', 'items.0.unit', withItem({ unit: 'кг' })],
  [
    'marking-before-1.2',
    'items.0.marking',
    content({ ffd: '1.05', items: [{ ...ITEM, marking: { code: '01' } }] }),
  ],
  ['marking-check', 'items.0.marking.checkResult', withItem({ marking: { code: '01', checkResult: 15 } })],
  ['receipt-attribute', 'additionalAttribute', content({ additionalAttribute: '3304159072' })],
  ['user-attribute', 'userAttribute', content({ userAttribute: { name: 'a', value: 'b' } })],
];

describe('what the protocol has no words for is refused by field and rule', () => {
  const cases: ReadonlyArray<{
    readonly rule: ExpressionRule;
    readonly field: string;
    readonly given: ReceiptContent;
    readonly settings?: Partial<RequestSettings>;
  }> = rows.map(([rule, field, given, settings = {}]) => ({ rule, field, given, settings }));

  it.each(cases)('$rule ($field)', ({ rule, field, given, settings }) => {
    expect(refused(given, settings)).toBe(`${field}: ${rule}`);
  });

  it('covers every rule, and every rule has its words and its source', () => {
    expect([...new Set(cases.map(({ rule }) => rule))].toSorted()).toEqual(
      Object.keys(EXPRESSION_RULES).toSorted(),
    );
    for (const { english, russian, source } of Object.values(EXPRESSION_RULES)) {
      for (const words of [english, russian, source]) expect(words).not.toBe('');
    }
  });
});
