import type { EventFamily, Tagged } from '@cloud-kassa/core';
import type { EventCodec, KeyRing } from '@cloud-kassa/event-store';
import { createEventCodec } from '@cloud-kassa/event-store';
import * as TE from 'fp-ts/TaskEither';

/** A key ring to which every person is erased: for readers to whom persons do not matter. It makes no keys. */
export const FORGETFUL_KEY_RING: KeyRing = {
  keyIdFor: () => TE.left({ _tag: 'KeyRingUnavailable', why: 'an audit names no persons' }),
  keyFor: () => TE.left({ _tag: 'KeyRingUnavailable', why: 'an audit seals nothing' }),
  find: (kids) => TE.right(new Map(kids.map((kid) => [kid, 'erased']))),
  erase: () => TE.left({ _tag: 'KeyRingUnavailable', why: 'an audit erases nothing' }),
};

/** Random bytes are drawn for sealing only, and nothing is sealed by a reader. */
const noEntropy = (): never => {
  throw new TypeError('A reader seals nothing.');
};

/** The codec of a family for those who only read. */
export const readingCodec = <Event extends Tagged>(
  family: EventFamily<Event>,
  keyRing: KeyRing,
): EventCodec<Event> => createEventCodec({ family, keyRing, entropy: noEntropy });
