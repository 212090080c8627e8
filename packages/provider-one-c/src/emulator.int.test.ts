import type { ReceiptContent } from '@cloud-kassa/core';
import type { TlvNode } from '@cloud-kassa/ffd';
import { decodeTlv, tlv } from '@cloud-kassa/ffd';
import { ledgerTlv } from '@cloud-kassa/kkt-emulator';
import type { FiscalRequest } from '@cloud-kassa/provider';
import { fc } from '@fast-check/jest';
import { checkOneC } from './check-connection';
import type { EmulatedOptions, EmulatedService } from './emulator.testing';
import { composed, emulatedService } from './emulator.testing';
import { listOneCProviders } from './list-providers';
import type { Access } from './one-c.testing';
import { ALL_SECRETS, KEY, connectionTo, secretsOf, sure } from './one-c.testing';

const open: EmulatedService[] = [];
afterEach(async () => {
  for (const service of open.splice(0)) await service.close();
});

const service = async (options: EmulatedOptions = {}): Promise<EmulatedService> => {
  const made = await emulatedService(options);
  open.push(made);
  return made;
};

const ITEM = {
  name: 'Гамак',
  price: 26_910,
  quantity: '3',
  vatCode: 11,
  paymentMethod: 4,
  subject: 1,
  measure: 0,
};
const SALE = composed({ items: [ITEM], payments: { cashless: 80_730 } });

const requestOf = (content: ReceiptContent, key = KEY): FiscalRequest => ({
  key,
  receiptId: 'r',
  traceTag: 'abcdefghijklmnop',
  content,
});

/** Time enough for everything that waits in the service. */
const LATER = 60_000;

/** Sends a receipt and asks until it is final. */
const fiscalised = async (
  { provider, serviceClock }: EmulatedService,
  content: ReceiptContent,
  key = KEY,
): Promise<Readonly<Record<string, unknown>>> => {
  const sent = await provider.send(requestOf(content, key));
  expect(sent).toMatchObject({ _tag: 'Accepted' });
  serviceClock.advance(LATER);
  const asked = await provider.ask(key, sent._tag === 'Accepted' ? sent.handle : undefined);
  expect(asked).toMatchObject({ _tag: 'Final', answer: { _tag: 'Done' } });
  return asked._tag === 'Final' && asked.answer._tag === 'Done' ? { ...asked.answer.document } : {};
};

/** What the ledger of the emulator holds of the one document under a key. */
const inLedger = ({ made }: EmulatedService, key = KEY): Readonly<Record<string, unknown>> => {
  const [entry, ...more] = made(key);
  expect(more).toEqual([]);
  return JSON.parse(JSON.stringify(entry ?? {})) as Record<string, unknown>;
};

