import type { CheckpointStore, WorkUnavailable } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import { asciiName } from '../ascii-name';
import { lastRecord, textIn } from '../reading/last-record';
import { whyOf, type Work } from './lease-streams';

/** Checkpoints in streams `checkpoint-<name>`, of which the server keeps the last event. */
export const checkpointStreams = ({ reading, loop, closed }: Work): CheckpointStore => {
  const { settings, names, runtime, connection } = reading;
  const cut = new Set<string>();
  const streamOf = (name: string): string => names.stored(`checkpoint-${asciiName(name)}`);
  return {
    load: (name) => async () => {
      const why = closed();
      if (why !== undefined) return E.left(unavailable(why));
      const record = await lastRecord(reading, streamOf(name));
      return E.isLeft(record)
        ? E.left(unavailable(whyOf(record.left)))
        : E.right(textIn(record.right, 'position'));
    },
    save: (name, position) => async () => {
      const why = closed();
      if (why !== undefined) return E.left(unavailable(why));
      const stream = streamOf(name);
      if (!cut.has(name)) {
        const kept = await connection.keepLast(stream, 1, settings.attempt);
        if (E.isRight(kept) || kept.left._tag === 'Conflict') cut.add(name);
      }
      // The last save counts, whatever was there before.
      const saved = await loop.append({
        stream,
        expected: 'any',
        records: [
          { id: runtime.ids.next(), type: 'checkpoint.Saved', data: { name, position }, metadata: {} },
        ],
        isThere: () => Promise.resolve(E.right(undefined)),
      });
      return E.isLeft(saved) ? E.left(unavailable(whyOf(saved.left))) : E.right(undefined);
    },
  };
};

const unavailable = (why: string): WorkUnavailable => ({ _tag: 'WorkUnavailable', why });
