import type { EndedDocument, EndedReceipt, Facts } from './judge';
import { judge } from './judge';

const DRIVE = '9999078900000001';

const document = (fd: number, key: string): EndedDocument => ({
  group: 'garden-1',
  fn: DRIVE,
  fd,
  fp: fd,
  key,
});

const receipt = (number: number, change: Partial<EndedReceipt> = {}): EndedReceipt => ({
  receiptId: `receipt-${number}`,
  phase: 'Fiscalized',
  document: { fn: DRIVE, fd: number, fp: number },
  keys: new Set([`key-${number}`]),
  ...change,
});

const SHOP: Facts['shop'] = {
  confirmed: [{ paymentId: 'order-1', settlementId: 'sbp-1', receiptId: 'receipt-1' }],
  registered: ['receipt-2'],
  cancelled: new Set(),
  unrecognised: [],
  notAccepted: new Map(),
  repeated: 0,
};

/** Two receipts with a document each: one of a payment, one that was registered. */
const GOOD: Facts = {
  shop: SHOP,
  linked: new Map([['order-1 sbp-1', 'receipt-1']]),
  receipts: [receipt(1), receipt(2)],
  gone: [],
  documents: [document(1, 'key-1'), document(2, 'key-2')],
  audit: { complete: true, findings: [] },
  hosts: [],
  integrity: [],
  readModels: [],
  notIdle: [],
};

const rulesOf = (change: Partial<Facts>, isBreached = false): ReadonlyArray<string> =>
  judge({ ...GOOD, ...change }, isBreached).verdicts.map(({ rule }) => rule);

const SECOND = document(3, 'key-1');

/** The finding of the audit about two documents of receipt 1. */
const doubled = (fd: number, second: number) => ({
  rule: 'doubled',
  stream: 'receipt-receipt-1',
  detail: { receiptId: 'receipt-1', fn: DRIVE, fd, 'second.fn': DRIVE, 'second.fd': second },
});

it('finds nothing in a good end', () => {
  expect(judge(GOOD, false)).toEqual({
    counts: {
      settlements: 1,
      receipts: 2,
      fiscalized: 2,
      cancelled: 0,
      held: 0,
      documents: 2,
      lost: 0,
      doubled: 0,
      named: 0,
    },
    verdicts: [],
  });
});

describe('lost', () => {
  it('is confirmed money without a receipt', () => {
    expect(rulesOf({ linked: new Map([['order-1 sbp-1', undefined]]) })).toEqual(['lost']);
    expect(rulesOf({ linked: new Map() })).toEqual(['lost']);
  });

  it('is a receipt that is not in the log', () => {
    expect(rulesOf({ receipts: [receipt(1)], documents: [document(1, 'key-1')] })).toEqual(['lost']);
    expect(rulesOf({ receipts: [receipt(2)], documents: [document(2, 'key-2')] })).toEqual(['lost']);
  });

  it.each(['Accepted', 'Ready', 'Intended', 'Pending', 'Unknown', 'Retired'] as const)(
    'is a receipt that is still %s when all has come to rest',
    (phase) => {
      expect(rulesOf({ receipts: [receipt(1), receipt(2, { phase })] })).toEqual(['lost']);
    },
  );

  it('is not a receipt that waits for a person with a reason and has no document', () => {
    const held = receipt(2, { phase: 'Held', held: 'rejected' });
    const documents = [document(1, 'key-1')];
    expect(rulesOf({ receipts: [receipt(1), held], documents })).toEqual([]);
    expect(rulesOf({ receipts: [receipt(1), held] })).toEqual(['document-not-recorded']);
    expect(rulesOf({ receipts: [receipt(1), receipt(2, { phase: 'Held' })], documents })).toEqual(['lost']);
  });

  it('is a receipt that was in the log and is there no more', () => {
    expect(rulesOf({ gone: ['receipt-3: not-found'] })).toEqual(['lost']);
  });

  it('is a receipt that nobody cancelled', () => {
    const receipts = [receipt(1), receipt(2, { phase: 'Cancelled' })];
    const documents = [document(1, 'key-1')];
    expect(rulesOf({ receipts, documents })).toEqual(['lost']);
    const shop = { ...SHOP, cancelled: new Set(['receipt-2']) };
    expect(rulesOf({ receipts, documents, shop })).toEqual([]);
    expect(rulesOf({ receipts, shop })).toEqual(['doubled']);
    expect(rulesOf({ shop })).toEqual(['cancelled-in-vain']);
  });
});