describe.each<Access>(['direct', 'gateway'])('a receipt and the emulated service (%s)', (access) => {
  it('becomes the one document that the ledger has', async () => {
    const at = await service({ access });
    const document = await fiscalised(at, SALE);
    const entry = inLedger(at);
    const { fn, fp, registrationNumber } = entry['document'] as Record<string, unknown>;
    expect(document).toMatchObject({ fn, fp, registrationNumber });
    expect(document['madeAt']).toMatch(/^2026-11-24T12:00:/);
    expect(JSON.stringify(entry)).toContain('buyer@example.ru');
    expect(entry['document']).toMatchObject({
      content: { receipt: { total: 80_730, vatTotals: [{ code: 11, amount: 14_558 }] } },
    });
  });

  it.each([
    ['nothing is set', undefined],
    ['both say number of the document (1040)', 'fiscal-document'],
    ['both say number in the shift (1042)', 'number-in-shift'],
  ] as const)('has its number told and understood alike: %s', async (_, receiptNumberMeans) => {
    const set = receiptNumberMeans === undefined ? {} : { receiptNumberMeans };
    const at = await service({ access, settings: set, dialect: set });
    const document = await fiscalised(at, SALE);
    const { fd, content } = inLedger(at)['document'] as {
      readonly fd: number;
      readonly content: { readonly shift: number; readonly numberInShift: number };
    };
    expect([fd, content.numberInShift]).toEqual([3, 1]);
    const inShift = { shiftNumber: content.shift, numberInShift: content.numberInShift };
    expect(document).toMatchObject(receiptNumberMeans === 'fiscal-document' ? { fd } : inShift);
    expect(Object.hasOwn(document, 'fd')).toBe(receiptNumberMeans === 'fiscal-document');
  });

  it('is asked about while it waits', async () => {
    const { provider } = await service({ access });
    const sent = await provider.send(requestOf(SALE));
    const handle = sent._tag === 'Accepted' ? sent.handle : undefined;
    expect(await provider.ask(KEY, handle)).toEqual({ _tag: 'Waiting', handle });
    expect(await provider.ask(KEY, 'no-such-receipt')).toEqual({ _tag: 'Absent' });
  });

  it('sent again under its key is the same one', async () => {
    const at = await service({ access });
    const [first, second] = [
      await at.provider.send(requestOf(SALE)),
      await at.provider.send(requestOf(SALE)),
    ];
    expect(second).toEqual(first);
    at.serviceClock.advance(LATER);
    expect(await at.provider.send(requestOf(SALE))).toMatchObject({
      _tag: 'Final',
      answer: { _tag: 'Done' },
    });
    expect(at.made(KEY)).toHaveLength(1);
  });

  it.each([
    ['the answer is lost', { do: 'reset-after' }, 'Unknown', 1],
    ['the request is lost', { do: 'reset-before' }, 'Unknown', 0],
    [
      'a gateway answers with a page although all was done',
      { do: 'gateway-page', effect: true },
      'Unknown',
      1,
    ],
    [
      'the service errs after it was done',
      { do: 'status', status: 503, type: 'SERVICE_UNAVAILABLE_PAYMENT', effect: true },
      'Unknown',
      1,
    ],
    ['the answer is no JSON', { do: 'invalid-json' }, 'Unknown', 1],
    ['the answer breaks off', { do: 'truncate' }, 'Unknown', 1],
    ['the answer is empty', { do: 'empty' }, 'Unknown', 1],
    ['the answer has no end', { do: 'endless', bytes: 4_000_000 }, 'Unknown', 1],
    ['the answer sends it elsewhere', { do: 'redirect', location: 'https://example.com/' }, 'Unknown', 0],
    ['the status is unknown', { do: 'alter', what: 'unknown-status' }, 'Unknown', 1],
    ['the answer is about another operation', { do: 'alter', what: 'foreign-operation' }, 'Unknown', 1],
    ['the answer has members nobody knows', { do: 'alter', what: 'extra-members' }, 'Accepted', 1],
    ['the service is busy', { do: 'retry-after', status: 503, seconds: 5 }, 'Unknown', 0],
  ])('when %s: told as it is, and one document after it was sent again', async (_, fault, tag, count) => {
    const at = await service({ access });
    at.faults({ when: { operation: 'submit', nth: 1 }, ...fault });
    expect((await at.provider.send(requestOf(SALE)))._tag).toBe(tag);
    at.serviceClock.advance(LATER);
    expect(at.made(KEY)).toHaveLength(count);
    const again = await at.provider.send(requestOf(SALE));
    expect(['Accepted', 'Final']).toContain(again._tag);
    at.serviceClock.advance(LATER);
    expect(await at.provider.send(requestOf(SALE))).toMatchObject({
      _tag: 'Final',
      answer: { _tag: 'Done' },
    });
    expect(at.made(KEY)).toHaveLength(1);
  });

  it('a success without its data is not believed', async () => {
    const at = await service({ access });
    const sent = await at.provider.send(requestOf(SALE));
    at.serviceClock.advance(LATER);
    at.faults({
      when: { operation: 'status', nth: 1 },
      do: 'alter',
      what: 'empty-result',
    });
    const handle = sent._tag === 'Accepted' ? sent.handle : undefined;
    expect(await at.provider.ask(KEY, handle)).toMatchObject({ _tag: 'Unavailable' });
    expect(await at.provider.ask(KEY, handle)).toMatchObject({ _tag: 'Final' });
  });

  it('a rejection proves that nothing was made, and the same key stays rejected', async () => {
    const at = await service({ access });
    at.faults({ do: 'rejected-before-signing', times: 1 });
    const sent = await at.provider.send(requestOf(SALE));
    at.serviceClock.advance(LATER);
    const handle = sent._tag === 'Accepted' ? sent.handle : undefined;
    const failed = { _tag: 'Final', answer: { _tag: 'Failed', proof: 'proved', because: 'content' } };
    expect(await at.provider.ask(KEY, handle)).toMatchObject(failed);
    expect(await at.provider.send(requestOf(SALE))).toMatchObject(failed);
    expect(at.made(KEY)).toHaveLength(0);
  });

  it('a token that expired early is renewed', async () => {
    const at = await service({ access });
    await at.provider.availability();
    at.faults({ when: { operation: 'submit', nth: 1 }, do: 'expire-token' });
    expect(await at.provider.send(requestOf(SALE))).toMatchObject({ _tag: 'Accepted' });
  });

  it('a service that does not answer in time leaves the outcome unknown', async () => {
    const at = await service({ access, settings: { timeoutMs: 5_000 } });
    await at.provider.availability();
    at.faults({ when: { operation: 'submit', nth: 1 }, do: 'hang', effect: true });
    const sent = at.provider.send(requestOf(SALE));
    // The fault strikes once the whole request has been read.
    for (let turn = 0; turn < 200 && at.made(KEY).length === 0; turn += 1) {
      await at.provider.availability();
      at.serviceClock.advance(LATER);
    }
    at.clientClock.advance(5_000);
    expect(await sent).toMatchObject({ _tag: 'Unknown', why: 'timeout' });
    expect(at.made(KEY)).toHaveLength(1);
  });

  it('tells that a register is ready', async () => {
    const { provider } = await service({ access });
    expect(await provider.availability()).toEqual({
      _tag: 'Available',
      units: [{ registrationNumber: expect.stringMatching(/^\d{16}$/), fn: '9999078900000001' }],
    });
  });
});

