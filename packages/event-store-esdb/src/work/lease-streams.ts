import type { Beat, Lease, LeasesUnavailable, LeaseStore } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { AppendLoop } from '../appending/append-loop';
import type { ClientFailure } from '../connection/client-failure';
import type { Reading } from '../reading/reading';
import { lastRecord, textIn } from '../reading/last-record';
import { sideBySide } from '../side-by-side';

export interface Work {
  readonly reading: Reading;
  readonly loop: AppendLoop;
  /** Why nothing is answered any more. */
  readonly closed: () => string | undefined;
}

/**
 * Leases in streams `lease-<shard>`, of which the server keeps the last event. A beat is an append at the revision that was seen, so
 * the server lets one of several owners win; the beat's number is the revision and one.
 */
export const leaseStreams = (work: Work): LeaseStore => {
  const { reading, loop, closed } = work;
  const { settings, names, runtime, connection } = reading;
  /** As read or written last. The beat alone says which lease was seen; this says who had it. */
  const known = new Map<number, Lease>();

  const streamOf = (shard: number): string => names.stored(`lease-${shard}`);

  const read = async (shard: number): Promise<Either<ClientFailure, Lease | undefined>> => {
    const record = await lastRecord(reading, streamOf(shard));
    if (E.isLeft(record)) return record;
    if (record.right === undefined) {
      known.delete(shard);
      return E.right(undefined);
    }
    const lease = {
      shard,
      owner: textIn(record.right, 'owner') ?? '',
      beat: record.right.revision + 1,
    };
    known.set(shard, lease);
    return E.right(lease);
  };

  const isAsSeen = async ({ shard, seen }: Beat): Promise<Either<ClientFailure, boolean>> => {
    if (seen === undefined) return E.right(true);
    const lease = known.get(shard);
    const current = lease?.beat === seen.beat ? E.right(lease) : await read(shard);
    return E.map((there: Lease | undefined) => there?.beat === seen.beat && there.owner === seen.owner)(
      current,
    );
  };

  /** Whether the beat was written. */
  const write = async (beat: Beat, owner: string): Promise<Either<ClientFailure, boolean>> => {
    const asSeen = await isAsSeen(beat);
    if (E.isLeft(asSeen) || !asSeen.right) return asSeen;
    const { shard, seen } = beat;
    const stream = streamOf(shard);
    // Before the first event, so that no lease stream is ever without it. That it is there already is no failure.
    if (seen === undefined) await connection.keepLast(stream, 1, settings.attempt);
    const written = await loop.append({
      stream,
      expected: seen === undefined ? 'no-stream' : seen.beat - 1,
      records: [{ id: runtime.ids.next(), type: 'lease.Beaten', data: { owner }, metadata: {} }],
      isThere: () => Promise.resolve(E.right(undefined)),
    });
    if (E.isRight(written)) {
      known.set(shard, { shard, owner, beat: written.right.revision + 1 });
      return E.right(true);
    }
    known.delete(shard);
    const { _tag } = written.left;
    return _tag === 'Conflict' || _tag === 'Refused' ? E.right(false) : written;
  };

  return {
    read: () => async () => {
      const why = closed();
      if (why !== undefined) return E.left(lost(why));
      const shards = Array.from({ length: settings.shards }, (_, shard) => shard);
      const leases = await sideBySide(shards, read);
      return E.bimap(
        (failure: ClientFailure) => lost(whyOf(failure)),
        (found: ReadonlyArray<Lease | undefined>) => found.filter((lease) => lease !== undefined),
      )(leases);
    },
    beat: (beats, owner) => async () => {
      const why = closed();
      if (why !== undefined) return E.left(lost(why));
      if (beats.some(({ shard }) => !(Number.isSafeInteger(shard) && shard >= 0 && shard < settings.shards)))
        return E.left(lost(`leases are kept of the shards below ${settings.shards}`));
      const written = await sideBySide(beats, (beat) => write(beat, owner));
      return E.bimap(
        (failure: ClientFailure) => lost(whyOf(failure)),
        (done: ReadonlyArray<boolean>) =>
          beats.flatMap(({ shard }, index) => (done[index] === true ? [shard] : [])),
      )(written);
    },
  };
};

const lost = (why: string): LeasesUnavailable => ({ _tag: 'LeasesUnavailable', why });

export const whyOf = (failure: ClientFailure): string => ('why' in failure ? failure.why : failure._tag);
