import * as E from 'fp-ts/Either';
import type { Step } from './attempt/attempt.testing';
import {
  DONE,
  OTHER_DOCUMENT,
  accepted,
  alarm,
  amend,
  ask,
  asked,
  cancel,
  elsewhere,
  enqueue,
  holdForHorizon,
  holdWithoutHandle,
  intend,
  play,
  postpone,
  resend,
  resume,
  resumeHeld,
  route,
  send,
  settle,
  showDocument,
  showNothing,
} from './attempt/attempt.testing';
import type { AttemptRule } from './attempt/rejections';
import { ATTEMPT_RULES } from './attempt/rejections';
import type { Way } from './attempt/ways.testing';
import { WAYS } from './attempt/ways.testing';
import type { Person } from './buyer';
import { decideReceipt } from './decide';
import { FENCE_RULES } from './fence/fence-rules';
import { receiptIdOf } from './identity';
import { CANARY, CONTENT, NOW, ORGANISATION, SOURCE, later, register } from './receipt.testing';
import type { RegistrationRule } from './rejections';
import { ALL_RECEIPT_RULES, REGISTRATION_RULES } from './rejections';
import { sampleContent, sampleDraft } from './rules/sample-receipt.arbitrary';
import { RECEIPT_RULES } from './rules/receipt-rules';

type Case = readonly [way: Way | 'nothing', step: Step, field: string, before?: Step];

const refund = sampleContent(
  '1.2',
  sampleDraft('1.2', { settlementSign: 2, buyer: { keyId: 'b', person: CANARY } }),
);
const again =
  (change: Parameters<typeof register>[0] = {}): Step =>
  () =>
    register(change);
const copied: Step = () => ({
  type: 'RecordBuyerCopy',
  data: { now: NOW, channel: 'email', by: 'ofd', status: 'sent' },
});
const confirmed: Step = () => ({ type: 'RecordOfdConfirmation', data: { now: NOW } });
const reserve: Step = () => ({
  type: 'ReserveRefund',
  data: {
    now: NOW,
    refundId: 'refund-1',
    items: CONTENT.items.map(({ quantity, sum }, line) => ({ line, quantity, sum })),
    sums: CONTENT.payments,
  },
});
const other = { ...SOURCE, settlementId: 'payment-2' };

const CASES: Readonly<Record<RegistrationRule | AttemptRule, ReadonlyArray<Case>>> = {
  'not-registered': [enqueue, route(), cancel, copied, confirmed, reserve].map((step) => [
    'nothing',
    step,
    'receiptId',
  ]),
  'receipt-id': [
    ['nothing', again({ source: other }), 'receiptId'],
    ['fiscalized', again({ source: other }), 'receiptId'],
    [
      'nothing',
      again({
        source: { ...SOURCE, document: '\ud800' },
        receiptId: receiptIdOf(ORGANISATION, { ...SOURCE, document: '\ud800' }),
      }),
      'source',
    ],
  ],
  'settlement-differs': [
    ['registered', again({ content: { ...CONTENT, internet: false } }), 'content.internet'],
    ['cancelled', again({ content: refund }), 'content.buyer'],
  ],
  'refund-not-reserved': [
    [
      'nothing',
      again({
        content: refund,
        parents: [{ relation: 'refunds', link: { kind: 'receipt', receiptId: 'sale-1' } }],
      }),
      'parents.0.reservation',
    ],
  ],
  'parent-missing': [['nothing', again({ content: refund }), 'parents']],
  'reserved-against': [
    ['ready', cancel, 'receiptId', reserve],
    ['held as invalid', amend(refund), 'settlement.content', reserve],
  ],
  'not-fiscalized': [
    ['pending', copied, 'status'],
    ['cancelled', confirmed, 'status'],
  ],
  'transition-forbidden': [
    ['pending', cancel, 'phase'],
    ['disputed', showDocument(), 'phase'],
  ],
  'sends-unaccounted-for': [
    ['ready, one of two sends void', route(elsewhere), 'open'],
    ['ready, one of two sends void', cancel, 'open'],
    ['held as ambiguous', cancel, 'open'],
    ['held as invalid, one send unaccounted for', amend(), 'open'],
    ['ready, one of two sends void', postpone(), 'open'],
  ],
  'not-enqueued': [['registered', route(), 'phase']],
  postponed: [
    ['accepted, postponed', route(), 'phase'],
    ['ready, postponed', intend(), 'phase'],
  ],
  'not-postponed': [['accepted', resume, 'phase']],
  'retry-not-due': [['ready, the only send void', intend(), 'retryAt']],
  'parents-waiting': [['ready', intend({ parents: 'waiting' }), 'parents']],
  'horizon-passed': [['unknown', resend({ now: later(10 ** 12) }), 'firstIntentAt']],
  'horizon-not-passed': [
    ['unknown', holdForHorizon({ now: NOW }), 'firstIntentAt'],
    ['held as poison', showNothing({ providerRemembersFailure: false }), 'lastIntentAt'],
  ],
  'quiet-period': [['unknown', resend({ waitedMs: 0 }), 'lastIntentAt']],
  'payload-changed': [['unknown', resend({ payloadHash: CANARY.email }), 'payloadHash']],
  'evidence-missing': [['unknown', intend(), 'evidence']],
  'stale-epoch': [['intended', send(accepted, { epoch: 7 }), 'epoch']],
  'stale-key': [['pending', ask({ kind: 'waiting' }, { key: CANARY.phone }), 'key']],
  'hold-reason': [
    ['held as ambiguous', resumeHeld(), 'settlement.how'],
    ['held as rejected', showNothing(), 'settlement.how'],
    ['held as poison', amend(), 'settlement.how'],
  ],
  'person-unnamed': [
    ['held as poison', resumeHeld({ by: ' ' }), 'by'],
    ['disputed', settle({ how: 'compensated', compensatingReceiptId: 'r' }, { by: '' }), 'by'],
  ],
  'two-persons-required': [
    ['held for the horizon', resumeHeld({ by: CANARY.name, secondBy: CANARY.name }), 'secondBy'],
    ['held as ambiguous', showNothing({ note: CANARY.phone }, { secondBy: '' }), 'secondBy'],
  ],
  'evidence-incomplete': [
    ['held as ambiguous', showNothing({ ofdShowsNothing: false, note: CANARY.email }), 'settlement.evidence'],
    ['held as ambiguous', showDocument({ fn: CANARY.phone }), 'settlement.document'],
    ['fiscalized', showDocument({ fn: OTHER_DOCUMENT.fn, fd: 1 }), 'settlement.document'],
  ],
  'content-not-amended': [['held as invalid', amend(CONTENT), 'settlement.content']],
  'handle-expected': [['pending', holdWithoutHandle({ code: CANARY.name }), 'handle']],
  'deadline-percent': [['ready', alarm(99), 'percent']],
};