describe('what a receipt says stands in the document', () => {
  const receiptIn = async (content: ReceiptContent): Promise<Readonly<Record<string, unknown>>> => {
    const at = await service();
    await fiscalised(at, content);
    const { document } = inLedger(at) as {
      readonly document: { readonly content: { readonly receipt: Record<string, unknown> } };
    };
    return document.content.receipt;
  };

  it('lines, payments and VAT of every rate', async () => {
    const items = [11, 2, 5, 6, 7, 8, 12, 4, 9, 10].map((vatCode, index) => ({
      ...ITEM,
      name: `Товар ${index}`,
      price: 10_001 + index * 333,
      quantity: index === 0 ? '1.234567' : String(index),
      vatCode,
      paymentMethod: [12, 4, 9, 10].includes(vatCode) ? 1 : 4,
      measure: index === 0 ? 11 : 0,
    }));
    const draft = { items, taxation: 1 };
    const { total } = composed({ ...draft, payments: {} });
    const content = composed({ ...draft, payments: { cashless: total - 5_000, prepaid: 5_000 } });
    const receipt = await receiptIn(content);
    expect(receipt).toMatchObject({
      total,
      vatTotals: content.vatTotals,
      items: content.items.map(({ name, price, quantity, sum, vatCode, measure }) => ({
        name,
        price,
        quantity,
        sum,
        vatCode,
        measure,
      })),
    });
    expect(receipt['payments']).toMatchObject({ cashless: total - 5_000, prepaid: 5_000 });
  });

  it('a refund, a cashier, an agent with its supplier', async () => {
    const agent = {
      sign: 32,
      supplier: { inn: '7728699517', name: 'ООО Поставщик', phones: ['+79001110004'] },
    };
    const receipt = await receiptIn(
      composed({
        settlementSign: 2,
        cashier: { name: 'Кассир К.', inn: '500100732259' },
        items: [{ ...ITEM, agent }],
        payments: { cashless: 80_730 },
      }),
    );
    expect(receipt).toMatchObject({ settlementSign: 2, cashier: { name: 'Кассир К.' } });
    const told = JSON.stringify(receipt);
    for (const part of ['7728699517', 'ООО Поставщик', '+79001110004']) expect(told).toContain(part);
    expect(told).toContain('"mask":32');
  });

  it('a correction by order, with the codes of the day that is corrected', async () => {
    const correction = { type: 1, settledOn: '2025-11-30', orderNumber: '12-07/345', reason: 'not-applied' };
    const receipt = await receiptIn(
      composed({
        kind: 'correction',
        correction,
        items: [{ ...ITEM, vatCode: 1 }],
        payments: { cashless: 80_730 },
      }),
    );
    expect(receipt).toMatchObject({ kind: 'correction', vatTotals: [{ code: 1, amount: 13_455 }] });
    expect(JSON.stringify(receipt)).toContain('12-07/345');
    expect(JSON.stringify(receipt)).toContain('2025-11-30');
  });

  it('who the buyer is, and an attribute of an industry act', async () => {
    const industry = {
      authority: '030',
      documentDate: '2023-11-21',
      documentNumber: '1944',
      value: 'UUID=1',
    };
    const person = { phone: '+79123456789', name: 'Ёлкин Е.', inn: '500100732259' };
    const receipt = await receiptIn(
      composed({
        buyer: { keyId: 'k', person },
        items: [{ ...ITEM, industry: [industry] }],
        payments: { cashless: 80_730 },
      }),
    );
    const told = JSON.stringify(receipt);
    for (const part of ['+79123456789', 'Ёлкин Е.', '500100732259', '030', '1944', 'UUID=1'])
      expect(told).toContain(part);
  });
});

