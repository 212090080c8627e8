import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { ShiftCommand, ShiftTotals } from '@cloud-kassa/core';
import type { EventStore } from '@cloud-kassa/event-store';
import type { Instant } from '@cloud-kassa/ffd';
import { millisecondsOf } from '@cloud-kassa/ffd';
import type { Runtime } from '@cloud-kassa/runtime';
import { pauseOf } from '../backoff';
import { errorName } from '../error-name';
import type { Shifts } from '../handlers';
import type { DeviceDirectory } from '../devices/device-directory';
import { keeperId, observationId, observeKktShift } from './kkt-shift';
import type { AttachedRegister, ShiftObstacle, ShiftStep } from './next-shift-step';
import { nextShiftStep } from './next-shift-step';
import type { RegisterWatch } from './register-watch';
import type { BackoffSettings } from '../settings';
import type { ParkedShifts } from './shift-log';
import { shiftLog } from './shift-log';
import type { ShiftPolicy } from './shift-policy';
import { DEFAULT_SHIFT_POLICY } from './shift-policy';

/** What a shift has come to, as a projection that has read up to a position of the store counts it. */
export interface ShiftCount {
  readonly totals: ShiftTotals;
  readonly upToPosition: string;
  /** Receipts of the register without a final outcome at that position. */
  readonly openReceipts: number;
}

/** The projection gave no answer. */
export interface TotalsUnavailable {
  readonly _tag: 'TotalsUnavailable';
  readonly why: string;
}

export type ShiftTotalsOf = (
  registerId: string,
  shiftId: string,
  openedAt: Instant,
) => TaskEither<TotalsUnavailable, ShiftCount>;

export interface ShiftKeeperSettings extends ShiftPolicy {
  /** How often at least the keeper looks at its clocks, in case one has jumped. Default a minute. */
  readonly lookMs: number;
  /** How often a register is looked at that needs a shift which can not be opened. Default 5 s. */
  readonly obstacleMs: number;
  /** The pauses after the store or the projection of the totals did not answer. */
  readonly againBackoff: BackoffSettings;
}

export const DEFAULT_SHIFT_SETTINGS: ShiftKeeperSettings = {
  ...DEFAULT_SHIFT_POLICY,
  lookMs: 60_000,
  obstacleMs: 5_000,
  againBackoff: { baseMs: 500, capMs: 30_000, floorMs: 100 },
};

export interface ShiftKeeperOptions {
  readonly store: EventStore;
  readonly shifts: Shifts;
  readonly devices: Pick<DeviceDirectory, 'all'>;
  readonly shiftTotals: ShiftTotalsOf;
  readonly runtime: Runtime;
  readonly settings?: Partial<ShiftKeeperSettings>;
}

/** A register that needs a shift which can not be opened now. */
export interface WaitingRegister {
  readonly registerId: string;
  /** Since when it is needed. */
  readonly since: Instant;
  readonly obstacles: ReadonlyArray<ShiftObstacle>;
}

export interface ShiftKeeperStatus {
  /** Registers whose shift is open. */
  readonly open: number;
  readonly waiting: ReadonlyArray<WaitingRegister>;
  readonly parked: ReadonlyArray<ParkedShifts>;
}

/** Opens and closes the book-keeping shifts (кассовые смены) of the registers by policy (S13, S25). */
export interface ShiftKeeper {
  /** Works until the signal is aborted, then lets what is under way come to an end. Never rejects. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  /** Empty until the log was read to its head. */
  readonly status: () => ShiftKeeperStatus;
}

type Acting = Extract<ShiftStep, { readonly do: 'open' | 'close' | 'observe' }>;

/** What the keeper keeps of a register for itself. */
interface Hand {
  busy: boolean;
  /** Monotonic. The log clears it. */
  notBefore: number;
  tries: number;
  /** The obstacles that were logged last. */
  told: string;
}

/** What does nothing: nobody to wake. */
const nobody = (): void => undefined;

const ACTOR = 'shift-keeper';

/** Who is too fast for the log comes again after so long; the step is repeated then, which is harmless. */
const LOG_PAUSE_MS = 1_000;

/**
 * The keeper works from the log: what it has done it knows only when the log says so, so it may be killed at any moment. The ids of
 * shifts and commands are computed; a second keeper makes the same, and only one of them is taken. It waits for nothing: receipts that
 * are still open when a shift closes are counted in the event.
 */
