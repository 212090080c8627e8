import * as E from 'fp-ts/Either';
import type {
  AskOutcome,
  ReceiptCommand,
  ReceiptRefusal,
  ReceiptState,
  SendOutcome,
} from '@cloud-kassa/core';
import { MAXIMUM_RETIREMENTS, isHorizonPassed } from '@cloud-kassa/core';
import type { Instant } from '@cloud-kassa/ffd';
import { instantFromMilliseconds } from '@cloud-kassa/ffd';
import type { HandlerError } from '@cloud-kassa/event-store';
import type { AskAnswer, FiscalProvider, FiscalRequest, SendAnswer } from '@cloud-kassa/provider';
import type { Runtime } from '@cloud-kassa/runtime';
import { pauseOf } from '../backoff';
import type { DeviceGate } from './device-gate';
import type { OpenReceipt } from './open-receipt';
import { alarmDeadlineOf } from './next-alarm';
import { askOutcomeOf, healthOf, notMade, sendOutcomeOf } from './outcome-of';
import { payloadHashOf, traceTagOf } from './payload-hash';
import type { Receipts } from '../handlers';
import type { Devices } from '../devices/devices';
import { inTime } from '../in-time';
import type { FiscalizerSettings } from '../settings';

/** What one step came to. `Moved`: the stream has new events. `Still`: nothing to record. */
export type StepResult =
  | { readonly _tag: 'Moved' }
  | { readonly _tag: 'Still' }
  | { readonly _tag: 'Refused'; readonly rule: string }
  | { readonly _tag: 'StoreFailed'; readonly error: string };

export interface AttemptRunnerOptions {
  readonly receipts: Receipts;
  readonly devices: Devices;
  readonly gate: (deviceId: string) => DeviceGate | undefined;
  readonly runtime: Runtime;
  readonly settings: FiscalizerSettings;
  /** This process in this life: `name/incarnation`. */
  readonly worker: string;
  /** Monotonic milliseconds for which this process still surely holds the receipt's shard. */
  readonly leaseLeft: (shard: number) => number;
  /** Takes in the state that a command led to. */
  readonly moved: (entry: OpenReceipt, state: ReceiptState, revision: number) => void;
  /** Whether the receipt's parents all have documents. */
  readonly parents: (entry: OpenReceipt) => Promise<'fiscalized' | 'waiting'>;
}

/** The hands of the attempt protocol: each function makes one step of one receipt. None of them rejects. */
export interface AttemptRunner {
  readonly route: (entry: OpenReceipt) => Promise<StepResult>;
  readonly resume: (entry: OpenReceipt) => Promise<StepResult>;
  readonly send: (entry: OpenReceipt, evidence?: 'resending-is-asking') => Promise<StepResult>;
  readonly ask: (entry: OpenReceipt) => Promise<StepResult>;
  readonly giveUpWaiting: (entry: OpenReceipt) => Promise<StepResult>;
  readonly takeOver: (
    entry: OpenReceipt,
    because: 'lease-ran-out' | 'worker-restarted',
  ) => Promise<StepResult>;
  readonly rekey: (entry: OpenReceipt) => Promise<StepResult>;
  readonly holdForHorizon: (entry: OpenReceipt) => Promise<StepResult>;
  readonly holdWithoutHandle: (entry: OpenReceipt) => Promise<StepResult>;
  readonly alarm: (entry: OpenReceipt, percent: number) => Promise<StepResult>;
  readonly recordOwed: (entry: OpenReceipt) => Promise<StepResult>;
}

const MOVED: StepResult = { _tag: 'Moved' };
const STILL: StepResult = { _tag: 'Still' };

/** Without a device a receipt is looked at again after so long, up to an hour later each time. */
const NO_DEVICE_PAUSE_MS = 60_000;
const NO_DEVICE_CAP_MS = 3_600_000;

/** What fails in this way fails always: the answer of an adapter holds something that no event may hold. */
const NEVER_KEPT: ReadonlySet<string> = new Set(['CommandNotCanonical', 'NotStorable']);

/** What the answer to a send says of its key, whoever accounts for the send by now. */
const toldOfKey = (outcome: SendOutcome): AskOutcome | undefined => {
  switch (outcome.kind) {
    case 'final':
      return { kind: 'final', result: outcome.result };
    case 'accepted':
    case 'exists':
      return outcome.handle === undefined ? { kind: 'waiting' } : { kind: 'waiting', handle: outcome.handle };
    default:
      return undefined;
  }
};

const resultOf = (error: HandlerError<ReceiptRefusal>): StepResult =>
  error._tag === 'Refused'
    ? { _tag: 'Refused', rule: error.refusal.rule }
    : { _tag: 'StoreFailed', error: error._tag };

