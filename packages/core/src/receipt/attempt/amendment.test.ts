import * as E from 'fp-ts/Either';
import { decideReceipt } from '../decide';
import { CONTENT, FACTS, verdict } from '../receipt.testing';
import { DEFAULT_PROFILE } from '../rules/profile';
import { day, sampleContent, sampleDraft, sampleFacts, sampleItem } from '../rules/sample-receipt.arbitrary';
import { AMENDED, amend, play, settle } from './attempt.testing';
import { WAYS } from './ways.testing';

const THEIR_FACTS = sampleFacts('1.2', {
  register: { organisation: '7725327863' },
  device: { organisation: '7725327863' },
});

/** A payment for goods shipped on credit, at 20 %. */
const EARLIER = sampleContent(
  '1.2',
  sampleDraft('1.2', { items: [sampleItem('1.2', { vatCode: 1, paymentMethod: 7 })] }),
);

describe('amended content', () => {
  it.each(['held as invalid', 'held as rejected'] as const)(
    'attempt protocol, rows 30 and 43: %s, amended content is admitted as a new receipt is',
    (way) => {
      const receipt = play(...WAYS[way]);
      const broken = amend({ ...AMENDED, total: CONTENT.payments.cash });
      expect(decideReceipt(broken(receipt), receipt)).toEqual(
        E.left(expect.objectContaining({ rule: 'total-outside-rouble', field: 'total' })),
      );
    },
  );

  it('attempt protocol, row 30: a contact alone may be amended, under the same key of the buyer', () => {
    const receipt = play(...WAYS['held as invalid']);
    const content = { ...CONTENT, buyer: { keyId: 'buyer-1', person: { email: 'right@example.ru' } } };
    const after = play(...WAYS['held as invalid'], amend(content));
    expect(after.content).toEqual(content);
    expect(after.attempt.route).toEqual(receipt.attempt.route);
  });

  it.each([
    ['for the organisation of the receipt', { facts: THEIR_FACTS }, 'organisation-differs'],
    ['under the profile', { profile: { ...DEFAULT_PROFILE, mostLines: 0 } }, 'too-many-lines'],
    ['at rates in force', { content: EARLIER }, 'vat-code-not-in-force'],
  ])('attempt protocol, rows 30 and 43: admitted %s', (_how, change, rule) => {
    const receipt = play(...WAYS['held as rejected']);
    const step = settle({ how: 'amend', content: AMENDED, facts: FACTS, ...change });
    expect(verdict(step(receipt), receipt)).toMatch(new RegExp(`^${rule} `));
  });

  it('tag 1199: an earlier rate is admitted on its ground', () => {
    const receipt = play(...WAYS['held as rejected']);
    const legacyVat = { ground: 'credit-of-earlier-shipment', earlier: day('2025-12-30') } as const;
    const step = settle({ how: 'amend', content: EARLIER, facts: FACTS, legacyVat });
    expect(verdict(step(receipt), receipt)).toBe(1);
  });

  it('54-FZ art. 4.7: a sale amended to a refund would name no sale', () => {
    const receipt = play(...WAYS['held as invalid']);
    const refund = sampleContent('1.2', sampleDraft('1.2', { settlementSign: 2 }));
    expect(verdict(amend(refund)(receipt), receipt)).toBe('parent-missing parents');
  });

  it('S25: the shift of the day of the amendment has nothing to do with the settlement', () => {
    const receipt = play(...WAYS['held as invalid']);
    const facts = { ...FACTS, origin: 'manual' as const };
    const step = settle({ how: 'amend', content: AMENDED, facts });
    expect(E.isRight(decideReceipt(step(receipt), receipt))).toBe(true);
  });
});