export const shiftKeeper = (options: ShiftKeeperOptions): ShiftKeeper => {
  const { store, shifts, devices, shiftTotals, runtime } = options;
  const settings = { ...DEFAULT_SHIFT_SETTINGS, ...options.settings };
  const hands = new Map<string, Hand>();
  const running = new Set<Promise<void>>();
  const waiting = new Map<string, WaitingRegister>();
  let isCaughtUp = false;
  let wake = nobody;

  // The runtime's wall clock gives this very form.
  const now = (): Instant => runtime.wall() as Instant;

  const handOf = (registerId: string): Hand => {
    const hand = hands.get(registerId) ?? { busy: false, notBefore: 0, tries: 0, told: '' };
    hands.set(registerId, hand);
    return hand;
  };

  const log = shiftLog({
    store,
    runtime,
    changed: (registerId) => {
      const hand = handOf(registerId);
      if (hand.tries === 0) hand.notBefore = 0;
      wake();
    },
  });

  const registersOf = (): ReadonlyMap<string, AttachedRegister> =>
    new Map(
      devices
        .all()
        .flatMap((device) => [...device.registers].map(([id, card]) => [id, { device, card }] as const)),
    );

  const commandOf = async (
    registerId: string,
    step: Acting,
  ): Promise<E.Either<string, { readonly command: ShiftCommand; readonly commandId: string }>> => {
    switch (step.do) {
      case 'open': {
        const shiftId = keeperId(registerId, 'shift', step.number);
        return E.right({
          commandId: keeperId(registerId, 'opens', step.number),
          command: {
            type: 'OpenShift',
            data: { now: now(), registerId, shiftId, openedBy: 'keeper', device: step.device },
          },
        });
      }
      case 'close': {
        const { shiftId, openedAt } = step.shift;
        const count = await shiftTotals(registerId, shiftId, openedAt)();
        if (E.isLeft(count)) return E.left(count.left._tag);
        const { totals, upToPosition, openReceipts } = count.right;
        return E.right({
          commandId: keeperId(registerId, 'closes', shiftId),
          command: {
            type: 'CloseShift',
            data: { now: now(), shiftId, closedBy: 'keeper', totals, upToPosition, openReceipts },
          },
        });
      }
      case 'observe':
        return E.right({
          commandId: observationId(registerId, step.shift, step.shown),
          command: observeKktShift(step.shown, now()),
        });
    }
  };

  /** Answers what went wrong. */
  const act = async (registerId: string, step: Acting, organisation: string): Promise<string | undefined> => {
    const given = await commandOf(registerId, step);
    if (E.isLeft(given)) return given.left;
    const { command, commandId } = given.right;
    const cause = step.do === 'open' ? { causationId: step.need.eventId } : {};
    const handled = await shifts.handle(registerId, command, {
      commandId,
      ...cause,
      actor: ACTOR,
      organisation,
    })();
    if (E.isRight(handled)) return undefined;
    const { left } = handled;
    // Another keeper has given the command with facts that it read at another moment.
    if (left._tag === 'CommandIdReused') return undefined;
    return left._tag === 'Refused' ? left.refusal.rule : left._tag;
  };

  const perform = async (
    registerId: string,
    step: Acting,
    organisation: string,
    hand: Hand,
  ): Promise<void> => {
    const wrong = await act(registerId, step, organisation).catch(errorName);
    hand.tries = wrong === undefined ? 0 : hand.tries + 1;
    const pause =
      wrong === undefined ? LOG_PAUSE_MS : pauseOf(settings.againBackoff, hand.tries, runtime.random);
    hand.notBefore = runtime.monotonic() + pause;
    hand.busy = false;
    if (wrong !== undefined)
      runtime.log.write('warn', 'a step of a shift came to nothing and is tried again', {
        register: registerId,
        step: step.do,
        error: wrong,
      });
    wake();
  };

  const begin = (registerId: string, step: Acting, organisation: string, hand: Hand): void => {
    hand.busy = true;
    const performing = perform(registerId, step, organisation, hand);
    running.add(performing);
    void performing.then(() => running.delete(performing));
  };

  const noteWaiting = (registerId: string, step: ShiftStep, hand: Hand): void => {
    const obstacles = step.do === 'wait' ? step.obstacles.join(', ') : '';
    if (step.do === 'wait')
      waiting.set(registerId, { registerId, since: step.need.at, obstacles: step.obstacles });
    else waiting.delete(registerId);
    if (obstacles !== '' && obstacles !== hand.told)
      runtime.log.write('warn', 'a shift is needed and can not be opened', {
        register: registerId,
        obstacles,
      });
    hand.told = obstacles;
  };

  /** Takes the next step, and answers in how many milliseconds there may be another one. */
  const visit = (watch: RegisterWatch, where: AttachedRegister | undefined): number => {
    const { registerId } = watch;
    const hand = handOf(registerId);
    if (hand.busy) return settings.lookMs;
    const step = nextShiftStep(watch, where, settings, now());
    noteWaiting(registerId, step, hand);
    if (step.do === 'wait') return settings.obstacleMs;
    if (step.do === 'nothing')
      return step.until === undefined ? settings.lookMs : millisecondsOf(step.until) - millisecondsOf(now());
    const pause = hand.notBefore - runtime.monotonic();
    if (pause > 0) return pause;
    begin(registerId, step, where?.card.ownership.organisation ?? '-', hand);
    return settings.lookMs;
  };

  const round = (): number => {
    if (!isCaughtUp) return settings.lookMs;
    try {
      const registers = registersOf();
      const waits = [...log.all()].map((watch) => visit(watch, registers.get(watch.registerId)));
      return waits.reduce((least, wait) => Math.min(least, wait), settings.lookMs);
    } catch (error) {
      runtime.log.write('error', 'a round of the shift keeper threw', { error: errorName(error) });
      return settings.lookMs;
    }
  };

  const turn = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const sleeper = new AbortController();
      wake = () => sleeper.abort('woken');
      signal.addEventListener('abort', wake, { once: true });
      await runtime.sleep(Math.max(0, round()), sleeper.signal);
      signal.removeEventListener('abort', wake);
    }
  };

  return {
    run: async (signal) => {
      let tries = 0;
      const following = log.follow(
        signal,
        () => {
          tries = 0;
          isCaughtUp = true;
          wake();
        },
        async (why) => {
          runtime.log.write('warn', 'the log of shifts broke off and is resumed', { why });
          await runtime.sleep(pauseOf(settings.againBackoff, (tries += 1), runtime.random), signal);
        },
      );
      await Promise.all([following, turn(signal)]);
      await Promise.all(running);
    },
    status: () => ({
      open: [...log.all()].filter(({ shifts: { open } = {} }) => open !== undefined).length,
      waiting: [...waiting.values()],
      parked: log.parked(),
    }),
  };
};
