import { INITIAL_ATTEMPT, type ReceiptEvent } from '@cloud-kassa/core';
import { providerStateAfter, type ProviderState } from './provider-state';
import { at } from './world.testing';

const event = (type: string, data: object = {}): ReceiptEvent =>
  ({ type: `receipt.${type}`, data: { at: at(0), ...data } }) as unknown as ReceiptEvent;

/** Of the event and of what was known before it; `open` counts the sends that are unaccounted for after it. */
const CASES: ReadonlyArray<
  readonly [
    before: ProviderState | undefined,
    event: ReceiptEvent,
    open: number,
    after: ProviderState | undefined,
  ]
> = [
  [undefined, event('Enqueued'), 0, undefined],
  [undefined, event('SendIntended'), 1, 'in-progress'],
  ['unknown', event('SendIntended'), 2, 'unknown'],
  ['in-progress', event('Acknowledged'), 1, 'in-progress'],
  ['in-progress', event('SendVoided'), 0, undefined],
  ['unknown', event('SendVoided'), 1, 'unknown'],
  ['in-progress', event('OutcomeUnknown'), 1, 'unknown'],
  ['in-progress', event('TakenOver'), 1, 'unknown'],
  ['in-progress', event('Refused'), 0, 'rejected'],
  ['unknown', event('Refused'), 1, 'unknown'],
  ['rejected', event('Held', { reason: 'invalid' }), 0, 'rejected'],
  ['in-progress', event('Held', { reason: 'ambiguous' }), 1, 'rejected'],
  ['unknown', event('Held', { reason: 'horizon' }), 1, 'unknown'],
  ['in-progress', event('KeyRetired', { because: 'content' }), 0, 'rejected'],
  ['unknown', event('KeyRetired', { because: 'evidence' }), 0, 'unknown'],
  ['rejected', event('Rekeyed'), 0, undefined],
  ['rejected', event('Rerouted'), 0, undefined],
  ['rejected', event('Released', { how: 'amended' }), 0, undefined],
  ['rejected', event('Released', { how: 'resumed' }), 1, 'unknown'],
  ['in-progress', event('Fiscalized', { source: 'provider' }), 1, 'success'],
  ['unknown', event('Fiscalized', { source: 'manual' }), 1, 'unknown'],
  ['in-progress', event('Disputed', { found: {} }), 1, 'success'],
  ['unknown', event('Disputed'), 1, 'unknown'],
  ['unknown', event('DeadlineAlarmed'), 1, 'unknown'],
  ['success', event('OfdConfirmed'), 0, 'success'],
  [undefined, event('Cancelled'), 0, undefined],
];

describe('what the provider said', () => {
  it.each(CASES.map(([before, given, open, after]) => ({ type: given.type, before, open, after, given })))(
    '$type after $before with $open open is $after',
    ({ before, given, open, after }) => {
      expect(providerStateAfter(before, given, { ...INITIAL_ATTEMPT, open })).toBe(after);
    },
  );
});