describe('a marked piece', () => {
  const PIECE = '010460406000600021N4N57RTCBUZTQ';
  const SCANNED = `${PIECE}\u001d91EE06\u001d92TV9pT0VmbGc5`;
  const marked = (marking: object = {}): ReceiptContent =>
    composed({
      items: [
        { ...ITEM, quantity: '1', subject: 33, marking: { code: SCANNED, plannedStatus: 1, ...marking } },
      ],
      payments: { cashless: 26_910 },
    });

  const within = ({ value }: TlvNode): ReadonlyArray<TlvNode> => (value.kind === 'nodes' ? value.nodes : []);

  /** The nodes of the line (1059) of the document, as they are in its TLV. */
  const lineIn = ({ made, running }: EmulatedService): ReadonlyArray<TlvNode> => {
    const ledger = running.emulator.machine.group('group-1')?.registers.ledger;
    const bytes = made(KEY).flatMap((entry) =>
      ledger === undefined ? [] : [sure(ledgerTlv(ledger, entry))],
    );
    const [document] = bytes.flatMap((each) => sure(decodeTlv(each)));
    return (document === undefined ? [] : within(document)).flatMap((node) =>
      node.tag === 1059 ? within(node) : [],
    );
  };

  const ofMarking = new Set([1163, 1291, 2102, 2106]);

  it('goes as 1C sends it, and stands in the document with its goods code (1163), mode (2102) and check (2106)', async () => {
    const at = await service({ shop: { conditions: { markedGoods: true } } });
    await fiscalised(at, marked());
    expect(lineIn(at).filter(({ tag }) => ofMarking.has(tag))).toEqual([
      tlv.nodes(1163, [tlv.string(1305, PIECE)]),
      tlv.integer(2102, 0),
      tlv.integer(2106, 15),
    ]);
  });

  it('is sold in part with a fraction (1291)', async () => {
    const at = await service({ shop: { conditions: { markedGoods: true } } });
    await fiscalised(at, marked({ plannedStatus: 2, fraction: { numerator: 1, denominator: 3 } }));
    expect(lineIn(at)).toContainEqual(tlv.nodes(1291, [tlv.integer(1293, 1), tlv.integer(1294, 3)]));
  });

  it('on a register that is not registered for marked goods is rejected, and nothing is made', async () => {
    const at = await service();
    const sent = await at.provider.send(requestOf(marked()));
    at.serviceClock.advance(LATER);
    const handle = sent._tag === 'Accepted' ? sent.handle : undefined;
    expect(await at.provider.ask(KEY, handle)).toMatchObject({
      _tag: 'Final',
      answer: { _tag: 'Failed', proof: 'proved', because: 'content' },
    });
    expect(at.made(KEY)).toHaveLength(0);
  });
});

