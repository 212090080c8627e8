import type { AppendDecision } from './append-decision';
import { decideAppend } from './append-decision';
import { committedIds } from './committed-ids';
import type { AppendOutcome, EventLog } from './event-log';
import type { ExpectedRevision } from './expected-revision';
import { LAST_REVISION } from './expected-revision';
import type { Journal, JournalRow } from './journal';
import { logIndex } from './log-index';
import type { Position } from './position';
import type { ProposedEvent } from './proposed-event';
import type { RecordLayout } from './record-layout';
import { layOut } from './record-layout';
import {
  DELETION,
  isDeleted,
  isMetadataStream,
  metadataStreamOf,
  originalStreamOf,
  truncatedBefore,
} from './stream-metadata';

export interface EventLogOptions extends Partial<RecordLayout> {
  /** Milliseconds since 1970, for `created` and `$maxAge`. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly journal: Journal;
}

/** Opens a log with what its journal holds. */
export const openEventLog = ({
  now,
  newId,
  journal,
  origin = 0n,
  explicitTransactions = false,
}: EventLogOptions): EventLog => {
  const layout: RecordLayout = { origin, explicitTransactions };
  const index = logIndex(origin);
  const ids = committedIds();
  const waiting = new Set<() => void>();
  for (const row of journal.rows()) index.take(row);

  const decide = (
    stream: string,
    expected: ExpectedRevision,
    given: ReadonlyArray<string>,
  ): AppendDecision => {
    const current = index.head(stream);
    return decideAppend(
      {
        current,
        tombstoned: current === LAST_REVISION,
        softDeleted: isDeleted(index.metadataOf(stream)),
        hasMetadata: index.head(metadataStreamOf(stream)) >= 0n,
        idAt: (revision) => {
          const row = index.rowOf(stream, revision);
          return row === undefined ? undefined : index.idOf(row);
        },
        cached: (id) => {
          const row = ids.rowOf(id);
          return row !== undefined && index.streamName(row) === stream ? index.revisionOf(row) : undefined;
        },
      },
      expected,
      given,
    );
  };

  const store = (rows: ReadonlyArray<JournalRow>): void => {
    if (rows.length === 0) return;
    journal.write(rows);
    for (const row of rows) {
      ids.put(row.id, index.count());
      index.take(row);
    }
    for (const wake of waiting) wake();
  };
  const write = (
    stream: string,
    events: ReadonlyArray<ProposedEvent>,
    first: bigint,
    start = index.end(),
  ): ReadonlyArray<JournalRow> => layOut(layout, { stream, events, first, start, created: now() });
  const systemEvent = (type: string, data: Uint8Array): ProposedEvent => ({
    id: newId(),
    type,
    json: true,
    data,
    metadata: Buffer.alloc(0),
  });
  /** The answer to an append has the commit position twice. */
  const appendedAt = (row: JournalRow | undefined): Position | undefined =>
    row === undefined
      ? undefined
      : { commit: origin + BigInt(row.commit), prepare: origin + BigInt(row.commit) };

  /** What is answered without writing; `undefined` when it is to be written. */
  const refused = (decision: AppendDecision, stream: string): AppendOutcome | undefined => {
    if (decision._tag === 'Write') return undefined;
    const current = index.head(stream);
    if (decision._tag === 'WrongExpectedRevision') {
      return { ...decision, current: current < 0n ? undefined : current };
    }
    if (decision._tag === 'StreamDeleted') return decision;
    const row = index.rowOf(stream, decision.last);
    const commit = row === undefined ? undefined : index.positionOf(row).commit;
    return {
      _tag: 'Appended',
      revision: decision.last,
      position: commit === undefined ? undefined : { commit, prepare: commit },
    };
  };

  /** New metadata with another `$tb`, by which a deleted stream lives on behind its old events. */
  const revival = (stream: string, raw: Uint8Array, tb: bigint, revision: bigint, start: number) => {
    const revived = truncatedBefore(raw, tb);
    if (revived === undefined) return [];
    return write(metadataStreamOf(stream), [systemEvent('$metadata', revived)], revision, start);
  };
  /** What the server writes of itself after an append: to a deleted stream, or of metadata for one. */
  const afterwards = (
    stream: string,
    proposed: ReadonlyArray<ProposedEvent>,
    first: bigint,
    softDeleted: boolean,
    start: number,
  ): ReadonlyArray<JournalRow> => {
    if (softDeleted) {
      const revision = index.head(metadataStreamOf(stream)) + 1n;
      return revival(stream, index.rawMetadata(stream), first, revision, start);
    }
    const original = originalStreamOf(stream);
    const last = proposed.at(-1);
    if (last === undefined || !isMetadataStream(stream) || !isDeleted(index.metadataOf(original))) return [];
    return revival(original, last.data, index.head(original) + 1n, first + BigInt(proposed.length), start);
  };

  const append: EventLog['append'] = (stream, proposed, expected) => {
    const ownIds = proposed.map(({ id }) => id);
    const decision = decide(stream, expected, ownIds);
    const answer = refused(decision, stream);
    if (answer !== undefined) return answer;
    const state = index.streamNamed(stream);
    const first = state.rows.length === 0 ? state.first : index.head(stream) + 1n;
    const rows = write(stream, proposed, first);
    const softDeleted = decision._tag === 'Write' && decision.softDeleted;
    store([...rows, ...afterwards(stream, proposed, first, softDeleted, rows.at(-1)?.end ?? index.end())]);
    const last = rows.at(-1);
    const head = index.head(stream);
    return {
      _tag: 'Appended',
      revision: last?.revision ?? (head < 0n ? undefined : head),
      position: appendedAt(last),
    };
  };

  const remove = (stream: string, expected: ExpectedRevision, hard: boolean): AppendOutcome => {
    const event = systemEvent(hard ? '$streamDeleted' : '$metadata', hard ? Buffer.alloc(0) : DELETION);
    const answer = refused(decide(stream, expected, [event.id]), stream);
    if (answer !== undefined) return answer;
    const place = hard ? stream : metadataStreamOf(stream);
    const rows = write(place, [event], hard ? LAST_REVISION : index.head(place) + 1n);
    store(rows);
    return { _tag: 'Appended', revision: rows[0]?.revision, position: appendedAt(rows[0]) };
  };

  return {
    ...index,
    append,
    delete: (stream, expected) => remove(stream, expected, false),
    tombstone: (stream, expected) => remove(stream, expected, true),
    beginAt: (stream, revision) => {
      if (index.head(stream) !== -1n || revision < 0n) return false;
      index.streamNamed(stream).first = revision;
      return true;
    },
    moreThan: (count, signal) =>
      new Promise((resolve) => {
        if (index.count() > count || signal.aborted) {
          resolve();
          return;
        }
        const wake = (): void => {
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        signal.addEventListener('abort', wake);
      }),
    close: journal.close,
  };
};
