import type * as E from 'fp-ts/Either';
import { decodeTlv, encodeTlv, obligation, parseQr, TAGS, tagByNumber } from '@cloud-kassa/ffd';
import type { ObligationTable, TlvNode } from '@cloud-kassa/ffd';
import { signDocument } from '../drive/fiscal-sign';
import { closeDrive, confirmByOfd, reportState } from '../kkt/drive-reports';
import type { Issued, Kkt } from '../kkt/kkt';
import { driveOf, moscow, registeredKkt, right, ruleOf, saleFor, unitOf } from '../kkt/kkt.testing';
import { issueReceipt } from '../kkt/receipt';
import { changeRegistration } from '../kkt/register';
import { INTERNET_SHOP } from '../kkt/registration';
import type { FfdVersion } from '../kkt/registration';
import { closeShift, openShift } from '../kkt/shift';
import type { ReceiptRequest } from '../request';
import { confirmationTlv, documentNode, documentTlv, unsignedTlv } from './document-tlv';
import type { FiscalDocument } from './fiscal-document';
import { qrText } from './qr-text';

const now = moscow('2026-03-01T09:00:00');
const shopOf = (ffd: FfdVersion) => ({
  ffd,
  taxation: 3,
  conditions: { ...INTERNET_SHOP, markedGoods: true },
  ...(ffd === '1.2' ? {} : { agents: 127 }),
});
const registrationFor = (ffd: FfdVersion) => unitOf(shopOf(ffd)).registration;

const buyer = { name: 'Покупатель', inn: '123456789047' };
const agent = {
  mask: 64,
  operation: 'оплата',
  agentPhones: ['+79990000001'],
  receiverPhones: ['+79990000002'],
  transferPhones: ['+79990000003', '+79990000004'],
  transferName: 'Оператор',
  transferAddress: 'Москва',
  transferInn: '7728699517',
};

/** A sale with everything the version has. */
const fullSale = (ffd: FfdVersion): ReceiptRequest => {
  const sale = saleFor(ffd);
  const [item] = sale.items;
  if (item === undefined) throw new Error('one item');
  return {
    ...sale,
    taxation: 2,
    items: [
      {
        ...item,
        vatSum: 14558,
        unitVat: 4853,
        agent,
        supplier: { inn: '7728699517', name: 'Поставщик', phones: ['+79990000005'] },
        excise: 100,
        country: '643',
        customsDeclaration: '10702020/060520/0013422',
        additional: 'мод. 5',
        ...(ffd === '1.2'
          ? {
              subject: 33,
              goodsCode: { kind: 1305, value: '010460123456789021abc' },
              checkResult: 5,
              industry: [{ authority: '030', date: '2023-11-21', number: '1944', value: 'UUID=1&Time=2' }],
            }
          : { unit: 'шт', productCode: '490e042f4ef3b2d2' }),
      },
      { ...item, name: 'Доставка', price: 50000, quantity: '1.500', vatCode: 2, subject: 4 },
      { ...item, name: 'Книга', price: 100, quantity: '0.5', vatCode: 6 },
      { ...item, name: 'Вывоз', price: 100, quantity: '1', vatCode: 5 },
    ],
    payments: { cashless: 80730 + 75000 + 50 + 100 },
    contact: 'buyer@example.ru',
    internet: true,
    cashier: { name: 'Иванова', inn: '123456789047' },
    machineNumber: '12',
    additional: 'ABCDEFGHIJKLMNOP',
    userProperty: { name: 'Заказ', value: '15' },
    cashlessDetails: [{ amount: 155880, method: 1, identifiers: 'rrn=1', additional: 'pc=1' }],
    ...(ffd === '1.2'
      ? {
          buyer: {
            ...buyer,
            birthday: '1990-02-03',
            citizenship: '643',
            documentCode: '21',
            documentData: '4500 000000',
            address: 'Тверь',
          },
          industry: { authority: '030', date: '2023-11-21', number: '1944', value: 'x' },
          operational: { id: 0, data: 'данные', at: '2026-03-01T08:59:00' },
        }
      : { buyer, agent, supplierPhones: ['+79990000006'] }),
  };
};

