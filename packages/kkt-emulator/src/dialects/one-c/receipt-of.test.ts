import * as E from 'fp-ts/Either';
import * as fc from 'fast-check';
import { right } from '../../kkt/kkt.testing';
import { bodyText, requestOf } from './one-c.testing';
import { ONE_C_VAT_RATES } from './vat-rates';

const why = (
  text: string,
  ...rest: [Parameters<typeof requestOf>[1]?, Parameters<typeof requestOf>[2]?]
): string => {
  const request = requestOf(text, ...rest);
  return E.isLeft(request) ? `${request.left.field}: ${request.left.rule}` : 'read';
};
const lineOf = (item: object, ...rest: [Parameters<typeof requestOf>[1]?]) =>
  right(requestOf(bodyText({}, item), ...rest)).items[0];

test('a receipt as 1C sends it: roubles become kopecks, empty texts are absent', () => {
  const header = {
    cashierName: 'Иванова',
    cashierINN: '',
    isCorrection: false,
    customerPhone: '',
    senderEmail: '',
    saleAddress: '',
    saleLocation: 'shop.example.ru',
    automatNumber: '',
  };
  expect(right(requestOf(bodyText(header, { VATAmount: 20 })))).toEqual({
    kind: 'receipt',
    settlementSign: 1,
    taxation: 1,
    items: [
      {
        name: 'Чайник',
        price: 26910,
        quantity: '3',
        sum: 80730,
        vatCode: 11,
        method: 4,
        subject: 1,
        measure: 0,
      },
    ],
    total: 80730,
    payments: { cash: 0, cashless: 80730, prepaid: 0, credit: 0, provision: 0 },
    contact: 'buyer@example.ru',
    place: 'shop.example.ru',
    cashier: { name: 'Иванова' },
  });
});

describe('money and quantities are read from their text', () => {
  const withPrice = (price: string): string => bodyText().replace('269.1', price);

  test('no float decides a kopeck', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999_999_999 }),
        fc.constantFrom('', '0', '00'),
        (kopecks, noughts) => {
          const text = `${Math.floor(kopecks / 100)}.${String(kopecks % 100).padStart(2, '0')}${noughts}`;
          expect(right(requestOf(withPrice(text))).items[0]?.price).toBe(kopecks);
        },
      ),
    );
  });

  test.each([
    ['0.005', 'receiptRequest.items[0].priceWithDiscount: not-roubles-and-kopecks'],
    ['-1', 'receiptRequest.items[0].priceWithDiscount: not-roubles-and-kopecks'],
    ['true', 'receiptRequest.items[0].priceWithDiscount: not-roubles-and-kopecks'],
    ['"269.10"', 'read'],
  ])('a price of %s is %s', (price, outcome) => {
    expect(why(withPrice(price))).toBe(outcome);
  });

  test('a number in quotation marks is for a tolerant reader only', () => {
    expect(why(withPrice('"269.10"'), { reader: 'strict' })).toMatch(/not-roubles-and-kopecks$/u);
  });

  test.each([
    ['0.123456', '0.123456'],
    ['1.500', '1.5'],
    ['2.0', '2'],
    ['1e1', '10'],
  ])('a quantity of %s is %s', (wire, quantity) => {
    const text = bodyText().replace('"quantity":3', `"quantity":${wire}`);
    expect(right(requestOf(text)).items[0]?.quantity).toBe(quantity);
  });

  test('a quantity has at most six places (FFD tag 1023)', () => {
    expect(why(bodyText({}, { quantity: 0.1234567 }))).toBe(
      'receiptRequest.items[0].quantity: not-a-quantity',
    );
  });
});

describe('VATRate', () => {
  test.each([
    [0, 5],
    [10, 2],
    [20, 1],
    [110, 4],
    [118, 3],
    [120, 3],
    [null, 6],
    [undefined, 6],
    [5, 7],
    [7, 8],
    [105, 9],
    [107, 10],
    [22, 11],
    [122, 12],
  ])('%p is code %p', (VATRate, code) => {
    expect(lineOf({ VATRate })?.vatCode).toBe(code);
    expect(lineOf({ VATRate }, { reader: 'strict' })?.vatCode).toBe(code);
  });

  test('codes that nothing confirms are settings', () => {
    const vatRates = [...ONE_C_VAT_RATES.filter(({ wire }) => wire !== 22), { wire: 2222, code: 11 }];
    expect(lineOf({ VATRate: 2222 }, { vatRates })?.vatCode).toBe(11);
    expect(why(bodyText({}, { VATRate: 22 }), { vatRates })).toBe(
      'receiptRequest.items[0].VATRate: unknown-vat-rate',
    );
  });

  test('VATAmount, which 1C fills with the constant 20, is passed over unless told otherwise', () => {
    expect(lineOf({ VATAmount: 20 })).not.toHaveProperty('vatSum');
    expect(lineOf({ VATAmount: 145.58 }, { vatAmount: 'judged' })).toMatchObject({ vatSum: 14558 });
  });
});