describe('doubled', () => {
  it('is a receipt with two documents under one key', () => {
    expect(rulesOf({ documents: [...GOOD.documents, SECOND] })).toEqual(['doubled']);
  });

  it('is a receipt with a document under each of two keys', () => {
    const receipts = [receipt(1, { keys: new Set(['key-1', 'key-3']) }), receipt(2)];
    expect(rulesOf({ receipts, documents: [...GOOD.documents, document(3, 'key-3')] })).toEqual(['doubled']);
  });

  it('has to be named by the audit with every document where an assumption was broken', () => {
    const documents = [...GOOD.documents, SECOND];
    const named = { complete: true, findings: [doubled(1, 3)] };
    expect(rulesOf({ documents }, true)).toEqual(['double-not-named']);
    expect(rulesOf({ documents, audit: named }, true)).toEqual([]);
    const third = [...documents, document(4, 'key-1')];
    expect(rulesOf({ documents: third, audit: named }, true)).toEqual(['double-not-named']);
    const bothNamed = { complete: true, findings: [doubled(1, 3), doubled(1, 4)] };
    expect(judge({ ...GOOD, documents: third, audit: bothNamed }, true)).toMatchObject({
      counts: { doubled: 1, named: 1 },
      verdicts: [],
    });
  });

  it('is a document of a cancelled receipt too, and has to be named as that', () => {
    const facts = {
      receipts: [receipt(1), receipt(2, { phase: 'Cancelled' })],
      shop: { ...SHOP, cancelled: new Set(['receipt-2']) },
    };
    const detail = { receiptId: 'receipt-2' };
    const findings = [{ rule: 'document-after-cancel', stream: 'receipt-receipt-2', detail }];
    expect(rulesOf(facts, true)).toEqual(['double-not-named']);
    expect(rulesOf({ ...facts, audit: { complete: true, findings } }, true)).toEqual([]);
  });
});

describe('documents', () => {
  it('of a fiscalized receipt are in the ledger as recorded', () => {
    expect(rulesOf({ documents: [document(1, 'key-1')] })).toEqual(['document-missing']);
    expect(rulesOf({ documents: [document(1, 'key-1'), document(7, 'key-2')] })).toEqual([
      'document-missing',
    ]);
  });

  it('of the ledger belong to a receipt', () => {
    expect(rulesOf({ documents: [...GOOD.documents, document(3, 'key-of-nobody')] })).toEqual([
      'document-unknown',
    ]);
  });
});

it('a settlement is linked to the receipt that is its own, and to no other', () => {
  expect(rulesOf({ linked: new Map([['order-1 sbp-1', 'receipt-2']]) })).toEqual(['linked-wrongly']);
  const confirmed = [
    ...SHOP.confirmed,
    { paymentId: 'order-1', settlementId: 'sbp-2', receiptId: 'receipt-1' },
  ];
  const linked = new Map([...GOOD.linked, ['order-1 sbp-2', 'receipt-1'] as const]);
  expect(rulesOf({ shop: { ...SHOP, confirmed }, linked })).toEqual(['linked-wrongly']);
});

it('whatever the audit, SQLite, the read models, the hosts or the workers complain of is found', () => {
  const finding = { rule: 'chain-broken', stream: 'receipt-1', detail: {} };
  for (const isBreached of [false, true]) {
    expect(rulesOf({ audit: { complete: true, findings: [finding] } }, isBreached)).toEqual(['audit']);
    expect(rulesOf({ audit: { complete: false, findings: [] } }, isBreached)).toEqual(['audit']);
    expect(rulesOf({ integrity: ['row 1 missing'] }, isBreached)).toEqual(['file-damaged']);
    expect(rulesOf({ readModels: ['queue differs'] }, isBreached)).toEqual(['read-model']);
    expect(rulesOf({ hosts: ['worker-1 shows another queue'] }, isBreached)).toEqual(['hosts-differ']);
    expect(rulesOf({ notIdle: ['order-9 waits'] }, isBreached)).toEqual(['not-idle']);
    expect(rulesOf({ shop: { ...SHOP, unrecognised: ['confirm'] } }, isBreached)).toEqual([
      'repeat-not-recognised',
    ]);
  }
  const unaccounted = { rule: 'document-unaccounted', stream: 'receipt-1', detail: {} };
  expect(rulesOf({ audit: { complete: true, findings: [unaccounted] } })).toEqual(['audit']);
  expect(rulesOf({ audit: { complete: true, findings: [unaccounted] } }, true)).toEqual([]);
});
