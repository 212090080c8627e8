import type { ExpectedRevision } from './expected-revision';
import type { ProposedEvent } from './proposed-event';

/** An event of the naive log. */
export interface NaiveEvent {
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
}

/**
 * The same rules once more, in the plainest form: one array of objects, searched from its beginning every time. Without the
 * cache of ids, so that appends with `any` have to bring new ids.
 */
export const naiveLog = () => {
  const all: Array<NaiveEvent> = [];
  const deletedBefore = new Map<string, bigint>();
  const maxCount = new Map<string, bigint>();
  const gone = new Set<string>();
  const deleted = new Set<string>();

  const own = (stream: string): ReadonlyArray<NaiveEvent> => all.filter((event) => event.stream === stream);
  const current = (stream: string): bigint => own(stream).at(-1)?.revision ?? -1n;
  const add = (stream: string, revision: bigint, id: string, type: string): void =>
    void all.push({ stream, revision, id, type });

  const refused = (stream: string, expected: ExpectedRevision): 'wrong' | 'deleted' | undefined => {
    if (gone.has(stream)) return 'deleted';
    if (expected === 'stream_exists') {
      if (deleted.has(stream)) return 'deleted';
      return own(stream).length === 0 && own(`$$${stream}`).length === 0 ? 'wrong' : undefined;
    }
    if (expected === 'any') return undefined;
    if (expected === 'no_stream' && deleted.has(stream)) return undefined;
    return (expected === 'no_stream' ? -1n : expected) === current(stream) ? undefined : 'wrong';
  };

  return {
    all: (): ReadonlyArray<NaiveEvent> => all,
    append: (
      stream: string,
      events: ReadonlyArray<ProposedEvent>,
      expected: ExpectedRevision,
    ): bigint | 'wrong' | 'deleted' => {
      const exact = expected === 'no_stream' ? -1n : expected;
      if (!gone.has(stream) && typeof exact === 'bigint' && exact < current(stream)) {
        const there = own(stream).filter(({ revision }) => revision > exact);
        if (events.length === 0) return 'wrong';
        const same = events.every(({ id }, index) => there[index]?.id === id);
        if (same) return exact + BigInt(events.length);
        const begun = events[0] !== undefined && there[0]?.id === events[0].id;
        if (!(expected === 'no_stream' && deleted.has(stream)) || begun) return 'wrong';
      }
      const refusal = refused(stream, expected);
      if (refusal !== undefined) return refusal;
      const from = current(stream) + 1n;
      events.forEach(({ id, type }, index) => add(stream, from + BigInt(index), id, type));
      if (deleted.delete(stream)) {
        deletedBefore.set(stream, from);
        add(`$$${stream}`, current(`$$${stream}`) + 1n, '', '$metadata');
      }
      return current(stream);
    },
    remove: (stream: string, expected: ExpectedRevision, hard: boolean): 'done' | 'wrong' | 'deleted' => {
      // An id of its own never repeats anything: what is below the head is wrong, and a deleted stream may be deleted again.
      const refusal = refused(stream, expected);
      if (refusal !== undefined) return refusal;
      if (hard) {
        gone.add(stream);
        add(stream, 2n ** 63n - 1n, '', '$streamDeleted');
      } else {
        deleted.add(stream);
        maxCount.delete(stream);
        add(`$$${stream}`, current(`$$${stream}`) + 1n, '', '$metadata');
      }
      return 'done';
    },
    keep: (stream: string, count: bigint, id: string): void => {
      add(`$$${stream}`, current(`$$${stream}`) + 1n, id, '$metadata');
      maxCount.set(stream, count);
      deletedBefore.delete(stream);
      if (!deleted.delete(stream)) return;
      deletedBefore.set(stream, current(stream) + 1n);
      add(`$$${stream}`, current(`$$${stream}`) + 1n, '', '$metadata');
    },
    isGone: (stream: string): boolean => gone.has(stream),
    read: (stream: string): ReadonlyArray<NaiveEvent> | 'none' | 'gone' => {
      if (gone.has(stream)) return 'gone';
      const events = own(stream);
      if (events.length === 0 || deleted.has(stream)) return 'none';
      const most = maxCount.get(stream);
      return events.filter(
        ({ revision }) =>
          revision >= (deletedBefore.get(stream) ?? 0n) &&
          (most === undefined || revision > current(stream) - most),
      );
    },
  };
};