const refusalOf = (way: Way | 'nothing', step: Step, before?: Step) => {
  const receipt = play(
    ...WAYS[way === 'nothing' ? 'registered' : way],
    ...(before === undefined ? [] : [before]),
  );
  return decideReceipt(step(receipt), way === 'nothing' ? undefined : receipt);
};

const rows = Object.entries(CASES).flatMap(([rule, list]) =>
  list.map(([way, step, field, before]) => ({ rule, way, step, field, before })),
);

const secrets = [...Object.values(CANARY), 'Иванова', 'Петров', 'canary'];

describe('every refusal of a receipt, apart from its content and its fence', () => {
  it.each(rows)('$rule at $field ($way)', ({ rule, way, step, field, before }) => {
    expect(refusalOf(way, step, before)).toEqual(E.left(expect.objectContaining({ rule, field })));
  });

  it('has a case of every rule, and describes it in both languages with its source', () => {
    expect(Object.keys(CASES).toSorted()).toEqual(
      [...Object.keys(REGISTRATION_RULES), ...Object.keys(ATTEMPT_RULES)].toSorted(),
    );
    expect(Object.values(CASES).filter((list) => list.length === 0)).toEqual([]);
    for (const { english, russian, source } of Object.values(ALL_RECEIPT_RULES)) {
      expect(english).toMatch(/^[A-Z].*\.$/);
      expect(russian).toMatch(/^[А-Я].*\.$/);
      expect(source).not.toBe('');
    }
  });

  it('shares no name with the rules of content and fence', () => {
    const tables = [REGISTRATION_RULES, ATTEMPT_RULES, FENCE_RULES, RECEIPT_RULES];
    const count = tables.reduce((sum, table) => sum + Object.keys(table).length, 0);
    expect(Object.keys(ALL_RECEIPT_RULES)).toHaveLength(count);
  });
});

describe('no refusal says who the buyer is', () => {
  it.each(rows)('$rule ($way)', ({ way, step, before }) => {
    const text = JSON.stringify(refusalOf(way, step, before));
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  const malformed: ReadonlyArray<Partial<Person>> = [
    { phone: 'canary-phone' },
    { email: 'canary-email' },
    { name: 'canary-\u4e00' },
    { inn: 'canary-inn' },
    { birthDate: 'canary-date' },
    { citizenship: 'canary-citizenship' },
    { documentCode: 'canary-code' },
    { documentData: `canary-${'x'.repeat(300)}` },
    { address: 'canary-\u4e00' },
  ];
  it.each(malformed)('54-FZ, 152-FZ: a malformed %j is refused by its field', (person) => {
    const [field = ''] = Object.keys(person);
    const content = { ...CONTENT, buyer: { keyId: 'buyer-1', person: { ...CANARY, ...person } } };
    const registered = decideReceipt(register({ content }), undefined);
    const held = refusalOf('held as invalid', amend(content));
    for (const refused of [registered, held]) {
      expect(refused).toEqual(E.left(expect.objectContaining({ field: `buyer.person.${field}` })));
      const text = JSON.stringify(refused);
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });

  it('nor does the refusal of a document that is not the receipt’s', () => {
    const answer = refusalOf('pending', asked(DONE, { key: CANARY.email }));
    expect(JSON.stringify(answer)).not.toContain(CANARY.email);
  });
});
