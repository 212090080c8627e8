import type { Expected } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { notSent, unknown, type ClientFailure } from '../connection/client-failure';
import type { Connection, Written } from '../connection/connection';
import type { NewRecord } from '../connection/record';
import type { EsdbSettings } from '../settings';
import { LATE, pause, within } from '../within';
import { turnstile } from './turnstile';

/** What appending has gone through since the store was opened. */
export interface AppendCounts {
  /** Calls that were sent. */
  attempts: number;
  /** Calls after which it was not known what became of them. */
  unknown: number;
  /** Calls that outlived their deadline, so that the store's own timer ended the wait. */
  late: number;
}

export interface AppendCall {
  /** The name in the database. */
  readonly stream: string;
  readonly expected: Expected | 'any';
  readonly records: ReadonlyArray<NewRecord>;
  /** Looks whether what was sent stands in the stream. */
  readonly isThere: () => Promise<Either<ClientFailure, Written | undefined>>;
}

export interface AppendLoop {
  /**
   * Appends, and repeats the same records at the same revision while it is not known what became of them: the server answers a
   * repetition as the first time. `Unknown` is left over when the time is over; `NotSent` says that nothing was ever sent.
   */
  readonly append: (call: AppendCall) => Promise<Either<ClientFailure, Written>>;
  readonly counts: Readonly<AppendCounts>;
  /** Resolves when nothing is on its way. */
  readonly idle: () => Promise<void>;
}

export interface AppendLoopOptions {
  readonly connection: Pick<Connection, 'append'>;
  readonly runtime: Runtime;
  readonly settings: EsdbSettings;
  /** Nothing is waited for any more. */
  readonly closed: AbortSignal;
}

/** The client ends a call at its deadline. If it does not, this much later the wait ends all the same. */
const GRACE = 500;
/** With less time left no other try is begun. */
const SHORTEST = 20;

export const appendLoop = ({ connection, runtime, settings, closed }: AppendLoopOptions): AppendLoop => {
  const counts: AppendCounts = { attempts: 0, unknown: 0, late: 0 };
  const turns = turnstile(runtime, settings.appendsInFlight);
  const running = new Set<Promise<unknown>>();

  const attempt = async (call: AppendCall, left: number): Promise<Either<ClientFailure, Written>> => {
    const deadline = Math.ceil(Math.min(settings.attempt, left));
    counts.attempts += 1;
    const sent = connection.append(call.stream, call.expected, call.records, deadline);
    const answer = await within(runtime, deadline + GRACE, sent, closed);
    if (answer !== LATE) return answer;
    if (closed.aborted) return E.left(unknown('the store was closed before the answer came'));
    counts.late += 1;
    return E.left(unknown('there was no answer in time'));
  };

  const resolve = async (call: AppendCall): Promise<Either<ClientFailure, Written>> => {
    const end = runtime.monotonic() + settings.deadline;
    let failure = notSent('it was not its turn in time', true);
    let unsure = false;
    for (let tries = 1; !closed.aborted; tries += 1) {
      const left = end - runtime.monotonic();
      if (left < SHORTEST || !(await turns.enter(left, closed))) break;
      let answer: Either<ClientFailure, Written>;
      try {
        answer = await attempt(call, Math.max(SHORTEST, end - runtime.monotonic()));
      } finally {
        turns.leave();
      }
      if (E.isRight(answer)) return answer;
      if (answer.left._tag === 'Unknown') {
        unsure = true;
        counts.unknown += 1;
        failure = answer.left;
      } else if (answer.left._tag === 'NotSent') {
        // An unknown outcome stays one, whatever becomes of later tries.
        if (!unsure) failure = answer.left;
        if (!unsure && !answer.left.passing) return answer;
      } else if (!unsure) {
        return answer;
      } else if (answer.left._tag === 'Conflict') {
        // Nothing that still travels can be written any more: what stands there is the answer.
        const there = await within(runtime, settings.attempt + GRACE, call.isThere(), closed);
        if (there !== LATE && E.isRight(there))
          return there.right === undefined ? answer : E.right(there.right);
      } else {
        break;
      }
      await pause(runtime, tries, Math.max(0, end - runtime.monotonic()), closed);
    }
    return E.left(failure);
  };

  return {
    append: async (call) => {
      const work = resolve(call);
      running.add(work);
      try {
        return await work;
      } finally {
        running.delete(work);
      }
    },
    counts,
    idle: async () => {
      await Promise.allSettled(running);
    },
  };
};
