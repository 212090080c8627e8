import type { AttemptEvent } from '@cloud-kassa/core';
import { ALARM_PERCENTS } from '@cloud-kassa/core';
import type { OpenAttempt } from './receipt-trail';

type Routed = Extract<AttemptEvent, { readonly data: { readonly generation: number } }>;

/** A new key begins with a clean account. */
const underNewKey = (attempt: OpenAttempt, { data }: Routed): void => {
  attempt.generation = data.generation;
  attempt.domain = data.domain;
  attempt.key = data.key;
  attempt.open = 0;
  attempt.intents = 0;
  attempt.payloadHash = undefined;
  attempt.contentRefused = false;
  attempt.held = undefined;
};

const voided = (attempt: OpenAttempt): void => {
  attempt.open = Math.max(0, attempt.open - 1);
  attempt.crashes = 0;
};

/** Keeps account of an attempt that is open. Every event is followed, also one that should not be there. */
export const followAttempt = (attempt: OpenAttempt, event: AttemptEvent): void => {
  switch (event.type) {
    case 'receipt.Enqueued':
      attempt.enqueued = true;
      break;
    case 'receipt.Postponed':
      attempt.postponed = true;
      break;
    case 'receipt.Resumed':
      attempt.postponed = false;
      break;
    case 'receipt.Routed':
    case 'receipt.Rerouted':
    case 'receipt.Rekeyed':
      underNewKey(attempt, event);
      break;
    case 'receipt.SendIntended':
      attempt.open += 1;
      attempt.intents += 1;
      attempt.epoch = event.data.epoch;
      attempt.payloadHash = event.data.payloadHash;
      break;
    case 'receipt.Acknowledged':
    case 'receipt.OutcomeUnknown':
      attempt.crashes = 0;
      break;
    case 'receipt.SendVoided':
    case 'receipt.Refused':
      voided(attempt);
      break;
    case 'receipt.TakenOver':
      attempt.epoch = event.data.epoch;
      if (event.data.crash) attempt.crashes += 1;
      break;
    case 'receipt.Held':
      attempt.held = event.data.reason;
      break;
    case 'receipt.KeyRetired':
      attempt.held = undefined;
      attempt.open = 0;
      attempt.retirements += 1;
      attempt.contentRefused = event.data.because === 'content';
      attempt.crashes = 0;
      break;
    case 'receipt.Released':
      attempt.held = undefined;
      attempt.crashes = 0;
      if (event.data.how === 'amended') attempt.payloadHash = undefined;
      else attempt.retirements = 0;
      break;
    case 'receipt.DeadlineAlarmed':
      attempt.alarms |= 1 << ALARM_PERCENTS.findIndex((percent) => percent === event.data.percent);
      break;
    case 'receipt.Fiscalized':
    case 'receipt.Disputed':
    case 'receipt.Compensated':
    case 'receipt.Cancelled':
      break;
  }
};