/** The same as a correction by prescription, which has no 1234. */
const fullCorrection = (ffd: FfdVersion): ReceiptRequest => {
  const { cashlessDetails, ...sale } = fullSale(ffd);
  return cashlessDetails === undefined
    ? sale
    : { ...sale, kind: 'correction', correction: { type: 1, date: '2026-02-20', number: '15-01/2' } };
};

/** One document of every form: 1, 2, 3, 31, 4, 41, 21, 5, 11, 6. */
const everyForm = (
  ffd: FfdVersion,
): { readonly kkt: Kkt; readonly documents: ReadonlyArray<FiscalDocument> } => {
  const documents: Array<FiscalDocument> = [];
  let at = now;
  const take = (issued: E.Either<unknown, Issued>): Kkt => {
    const made = right(issued);
    documents.push(made.document);
    at += 1000;
    return made.kkt;
  };
  const first = registeredKkt('2026-03-01T08:59:00', shopOf(ffd));
  documents.push(first.document);
  const receipts: ReadonlyArray<ReceiptRequest> = [
    { ...saleFor(ffd), taxation: 1 },
    fullSale(ffd),
    fullCorrection(ffd),
    { ...saleFor(ffd), taxation: 2, strictForm: true },
    {
      ...saleFor(ffd),
      taxation: 2,
      strictForm: true,
      kind: 'correction',
      correction: { type: 0, date: '2026-02-20' },
    },
  ];
  let kkt = take(openShift(first.kkt, at));
  for (const request of receipts) kkt = take(issueReceipt(kkt, request, at));
  kkt = take(reportState(kkt, at));
  kkt = take(closeShift(kkt, at));
  kkt = take(changeRegistration(kkt, { ...registrationFor(ffd), place: 'https://new.example.ru' }, at));
  return { kkt: take(closeDrive(kkt, at)), documents };
};

const registrationUnder = (documents: ReadonlyArray<FiscalDocument>, { registrationFd }: FiscalDocument) => {
  const content = documents.find(({ fd }) => fd === registrationFd)?.content;
  if (content?.kind !== 'registration') throw new Error('a registration report');
  return content.registration;
};

const obligatory = (table: number, ffd: FfdVersion): ReadonlyArray<number> =>
  [...TAGS.keys()].filter((tag) => obligation(table as ObligationTable, tag, ffd)?.electronic === 1);

/** What is wrong with the elements of a form or a block: an obligatory tag is missing, or a tag has no place there. */
const faultsIn = (table: number, nodes: ReadonlyArray<TlvNode>, ffd: FfdVersion): ReadonlyArray<string> => {
  const tags = nodes.map(({ tag }) => tag);
  const known =
    obligatory(table, ffd).length > 0 || tags.some((tag) => obligation(table as ObligationTable, tag, ffd));
  if (!known) return [];
  return [
    ...obligatory(table, ffd)
      .filter((tag) => !tags.includes(tag))
      .map((tag) => `${table} lacks ${tag}`),
    ...tags
      .filter((tag) => (obligation(table as ObligationTable, tag, ffd)?.electronic ?? 0) === 0)
      .map((tag) => `${table} must not hold ${tag}`),
    ...tags
      .filter((tag, index) => tags.indexOf(tag) !== index && tagByNumber(tag)?.repeated !== true)
      .map((tag) => `${table} holds ${tag} twice`),
    ...nodes.flatMap(({ tag, value }) => (value.kind === 'nodes' ? faultsIn(tag, value.nodes, ffd) : [])),
  ];
};

