import type { Message } from '../wire/message';
import { readDelimited, readVarint, sourceOf } from '../wire/source';
import { readResp, recordedEvent } from '../wire/stream-messages';
import type { Position } from './position';
import type { ProposedEvent } from './proposed-event';

/** What an event gets when it is stored. */
export interface Recording {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: Position;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/**
 * An event as it goes over the wire when it is read: the whole answer, encoded once when the event is stored, so that a
 * million events are sent without decoding one of them. The id is in its text form.
 */
export const eventFrame = (
  { id, type, json, data, metadata }: ProposedEvent,
  { stream, revision, position, created }: Recording,
): Buffer =>
  readResp.encode({
    event: {
      event: {
        id: { text: id },
        stream: { name: Buffer.from(stream, 'utf8') },
        revision,
        prepare: position.prepare,
        commit: position.commit,
        metadata: {
          type,
          'content-type': json ? 'application/json' : 'application/octet-stream',
          // 100-nanosecond ticks since 1970.
          created: String(BigInt(created) * 10_000n),
        },
        customMetadata: metadata,
        data,
      },
      commit: position.commit,
    },
  });

/** The recorded event inside of a frame, still encoded. */
export const recordedBytes = (frame: Buffer): Buffer => {
  const outer = sourceOf(frame);
  readVarint(outer);
  const inner = sourceOf(readDelimited(outer));
  readVarint(inner);
  return readDelimited(inner);
};

export const recordedOf = (frame: Buffer): Message<typeof recordedEvent> =>
  recordedEvent.decode(recordedBytes(frame));
