import type { Instant } from '@cloud-kassa/ffd';
import { instantFromMilliseconds, millisecondsOf } from '@cloud-kassa/ffd';
import type { SettleReceipt } from './attempt/commands';
import { decideReceipt } from './decide';
import type { AnyReceiptRule } from './rejections';
import type { Receipt } from './state';

type Settlement = SettleReceipt['data']['settlement'];

/** What a named person may say of a receipt as it stands. */
export interface OpenWay {
  readonly how: Settlement['how'] | 'cancel';
  /** Two persons state it, with evidence that there is no document. */
  readonly twoPersons: boolean;
  /** It is open only where the provider remembers that it failed. */
  readonly providerRemembers: boolean;
  /** Not open yet: only from this moment. */
  readonly from?: Instant;
}

/** Why a receipt may not be cancelled: it has a document, it is cancelled already, or else the rule that refuses it. */
export type CancelRefusal = AnyReceiptRule | 'has-document' | 'already-cancelled';

interface Variant extends Omit<OpenWay, 'from'> {
  readonly settlement: Settlement;
}

const EVIDENCE = {
  providerRemembersFailure: false,
  ofdShowsNothing: true,
  unsentQueueEmpty: true,
  note: '-',
};

/** A document that no drive has made: only whether a document may be named is asked with it. */
const ANY_DOCUMENT = { fn: '0000000000000000', fd: 0, fp: 0 };

/** The weaker statement comes first: what asks less of a person than the next. */
const variantsOf = (receipt: Receipt, horizonMs: number | undefined): ReadonlyArray<Variant> => {
  const one = { twoPersons: false, providerRemembers: false };
  const two = { twoPersons: true, providerRemembers: false };
  const { content, facts } = receipt;
  return [
    { how: 'amend', ...one, settlement: { how: 'amend', content, facts } },
    ...(horizonMs === undefined
      ? []
      : ([
          { how: 'resume', ...one, settlement: { how: 'resume', horizonMs } },
          { how: 'resume', ...two, settlement: { how: 'resume', horizonMs, evidence: EVIDENCE } },
        ] as const)),
    { how: 'document', ...one, settlement: { how: 'document', document: ANY_DOCUMENT } },
    ...(horizonMs === undefined
      ? []
      : ([
          { how: 'no-document', ...two, settlement: { how: 'no-document', horizonMs, evidence: EVIDENCE } },
          {
            how: 'no-document',
            ...two,
            providerRemembers: true,
            settlement: {
              how: 'no-document',
              horizonMs,
              evidence: { ...EVIDENCE, providerRemembersFailure: true },
            },
          },
        ] as const)),
    { how: 'compensated', ...one, settlement: { how: 'compensated', compensatingReceiptId: '-' } },
  ];
};

/** Refusals that speak of the corrected content and not of the state: the receipt waits for another content than it has. */
const ASKS_FOR_CONTENT: ReadonlySet<AnyReceiptRule> = new Set(['content-not-amended']);

/**
 * The ways of `SettleReceipt` and `CancelReceipt` that are open, each answered by the decider itself: what it would refuse is not told.
 * A way that only time keeps shut bears the moment from which it is open. Without the horizon of the provider, in milliseconds, the ways
 * that are measured against it are left out.
 */
export const openWays = (
  receipt: Receipt,
  now: Instant,
  horizonMs: number | undefined,
): ReadonlyArray<OpenWay> => {
  const { epoch, lastIntentAt } = receipt.attempt;
  const settled = variantsOf(receipt, horizonMs).flatMap(({ settlement, ...way }): ReadonlyArray<OpenWay> => {
    const data = { now, epoch, settlement, by: 'one', ...(way.twoPersons ? { secondBy: 'two' } : {}) };
    const decided = decideReceipt({ type: 'SettleReceipt', data }, receipt);
    if (decided._tag === 'Right' || ASKS_FOR_CONTENT.has(decided.left.rule)) return [way];
    return decided.left.rule === 'horizon-not-passed' && horizonMs !== undefined && lastIntentAt !== undefined
      ? [{ ...way, from: instantFromMilliseconds(millisecondsOf(lastIntentAt) + horizonMs) }]
      : [];
  });
  // Where less is enough at that time, nobody is asked for more.
  const ways = settled.filter(
    ({ how, from }, index) =>
      !settled
        .slice(0, index)
        .some((weaker) => weaker.how === how && (weaker.from === undefined || weaker.from === from)),
  );
  return cancelRefusal(receipt, now) === undefined
    ? [...ways, { how: 'cancel', twoPersons: false, providerRemembers: false }]
    : ways;
};

/** Why a receipt may not be cancelled now; `undefined` where it may. */
export const cancelRefusal = (receipt: Receipt, now: Instant): CancelRefusal | undefined => {
  const { phase, document, open } = receipt.attempt;
  if (phase === 'Cancelled') return 'already-cancelled';
  const decided = decideReceipt({ type: 'CancelReceipt', data: { now, by: 'one', reason: '-' } }, receipt);
  if (decided._tag === 'Right') return undefined;
  if (document !== undefined) return 'has-document';
  return open > 0 ? 'sends-unaccounted-for' : decided.left.rule;
};