describe('the reader', () => {
  test('tolerant: unknown members and letter case do not matter (1C inserts names in several spellings)', () => {
    const header = { OPERATIONTYPE: 2, operationType: undefined, newField: { a: 1 } };
    expect(right(requestOf(bodyText(header))).settlementSign).toBe(2);
    expect(lineOf({ MeasureOfQuantity: 11, measureOfQuantity: undefined })?.measure).toBe(11);
  });

  test('strict: unknown members are refused by the object they stand in, other letters are unknown', () => {
    const strict = { reader: 'strict' } as const;
    expect(why(bodyText(), strict)).toBe('read');
    expect(why(bodyText({ secretMember: 1 }), strict)).toBe('receiptRequest.documentHeader: unknown-member');
    expect(why(bodyText({ OPERATIONTYPE: 1 }), strict)).toBe('receiptRequest.documentHeader: unknown-member');
    expect(why(bodyText({ customerPhone: null }), strict)).toBe(
      'receiptRequest.documentHeader.customerPhone: not-a-text',
    );
  });

  test.each([
    [{ operationType: undefined }, {}, 'receiptRequest.documentHeader.operationType: missing'],
    [{ taxationSystem: 7 }, {}, 'receiptRequest.documentHeader.taxationSystem: unknown-taxation-system'],
    [{ agentType: 7 }, {}, 'receiptRequest.documentHeader.agentType: unknown-agent'],
    [{ isCorrection: 'yes' }, {}, 'receiptRequest.documentHeader.isCorrection: not-a-flag'],
    [{ agentData: [] }, {}, 'receiptRequest.documentHeader.agentData: not-an-object'],
    [{}, { name: undefined }, 'receiptRequest.items[0].name: missing'],
    [{}, { goodCodeData: { nothing: '1' } }, 'receiptRequest.items[0].goodCodeData: unknown-goods-code'],
    [{}, { calculationAgent: 9 }, 'receiptRequest.items[0].calculationAgent: unknown-agent'],
  ])('names the field: %j %j', (header, item, outcome) => {
    expect(why(bodyText(header, item))).toBe(outcome);
  });

  test('what is refused is never repeated', () => {
    const secret = 'secret-of-a-buyer';
    const wrong = [
      { operationType: secret },
      { isCorrection: secret },
      { agentData: secret },
      { correctionData: { type: secret } },
    ];
    for (const header of wrong) expect(why(bodyText(header))).not.toContain(secret);
  });
});

describe('the buyer', () => {
  const contact = (header: object, change = {}) => right(requestOf(bodyText(header), change)).contact;

  test.each([
    ['+79161234567', '+79161234567'],
    ['8 (916) 123-45-67', '+79161234567'],
    ['79161234567', '+79161234567'],
    ['375291234567', '+375291234567'],
  ])('a phone written as %s is %s (FFD tag 1008)', (customerPhone, tag) => {
    expect(contact({ customerEmail: '', customerPhone })).toBe(tag);
  });

  test('with phone and e-mail the preferred one is taken', () => {
    const both = { customerPhone: '+79161234567' };
    expect(contact(both)).toBe('buyer@example.ru');
    expect(contact(both, { preferredContact: 'phone' })).toBe('+79161234567');
  });

  test('customerDetail is tag 1256, its day of birth dd.MM.yyyy', () => {
    const customerDetail = { info: 'Петрова', INN: '123456789047', dateOfBirth: '07.02.1990', address: '' };
    expect(right(requestOf(bodyText({ customerDetail }))).buyer).toEqual({
      name: 'Петрова',
      inn: '123456789047',
      birthday: '1990-02-07',
    });
  });
});

test('a correction: type, day without its time, number of a prescription', () => {
  const correctionData = { type: 1, number: 'П-1', description: 'ошибка', date: '2026-02-20T00:00:00' };
  expect(right(requestOf(bodyText({ isCorrection: true, correctionData })))).toMatchObject({
    kind: 'correction',
    correction: { type: 1, date: '2026-02-20', number: 'П-1' },
  });
  const own = { type: 0, number: '', description: '', date: '20.02.2026' };
  expect(right(requestOf(bodyText({ isCorrection: true, correctionData: own }))).correction).toEqual({
    type: 0,
    date: '2026-02-20',
  });
});

