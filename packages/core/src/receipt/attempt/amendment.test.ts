import * as E from 'fp-ts/Either';
import { decideReceipt } from '../decide';
import { CONTENT, FACTS } from '../receipt.testing';
import { AMENDED, amend, play, settle } from './attempt.testing';
import { WAYS } from './ways.testing';

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

  it('S25: the shift of the day of the amendment has nothing to do with the settlement', () => {
    const receipt = play(...WAYS['held as invalid']);
    const facts = { ...FACTS, origin: 'manual' as const };
    const step = settle({ how: 'amend', content: AMENDED, facts });
    expect(E.isRight(decideReceipt(step(receipt), receipt))).toBe(true);
  });
});