describe.each<FfdVersion>(['1.05', '1.1', '1.2'])('documents of FFD %s', (ffd) => {
  const { kkt, documents } = everyForm(ffd);

  test('one of every form, numbered without gaps', () => {
    expect(documents.map(({ form, fd }) => [form, fd])).toEqual(
      [1, 2, 3, 3, 31, 4, 41, 21, 5, 11, 6].map((form, index) => [form, index + 1]),
    );
  });

  test.each(documents.map((document) => ({ form: document.form, fd: document.fd, document })))(
    'form $form ($fd) decodes, holds every obligatory tag and none that the version lacks',
    ({ document }) => {
      const bytes = right(documentTlv(document, registrationUnder(documents, document)));
      const [node, ...rest] = right(decodeTlv(bytes));
      expect(rest).toEqual([]);
      expect(node?.tag).toBe(document.form);
      expect(
        node?.value.kind === 'nodes' ? faultsIn(document.form, node.value.nodes, ffd) : ['no elements'],
      ).toEqual([]);
      expect(bytes.length).toBeLessThanOrEqual(tagByNumber(document.form)?.maxLength ?? 0);
    },
  );

  test('the sign is that of the document with nought in its place, and another byte gives another sign', () => {
    for (const document of documents) {
      const { drive } = kkt;
      const unsigned = right(unsignedTlv(document, document.content, registrationUnder(documents, document)));
      expect(drive && signDocument(drive, unsigned)).toEqual({
        fp: document.fp,
        messageSign: document.messageSign,
      });
      unsigned[unsigned.length - 1] = 1;
      expect(drive && signDocument(drive, unsigned).fp).not.toBe(document.fp);
    }
  });

  test('the confirmation of the OFD (form 7) repeats drive and number', () => {
    const [first, second] = documents;
    if (first === undefined) throw new Error('a document');
    const { confirmation } = right(
      confirmByOfd({ ...kkt, drive: kkt.drive && { ...kkt.drive } }, first, second, now + 60_000),
    );
    const [node] = right(decodeTlv(right(confirmationTlv(confirmation))));
    expect(node?.value.kind === 'nodes' ? faultsIn(7, node.value.nodes, ffd) : ['no elements']).toEqual([]);
    expect(confirmation).toMatchObject({ fn: first.fn, fd: 1 });
  });
});

const bytesOf = (nodes: ReadonlyArray<TlvNode>): string =>
  Buffer.from(right(encodeTlv(nodes)))
    .toString('hex')
    .toUpperCase();

const childrenOf = (document: FiscalDocument, ffd: FfdVersion): ReadonlyArray<TlvNode> => {
  const { value } = documentNode(document, document.content, registrationFor(ffd), document.fp);
  return value.kind === 'nodes' ? value.nodes : [];
};

const issued = (request: ReceiptRequest, ffd: FfdVersion = '1.2'): FiscalDocument => {
  const open = right(openShift(registeredKkt('2026-03-01T08:59:00', shopOf(ffd)).kkt, now)).kkt;
  return right(issueReceipt(open, { taxation: 1, ...request }, now + 1000)).document;
};

