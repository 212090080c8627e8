import * as E from 'fp-ts/Either';
import type { Interruption } from '../faults/apply-faults';
import type { AppendOutcome } from '../log/event-log';
import type { ExpectedRevision } from '../log/expected-revision';
import type { ProposedEvent } from '../log/proposed-event';
import { sizeOf } from '../log/proposed-event';
import type { Refusal } from '../server/refusal';
import { appendTooLarge, failed, invalidArgument } from '../server/refusal';
import type { ServerContext, Strikes } from '../server/server-context';

/** One append, whichever way it came. */
export interface AppendRequest {
  readonly stream: string;
  readonly events: ReadonlyArray<ProposedEvent>;
  readonly expected: ExpectedRevision;
}

export type Written = { readonly _tag: 'Written'; readonly outcome: AppendOutcome } | Interruption;

/** Why an append is refused before the log is asked. */
export const refusedAppend = (
  { stream, events }: Pick<AppendRequest, 'stream' | 'events'>,
  maxAppendSize: number,
): Refusal | undefined => {
  if (stream === '') return invalidArgument('The name of the stream is empty.');
  if (stream === '$all') return invalidArgument('$all cannot be written to.');
  const size = events.reduce((sum, event) => sum + sizeOf(event), 0);
  return size > maxAppendSize ? appendTooLarge(maxAppendSize) : undefined;
};

/** Writes to the log, with the faults of the call before and after. */
export const writeEvents = async (
  { log, maxAppendSize, closed }: ServerContext,
  request: AppendRequest,
  strikes: Strikes,
): Promise<Written> => {
  const before = strikes.any ? await strikes.at('before') : undefined;
  if (before !== undefined) return before;
  const refusal = refusedAppend(request, maxAppendSize);
  if (refusal !== undefined) return { _tag: 'Refuse', refusal };
  if (closed()) return { _tag: 'Silence' };
  const outcome = E.tryCatch(
    () => log.append(request.stream, request.events, request.expected),
    // The journal could not be written to.
    failed,
  );
  if (E.isLeft(outcome)) return { _tag: 'Refuse', refusal: outcome.left };
  const after = strikes.any ? await strikes.at('after') : undefined;
  return after ?? { _tag: 'Written', outcome: outcome.right };
};
