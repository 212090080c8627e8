import { attemptKeyOf } from '../identity';
import { RECEIPT_ID } from '../receipt.testing';
import {
  FAILED,
  accepted,
  asked,
  attemptAfter,
  elsewhere,
  intend,
  rekey,
  resumeHeld,
  route,
  send,
  showNothing,
} from './attempt.testing';
import { MAXIMUM_RETIREMENTS } from './state';
import { WAYS } from './ways.testing';

const fails = [intend(), send(accepted), asked(FAILED)];
const home = { deviceId: 'device-1', domain: 'domain-1' };

describe('keys that the provider remembers as failed', () => {
  it('attempt protocol, rows 27 and 28: three may be left behind, the fourth goes to a person', () => {
    expect(MAXIMUM_RETIREMENTS).toBe(3);
    const {
      route: last,
      amendments,
      generation,
      retirements,
    } = attemptAfter(...WAYS['retired for the third time'], rekey());
    expect([amendments, generation, retirements, last?.key]).toEqual([
      0,
      3,
      3,
      attemptKeyOf(RECEIPT_ID, 'domain-1', 3),
    ]);
    expect(attemptAfter(...WAYS['held as exhausted'])).toMatchObject({
      generation: 3,
      retirements: 4,
      held: { reason: 'exhausted' },
    });
  });

  it('attempt protocol, row 4: safe reroutes do not use them up', () => {
    const moves = [1, 2, 3, 4, 5].flatMap(() => [route(elsewhere), route(home)]);
    const attempt = attemptAfter(...WAYS.ready, ...moves, ...fails, rekey());
    expect(attempt).toMatchObject({ phase: 'Ready', generation: 11, retirements: 1 });
  });

  it('attempt protocol, row 31: a person who resumes gives three more', () => {
    const again = attemptAfter(...WAYS['held as exhausted'], resumeHeld());
    expect(again).toMatchObject({ phase: 'Unknown', retirements: 0, open: 0, generation: 3 });
    const failed = attemptAfter(...WAYS['held as exhausted'], resumeHeld(), asked(FAILED), rekey());
    expect(failed).toMatchObject({ phase: 'Ready', retirements: 1, generation: 4 });
  });

  it('attempt protocol, row 33: evidence that nothing was made counts as one', () => {
    expect(attemptAfter(...WAYS['held as ambiguous'], showNothing())).toMatchObject({
      phase: 'Retired',
      retirements: 1,
      open: 0,
      contentRefused: false,
    });
  });

  it('attempt protocol, row 43: content that was refused is not sent again under a new key, however few failed', () => {
    expect(attemptAfter(...WAYS['held as rejected'])).toMatchObject({ retirements: 1, generation: 0 });
  });
});
