import type { Step } from './attempt.testing';
import {
  AMBIGUOUS,
  CONTENT_REFUSED,
  DIFFERING,
  DONE,
  FAILED,
  accepted,
  ask,
  asked,
  cancel,
  enqueue,
  holdForHorizon,
  holdWithoutHandle,
  intend,
  refusedLater,
  lost,
  notSent,
  postpone,
  refusedInvalid,
  rekey,
  resend,
  route,
  send,
  takeOver,
} from './attempt.testing';

const ready = [enqueue, route()];
const voided = [...ready, intend(), send(refusedLater)];
const intended = [...ready, intend()];
const pending = [...intended, send(accepted)];
const unknown = [...intended, send(lost)];
const retired = [...pending, asked(FAILED)];
/** Three crashes: each time the receipt was alone in flight, and its worker came back from the dead. */
const slow = { slowStart: true };
const crash = takeOver({ because: 'worker-restarted' });
const crashing = [...ready, intend(slow), crash, resend(slow), crash, resend(slow)];
const onceMore = [rekey(), intend(), send(accepted), asked(FAILED)];
const spent = [...retired, ...onceMore, ...onceMore, ...onceMore];

/** The ways from the registration to every phase, and to its variants that the guards tell apart. */
export const WAYS = {
  registered: [],
  accepted: [enqueue],
  'accepted, postponed': [enqueue, postpone()],
  ready,
  'ready, postponed': [...ready, postpone()],
  'ready, the only send void': voided,
  'ready, one of two sends void': [...unknown, resend(), send(notSent)],
  intended,
  'intended, one send unaccounted for': [...unknown, resend()],
  'intended, two crashes before': crashing,
  pending,
  'pending without a handle': [...intended, send({ kind: 'exists' })],
  unknown,
  'unknown, taken over': [...intended, takeOver()],
  retired,
  'retired, content refused': [...pending, asked(CONTENT_REFUSED)],
  'retired for the third time': [...retired, ...onceMore, ...onceMore],
  'retired for the fourth time': spent,
  'held as invalid': [...intended, send(refusedInvalid)],
  'held as invalid, one send unaccounted for': [...unknown, resend(), send(refusedInvalid)],
  'held as rejected': [...pending, asked(CONTENT_REFUSED), rekey()],
  'held as ambiguous': [...pending, asked(AMBIGUOUS)],
  'held as exhausted': [...spent, rekey()],
  'held for the horizon': [...unknown, holdForHorizon()],
  'held as poison': [...crashing, crash],
  'held without a handle': [...unknown, holdWithoutHandle()],
  fiscalized: [...pending, asked(DONE)],
  cancelled: [...ready, cancel],
  'cancelled before it was routed': [enqueue, cancel],
  disputed: [...pending, asked(DIFFERING)],
  'pending again': [...unknown, ask({ kind: 'waiting' })],
} satisfies Readonly<Record<string, ReadonlyArray<Step>>>;

export type Way = keyof typeof WAYS;

export const WAY_NAMES = Object.keys(WAYS) as ReadonlyArray<Way>;