describe('any sale', () => {
  const line = fc.record({
    price: fc.integer({ min: 1, max: 5_000_000 }),
    quantity: fc
      .integer({ min: 1, max: 9_999_999 })
      .map((millionths) => String(millionths / 1_000_000))
      .filter((text) => !text.includes('e')),
    vatCode: fc.constantFrom(2, 5, 6, 7, 8, 11),
  });

  it('is in the document with the sums and the VAT that the library computed', async () => {
    const at = await service();
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 5 }), async (lines) => {
        number += 1;
        const key = `57494e17-d016-487b-aaa2-${String(number).padStart(12, '0')}`;
        const items = lines.map((each) => ({ ...ITEM, measure: 11, ...each }));
        const { total } = composed({ items, payments: {} });
        fc.pre(total > 0);
        const content = composed({ items, payments: { cashless: total } });
        await fiscalised(at, content, key);
        const { document } = inLedger(at, key) as { document: { content: { receipt: object } } };
        expect(document.content.receipt).toMatchObject({
          total,
          vatTotals: content.vatTotals,
          items: content.items.map(({ price, quantity, sum, vatCode }) => ({
            price,
            quantity,
            sum,
            vatCode,
          })),
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe('setting up against the emulated service', () => {
  it.each<Access>(['direct', 'gateway'])('the check passes (%s)', async (access) => {
    const { running } = await service();
    const baseUrl = access === 'gateway' ? `${running.url}/public/program-1c` : running.url;
    const { clientClock } = await service();
    const report = await checkOneC({
      connection: connectionTo(baseUrl, access),
      secrets: ALL_SECRETS,
      runtime: clientClock.runtime,
    });
    expect(report).toMatchObject({ passed: true });
  });

  it('a wrong secret is told, and after five attempts access is closed for 30 minutes', async () => {
    const { running, clientClock } = await service();
    const wrong = {
      connection: connectionTo(running.url),
      secrets: secretsOf({ shopSecret: 'wrong' }),
      runtime: clientClock.runtime,
    };
    const codes: unknown[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const report = await checkOneC(wrong);
      expect(report.steps.find(({ state }) => state === 'failed')?.step).toBe('credentials');
      codes.push(report.note?.code);
    }
    expect(codes.at(0)).toBe('BAD_CREDENTIALS');
    expect(codes.at(-1)).toBe('TOO_MANY_REQUESTS');
  });

  it('the gateway lists its providers', async () => {
    const { running, clientClock } = await service();
    const list = await listOneCProviders({
      runtime: clientClock.runtime,
      gatewayUrl: `${running.url}/public/program-1c`,
      addressRule: 'public-and-loopback',
    });
    expect(list).toMatchObject({
      right: [
        {
          id: 'p1',
          name: 'Касса',
          enabled: true,
          authentication: 'register-group',
          cabinet: 'https://lk.example.ru',
        },
      ],
    });
  });
});