describe('agents and suppliers', () => {
  const header = {
    agentType: 6,
    agentData: { agentPhone: '+79160000001,+79160000002', acquirerOperatorINN: '7725327863' },
    vendorData: { phone: '89160000003', name: 'ООО "Поставщик"', INN: '7728699517' },
  };
  const agent = {
    mask: 64,
    agentPhones: ['+79160000001', '+79160000002'],
    transferInn: '7725327863',
  };
  const supplier = { inn: '7728699517', name: 'ООО "Поставщик"', phones: ['+79160000003'] };

  test('of the whole receipt stay there up to FFD 1.1', () => {
    const request = right(requestOf(bodyText(header), {}, '1.05'));
    expect(request).toMatchObject({ agent, supplierPhones: ['+79160000003'] });
    expect(request.items[0]).not.toHaveProperty('agent');
  });

  test('go into the lines in FFD 1.2, which has no agent of a whole receipt', () => {
    const request = right(requestOf(bodyText(header)));
    expect(request).not.toHaveProperty('agent');
    expect(request).not.toHaveProperty('supplierPhones');
    expect(request.items[0]).toMatchObject({ agent, supplier });
  });

  test('a line with an agent of its own keeps it', () => {
    const item = { calculationAgent: 5, agentData: { agentOperation: 'приём' } };
    const [line] = right(requestOf(bodyText(header, item))).items;
    expect(line).toMatchObject({ agent: { mask: 32, operation: 'приём' }, supplier });
  });

  test('the sign may be the mask itself (a setting: nothing confirms which)', () => {
    const request = right(requestOf(bodyText({ agentType: 64 }), { agentSign: 'mask' }, '1.05'));
    expect(request.agent?.mask).toBe(64);
  });
});

describe('marked goods', () => {
  const code = '010460406000600021N4N57RTCBUZTQ';
  const marked = { calculationSubject: 33, goodCodeData: { GS1M: Buffer.from(code).toString('base64') } };

  test('goodCodeData is base64 under the name of a tag; the provider checks the code (2106)', () => {
    expect(lineOf(marked)).toMatchObject({ goodsCode: { kind: 1305, value: code }, checkResult: 15 });
    expect(lineOf(marked, { markingCheckResult: 1 })?.checkResult).toBe(1);
  });

  // What 1C sends of a marked piece: the code as it was scanned, whole, in Base64, and no goodCodeData.
  const scanned = `${code}\u001d91EE06\u001d92TV9pT0VmbGc5`;
  const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');

  test('markingCode holds the scanned code, of which the register makes the goods code (1163) and checks it (2106)', () => {
    for (const markingCode of [base64(scanned), base64(`\u001d${scanned}`), scanned]) {
      expect(lineOf({ calculationSubject: 33, plannedStatus: 1, markingCode })).toMatchObject({
        goodsCode: { kind: 1305, value: code },
        checkResult: 15,
      });
    }
  });

  test.each([
    ['4603934000793', 1302],
    ['46039340', 1301],
    ['14603934000790', 1303],
    ['RU-430301-AAA0020659', 1307],
    ['0123456789012345678901234567890A', 1300],
    ['460393400079', 1300],
  ])('markingCode %s becomes tag %i', (text, kind) => {
    expect(lineOf({ markingCode: base64(text) })?.goodsCode).toEqual({ kind, value: text });
  });

  test('a marking code longer than the code of its kind may be is refused', () => {
    for (const text of ['x'.repeat(33), `01046040600060002${'1'.repeat(22)}`])
      expect(why(bodyText({}, { markingCode: base64(text) }))).toBe(
        'receiptRequest.items[0].markingCode: unknown-goods-code',
      );
  });

  test('goodCodeData counts where both are given', () => {
    expect(lineOf({ ...marked, markingCode: base64('46039340') })?.goodsCode?.kind).toBe(1305);
  });

  test('a code that is no base64 text is taken as it is', () => {
    expect(lineOf({ goodCodeData: { EAN_13: '4603934000793' } })?.goodsCode).toEqual({
      kind: 1302,
      value: '4603934000793',
    });
    expect(lineOf({ goodCodeData: { ean8: '46039340' } })?.goodsCode?.value).toBe('46039340');
  });
});

test('the remaining members of a line and of the header', () => {
  const attribute = {
    identifierFOIV: '030',
    documentDate: '26.03.2024',
    documentNumber: '477',
    attributeValue: 'a=b',
  };
  const request = right(
    requestOf(
      bodyText(
        {
          senderEmail: 'shop@example.ru',
          saleAddress: 'Москва',
          automatNumber: '7',
          industryAttribute: attribute,
          operationalAttribute: { operationID: 0, operationData: 'x', dateTime: '2026-03-01T10:00:00Z' },
        },
        {
          exciseAmount: 1.5,
          customsDeclaration: '10702020/060520/0013422',
          countryOfOrigin: '643',
          additionalAttribute: 'доп',
          fractionalQuantity: { numerator: 1, denominator: 2 },
          industryAttribute: attribute,
        },
        { payments: { cash: 1, electronic: 2, barter: 3, postPayment: 4, prePayment: 5 } },
      ),
      { internetSign: true },
    ),
  );
  const industry = { authority: '030', date: '2024-03-26', number: '477', value: 'a=b' };
  expect(request).toMatchObject({
    sender: 'shop@example.ru',
    address: 'Москва',
    machineNumber: '7',
    internet: true,
    industry,
    operational: { id: 0, data: 'x', at: '2026-03-01T10:00:00' },
    total: 1500,
    payments: { cash: 100, cashless: 200, provision: 300, credit: 400, prepaid: 500 },
  });
  expect(request.items[0]).toMatchObject({
    excise: 150,
    customsDeclaration: '10702020/060520/0013422',
    country: '643',
    additional: 'доп',
    fraction: { numerator: 1, denominator: 2 },
    industry: [industry],
  });
});