describe('a receipt on the wire', () => {
  test('E09: 269.10 × 3 at 22 % has its VAT in 1115 with code 11 and no 1102', () => {
    const nodes = childrenOf(issued(saleFor()), '1.2');
    expect(bytesOf(nodes.filter(({ tag }) => tag === 1115))).toBe('5B040F005F040B00AF0401000B60040200DE38');
    expect(nodes.map(({ tag }) => tag)).not.toContain(1102);
    expect(bytesOf(nodes.filter(({ tag }) => tag === 1020))).toBe('FC0303005A3B01');
  });

  test('a line is written as the published example of TLV', () => {
    const request: ReceiptRequest = {
      ...saleFor(),
      items: [{ name: 'Тест', price: 10000, quantity: '1.5', vatCode: 6, method: 4, subject: 1, measure: 0 }],
      payments: { cashless: 15000 },
    };
    const [line] = childrenOf(issued(request), '1.2').filter(({ tag }) => tag === 1059);
    const hex =
      '23042E00BE04010004BC040100010604040092A5E1E2370402001027FF030200010F3C0801000013040200983AAF04010006';
    expect(line && bytesOf([line])).toBe(hex);
  });

  test('codes 1 to 6 have tags of their own, 0 % and no VAT carry the turnover', () => {
    const request: ReceiptRequest = {
      ...saleFor(),
      settlementSign: 2,
      items: [1, 2, 3, 4, 5, 6].map((vatCode) => ({
        name: 'Товар',
        price: 12000,
        quantity: '1',
        vatCode,
        method: 4,
        subject: 1,
        measure: 0,
      })),
      payments: { cashless: 72000 },
    };
    const amounts = childrenOf(issued(request), '1.2').flatMap(({ tag, value }) =>
      tag >= 1102 && tag <= 1107 && value.kind === 'integer' ? [[tag, value.value]] : [],
    );
    expect(amounts).toEqual([
      [1102, 2000],
      [1103, 1091],
      [1106, 2000],
      [1107, 1091],
      [1104, 12000],
      [1105, 12000],
    ]);
  });

  test('tag 1178 is the day of the corrected settlement at 00:00:00', () => {
    const nodes = childrenOf(
      issued({ ...saleFor(), kind: 'correction', correction: { type: 0, date: '2026-02-20' } }),
      '1.2',
    );
    expect(bytesOf(nodes.filter(({ tag }) => tag === 1174))).toBe('960408009A04040000A49769');
  });

  test('a document above 32 768 bytes, or a line above 1024, is refused before it is signed', () => {
    const open = right(openShift(registeredKkt('2026-03-01T08:59:00').kkt, now)).kkt;
    const [line] = saleFor().items;
    const lines = Array.from({ length: 260 }, () => ({
      ...line,
      name: 'я'.repeat(128),
      price: 100,
      quantity: '1',
    }));
    const large = { ...saleFor(), items: lines, payments: { cashless: 26_000 } } as ReceiptRequest;
    expect(issueReceipt(open, large, now + 1000)).toMatchObject({
      left: { _tag: 'AdmissionRefused', rule: 'document-too-large', field: '3' },
    });
    expect(
      ruleOf(
        issueReceipt(
          open,
          { ...large, items: lines.slice(0, 150), payments: { cashless: 15_000 } } as ReceiptRequest,
          now + 1000,
        ),
      ),
    ).toBe('made');
    const industry = Array.from({ length: 4 }, () => ({
      authority: '030',
      date: '2023-11-21',
      number: '1944',
      value: 'x'.repeat(256),
    }));
    const wide = { ...saleFor(), items: [{ ...line, industry }] } as ReceiptRequest;
    expect(issueReceipt(open, wide, now + 1000)).toMatchObject({
      left: { rule: 'document-too-large', field: '3.1059' },
    });
  });
});

const valuesOf = (ffd: FfdVersion): ReadonlyMap<number, number> => {
  const { document } = registeredKkt('2026-03-01T08:59:00', shopOf(ffd));
  const nodes = childrenOf(document, ffd);
  return new Map(nodes.flatMap(({ tag, value }) => (value.kind === 'integer' ? [[tag, value.value]] : [])));
};

test('a registration report tells systems (1062), conditions (1290 or flags) and the version (1209)', () => {
  const newest = valuesOf('1.2');
  expect([1062, 1209, 1290, 1213, 1108].map((tag) => newest.get(tag))).toEqual([3, 4, 0x120, 560, undefined]);
  const older = valuesOf('1.05');
  expect([1062, 1209, 1290, 1057, 1108].map((tag) => older.get(tag))).toEqual([3, 2, undefined, 127, 1]);
});

test('the QR text names the document (E41 for its shape)', () => {
  const document = issued(saleFor());
  const text = qrText(document) ?? '';
  expect(text).toBe(`t=20260301T0900&s=807.30&fn=${document.fn}&i=3&fp=${document.fp}&n=1`);
  expect(right(parseQr(text))).toMatchObject({ total: 80730, fd: 3, fp: document.fp, settlementSign: 1 });
});

test('signs follow from the seed alone', () => {
  const unit = unitOf();
  const unsigned = Uint8Array.of(1, 2, 3);
  const [one, again, other] = ['a', 'a', 'b'].map((seed) => signDocument(driveOf(unit, seed), unsigned));
  expect(again).toEqual(one);
  expect(other?.fp).not.toBe(one?.fp);
});