export const attemptRunner = (options: AttemptRunnerOptions): AttemptRunner => {
  const { receipts, devices, gate, runtime, settings, worker, leaseLeft, moved, parents } = options;

  // The runtime's wall clock gives this very form.
  const now = (): Instant => runtime.wall() as Instant;
  // A command holds integers only; the monotonic clock gives fractions.
  const waitedMs = (entry: OpenReceipt): number => Math.floor(runtime.monotonic() - entry.since);

  const refresh = async (entry: OpenReceipt): Promise<void> => {
    const loaded = await receipts.load(entry.receipt.receiptId)();
    if (E.isRight(loaded) && typeof loaded.right.revision === 'number')
      moved(entry, loaded.right.state, loaded.right.revision);
  };

  const give = async (entry: OpenReceipt, command: ReceiptCommand): Promise<StepResult> => {
    const handled = await receipts.handle(entry.receipt.receiptId, command, {
      commandId: runtime.ids.next(),
      actor: worker,
      organisation: entry.receipt.organisation,
    })();
    if (E.isLeft(handled)) {
      // A refusal was decided on newer events than this process had seen.
      if (handled.left._tag === 'Refused') await refresh(entry);
      return resultOf(handled.left);
    }
    const { state, revision, events } = handled.right;
    if (typeof revision === 'number') moved(entry, state, revision);
    return events.length > 0 ? MOVED : STILL;
  };

  const providerOf = (entry: OpenReceipt): FiscalProvider | undefined => {
    const { route } = entry.receipt.attempt;
    return route === undefined ? undefined : devices.provider(route.deviceId);
  };

  const gateOf = (entry: OpenReceipt): DeviceGate | undefined => {
    const { route } = entry.receipt.attempt;
    return route === undefined ? undefined : gate(route.deviceId);
  };

  const isUp = (deviceId: string): boolean => gate(deviceId)?.isUp(runtime.monotonic()) ?? true;

  const voidPause = (entry: OpenReceipt): number =>
    pauseOf(settings.sendBackoff, entry.sendTries, runtime.random);

  /** An epoch belongs to whoever wrote its intent: what this process owes of it says nothing about the send of another one. */
  const isOwnIntent = ({ receipt: { attempt } }: OpenReceipt, epoch: number): boolean =>
    attempt.phase === 'Intended' && attempt.epoch === epoch && attempt.worker === worker;

  const recordOwed = async (entry: OpenReceipt): Promise<StepResult> => {
    const { owed } = entry;
    if (owed === undefined) return STILL;
    const { key } = owed;
    if (entry.receipt.attempt.epoch === owed.epoch && !isOwnIntent(entry, owed.epoch)) {
      delete entry.owed;
      return STILL;
    }
    const recorded = await give(entry, {
      type: 'RecordSend',
      data: { epoch: owed.epoch, outcome: owed.outcome, now: now() },
    });
    if (
      recorded._tag === 'StoreFailed' &&
      NEVER_KEPT.has(recorded.error) &&
      owed.outcome.kind !== 'unknown'
    ) {
      runtime.log.write('error', 'the answer to a send can not be kept', {
        receipt: entry.receipt.receiptId,
        error: recorded.error,
      });
      entry.owed = { ...owed, outcome: { kind: 'unknown', why: 'unreadable-answer' } };
      return recordOwed(entry);
    }
    if (recorded._tag === 'StoreFailed') return recorded;
    delete entry.owed;
    const told = recorded._tag === 'Refused' ? toldOfKey(owed.outcome) : undefined;
    // Somebody took the receipt over meanwhile; what the answer says of the key still holds and must not be lost.
    return told === undefined
      ? recorded
      : give(entry, {
          type: 'RecordAsk',
          data: { epoch: owed.epoch, key, outcome: told, waitedMs: 0, now: now() },
        });
  };

  const noteSend = (entry: OpenReceipt, answer: SendAnswer): void => {
    const door = gateOf(entry);
    const at = runtime.monotonic();
    door?.note(healthOf(answer), at);
    if (answer._tag === 'RefusedLater' && answer.scope === 'account')
      door?.pause(at + Math.min(settings.retryAfterCapMs, answer.retryAfterMs ?? voidPause(entry)));
    if (answer._tag === 'Accepted' || answer._tag === 'Exists' || answer._tag === 'Final') door?.succeeded();
    entry.sendTries = answer._tag === 'RefusedLater' || answer._tag === 'NotSent' ? entry.sendTries + 1 : 0;
  };

  /** What the intent named is what is sent, to where it named: later events do not change a request that is on its way. */
  const outcomeOfSend = async (
    entry: OpenReceipt,
    provider: FiscalProvider,
    request: FiscalRequest,
  ): Promise<SendOutcome> => {
    const sent = await inTime(runtime, settings.sendTimeoutMs, (signal) => provider.send(request, signal));
    const answer: SendAnswer = sent._tag === 'Done' ? sent.value : { _tag: 'Unknown', why: 'timeout' };
    noteSend(entry, answer);
    const capped =
      answer._tag === 'RefusedLater' && answer.retryAfterMs !== undefined
        ? { ...answer, retryAfterMs: Math.min(settings.retryAfterCapMs, answer.retryAfterMs) }
        : answer;
    return sendOutcomeOf(capped, now(), voidPause(entry));
  };

  const intendAndSend = async (
    entry: OpenReceipt,
    evidence?: 'absent' | 'resending-is-asking',
  ): Promise<StepResult> => {
    const { receiptId, attempt, content } = entry.receipt;
    const { route, amendments } = attempt;
    const provider = providerOf(entry);
    if (provider === undefined || route === undefined) return STILL;
    const { key, traceTag } = route;
    const payloadHash = payloadHashOf(content);
    if (E.isLeft(payloadHash)) return { _tag: 'Refused', rule: payloadHash.left.rule };
    const epoch = attempt.epoch + 1;
    // Until the request is on its way this process can swear that it made none.
    entry.owed = { epoch, key, outcome: notMade('intent-unconfirmed', now(), voidPause(entry)) };
    const intended = await give(entry, {
      type: 'IntendSend',
      data: {
        epoch: attempt.epoch,
        key,
        amendments,
        worker,
        payloadHash: payloadHash.right,
        slowStart: gateOf(entry)?.isSlow() ?? false,
        parents: await parents(entry),
        horizonMs: provider.capabilities.horizonMs,
        quietMs: settings.quietMs,
        waitedMs: waitedMs(entry),
        now: now(),
        ...(evidence === undefined ? {} : { evidence }),
      },
    });
    // An intent of unknown outcome may have been written: then it is refused as old now, and nothing was sent under it.
    if (intended._tag === 'Refused' && !isOwnIntent(entry, epoch)) delete entry.owed;
    if (intended._tag !== 'Moved') return intended;
    const expressible = provider.expressible(content);
    if (expressible !== undefined) {
      const note = { code: `not-expressible:${expressible.rule}`, excerpt: expressible.field };
      entry.owed = { epoch, key, outcome: { kind: 'refused-invalid', note } };
    } else if (leaseLeft(entry.shard) < settings.sendTimeoutMs || entry.receipt.attempt.epoch !== epoch) {
      entry.owed = { epoch, key, outcome: notMade('lease-short', now(), voidPause(entry)) };
    } else {
      entry.owed = { epoch, key, outcome: { kind: 'unknown', why: 'worker-paused' } };
      entry.owed = {
        epoch,
        key,
        outcome: await outcomeOfSend(entry, provider, { key, receiptId, traceTag, content }),
      };
    }
    return recordOwed(entry);
  };

  const noteAsk = (entry: OpenReceipt, answer: AskAnswer): void => {
    const door = gateOf(entry);
    const at = runtime.monotonic();
    door?.note(healthOf(answer), at);
    if (answer._tag === 'Unavailable' && answer.scope === 'account')
      door?.pause(
        at +
          Math.min(
            settings.retryAfterCapMs,
            answer.retryAfterMs ?? pauseOf(settings.askBackoff, entry.stillTries, runtime.random),
          ),
      );
  };

  /**
   * A provider that does not know the key gets the receipt again, under the same key, once the quiet period is over. One that knows
   * handles only has told nothing about the key: a second send would be a second document.
   */
  const afterAbsent = async (entry: OpenReceipt, provider: FiscalProvider): Promise<StepResult> => {
    const { attempt } = entry.receipt;
    if (attempt.phase !== 'Unknown') return STILL;
    if (provider.capabilities.askBy === 'none') return holdWithoutHandle(entry);
    const clocks = { now: now(), waitedMs: waitedMs(entry) };
    if (isHorizonPassed(attempt, clocks, provider.capabilities.horizonMs)) return holdForHorizon(entry);
    return waitedMs(entry) < settings.quietMs ? STILL : intendAndSend(entry, 'absent');
  };

  const holdForHorizon = (entry: OpenReceipt): Promise<StepResult> => {
    const horizonMs = providerOf(entry)?.capabilities.horizonMs ?? 0;
    return give(entry, {
      type: 'HoldForHorizon',
      data: { horizonMs, waitedMs: waitedMs(entry), now: now() },
    });
  };

  const holdWithoutHandle = (entry: OpenReceipt): Promise<StepResult> =>
    give(entry, { type: 'HoldWithoutHandle', data: { waitedMs: waitedMs(entry), now: now() } });

  const postpone = (entry: OpenReceipt, reason: string): Promise<StepResult> => {
    const pause = Math.min(NO_DEVICE_CAP_MS, NO_DEVICE_PAUSE_MS * 2 ** Math.min(entry.sendTries, 10));
    entry.sendTries += 1;
    const until = instantFromMilliseconds(Date.parse(now()) + pause);
    return give(entry, { type: 'PostponeReceipt', data: { reason, until, now: now() } });
  };

  const bind = async (entry: OpenReceipt, type: 'RouteReceipt' | 'RekeyReceipt'): Promise<StepResult> => {
    const { receipt } = entry;
    const chosen = await devices.choose(receipt, isUp);
    if (E.isLeft(chosen))
      return receipt.attempt.phase === 'Accepted' ? postpone(entry, chosen.left.reason) : STILL;
    const provider = devices.provider(chosen.right.deviceId);
    const stays =
      receipt.attempt.phase === 'Ready' && chosen.right.deviceId === receipt.attempt.route?.deviceId;
    if (provider === undefined || stays) return STILL;
    const data = {
      deviceId: chosen.right.deviceId,
      domain: provider.dedupDomain,
      traceTag: receipt.attempt.route?.traceTag ?? traceTagOf(receipt.receiptId),
      refused: chosen.right.refused,
      now: now(),
    };
    return give(entry, { type, data });
  };

  return {
    route: (entry) => bind(entry, 'RouteReceipt'),
    resume: async (entry) => {
      if (entry.receipt.attempt.phase === 'Accepted') {
        const chosen = await devices.choose(entry.receipt, isUp);
        if (E.isLeft(chosen)) return postpone(entry, chosen.left.reason);
      }
      return give(entry, { type: 'ResumeReceipt', data: { now: now() } });
    },
    send: (entry, evidence) => intendAndSend(entry, evidence),
    ask: async (entry) => {
      const provider = providerOf(entry);
      const { route, handle, phase, epoch } = entry.receipt.attempt;
      if (provider === undefined || route === undefined) return STILL;
      const asked = await inTime(runtime, settings.sendTimeoutMs, (signal) =>
        provider.ask(route.key, handle, signal),
      );
      const answer: AskAnswer =
        asked._tag === 'Done' ? asked.value : { _tag: 'Unavailable', scope: 'receipt' };
      noteAsk(entry, answer);
      if (answer._tag === 'Unavailable') return STILL;
      // An absent key in `Unknown` is no row of its own: it is the evidence for sending again.
      if (answer._tag === 'Absent' && phase === 'Unknown') return afterAbsent(entry, provider);
      if (answer._tag === 'Waiting' && phase === 'Pending' && (answer.handle ?? handle) === handle)
        return STILL;
      return give(entry, {
        type: 'RecordAsk',
        data: { epoch, key: route.key, outcome: askOutcomeOf(answer), waitedMs: waitedMs(entry), now: now() },
      });
    },
    giveUpWaiting: (entry) =>
      give(entry, {
        type: 'RecordAsk',
        data: {
          epoch: entry.receipt.attempt.epoch,
          key: entry.receipt.attempt.route?.key ?? '',
          outcome: { kind: 'absent' },
          waitedMs: waitedMs(entry),
          now: now(),
        },
      }),
    takeOver: (entry, because) =>
      give(entry, {
        type: 'TakeOver',
        data: { epoch: entry.receipt.attempt.epoch, by: worker, because, now: now() },
      }),
    rekey: (entry) => {
      const { route, contentRefused, retirements } = entry.receipt.attempt;
      const goesToPerson = contentRefused || retirements > MAXIMUM_RETIREMENTS;
      if (route === undefined || !goesToPerson) return bind(entry, 'RekeyReceipt');
      // Nothing is sent next, so no device is needed; a person must not wait for one to be told.
      const { deviceId, domain, traceTag } = route;
      return give(entry, {
        type: 'RekeyReceipt',
        data: { deviceId, domain, traceTag, refused: [], now: now() },
      });
    },
    holdForHorizon,
    holdWithoutHandle,
    alarm: (entry, percent) =>
      give(entry, {
        type: 'RaiseDeadlineAlarm',
        data: { percent, deadline: alarmDeadlineOf(entry.receipt), now: now() },
      }),
    recordOwed,
  };
};
