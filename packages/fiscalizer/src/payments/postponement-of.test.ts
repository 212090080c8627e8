import { postponementOf } from './postponement-of';
import type { OrderFailure } from '../registration/registration-order';

const failed = (failure: OrderFailure) => postponementOf({ _tag: 'Failed', failure });

describe('why a settlement has no receipt yet (S38)', () => {
  it.each(['no-device', 'no-register', 'policy'] as const)('no route: %s', (reason) => {
    expect(postponementOf({ _tag: 'NoRoute', reason, refused: [] })).toEqual({ _tag: 'Postpone', reason });
  });

  it.each([
    ['contact-required', 'buyer', 'no-contact'],
    ['phone-length', 'customer.phone', 'no-contact'],
    ['email-domain', 'customer.email', 'no-contact'],
    ['contact-malformed', 'buyer.person.phone', 'refused'],
    ['needs-correction', 'settledAt', 'refused'],
  ])('refused by %s', (rule, field, reason) => {
    expect(postponementOf({ _tag: 'Refused', rule, field, detail: { days: 1 } })).toEqual({
      _tag: 'Postpone',
      reason,
      objection: { rule, field },
    });
  });

  it('refused by the policy of the register waits for the policy', () => {
    expect(postponementOf({ _tag: 'Refused', rule: 'register-policy', field: 'facts.origin' })).toEqual({
      _tag: 'Postpone',
      reason: 'policy',
    });
  });

  it('what can not be read or never be written is shown; what may answer later is tried again', () => {
    expect(
      failed({
        _tag: 'NewerVersion',
        stream: 'receipt-1',
        revision: 1,
        type: 't',
        version: 2,
        newestKnown: 1,
      }),
    ).toMatchObject({ reason: 'undecodable', objection: { rule: 'NewerVersion', field: 'receipt-1' } });
    expect(failed({ _tag: 'Corrupt', stream: 'receipt-1', why: 'chain' })).toMatchObject({
      reason: 'undecodable',
    });
    expect(
      failed({ _tag: 'CommandNotCanonical', path: 'command.data', rule: 'lone-surrogate' }),
    ).toMatchObject({
      reason: 'refused',
      objection: { rule: 'lone-surrogate', field: 'command.data' },
    });
    expect(failed({ _tag: 'Rejected', rule: 'too-large', why: 'x' })).toMatchObject({ reason: 'refused' });
    for (const failure of [
      { _tag: 'Unavailable', why: 'x' },
      { _tag: 'OutcomeUnknown', why: 'x' },
      { _tag: 'Rejected', rule: 'closed', why: 'x' },
      { _tag: 'TooContended', stream: 's', attempts: 8 },
      { _tag: 'KeyRingUnavailable', why: 'x' },
    ] as const)
      expect(failed(failure)).toEqual({ _tag: 'TryAgain', why: failure._tag });
  });
});
