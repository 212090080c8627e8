import type {
  CloudDeviceState,
  Decider,
  EventFamily,
  PaymentState,
  ReceiptState,
  ShiftState,
} from '@cloud-kassa/core';
import {
  CLOUD_DEVICE,
  CLOUD_DEVICE_EVENTS,
  PAYMENT,
  PAYMENT_EVENTS,
  RECEIPT,
  RECEIPT_EVENTS,
  SHIFT,
  SHIFT_EVENTS,
} from '@cloud-kassa/core';
import type { DecodeFailure, EventStore, KeyRing, KeyRingError, StoreError } from '@cloud-kassa/event-store';
import { CHAIN_START, verifyNext } from '@cloud-kassa/event-store';
import type { ChainHead, StoredEvent } from '@cloud-kassa/event-store';
import type { Instant } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import { ownerOf } from '../aggregate';
import { readingCodec } from '../reading-codec';
import type { KassaEvent } from './event-words';
import type { TimelineEntry } from './timeline';
import { timelineEntry } from './timeline';

/** Up to where a stream is replayed; without either to its end. Both together: to whichever comes first. */
export interface ReplayPoint {
  /** Events up to, and not including, the first that bears a later time. */
  readonly at?: Instant;
  /** The last event, from 0. */
  readonly revision?: number;
}

/** The state of one aggregate as its own decider folds it. */
export type ReplayedState =
  | { readonly aggregate: 'receipt'; readonly state: ReceiptState }
  | { readonly aggregate: 'payment'; readonly state: PaymentState }
  | { readonly aggregate: 'clouddevice'; readonly state: CloudDeviceState }
  | { readonly aggregate: 'shift'; readonly state: ShiftState };

/** One aggregate at some moment, and how it came there. */
export type Replay = ReplayedState & {
  readonly stream: string;
  /** Of the last event that was folded; −1 where none was. */
  readonly revision: number;
  /** Of the last event of the stream, whose chain was verified up to there. */
  readonly lastRevision: number;
  readonly timeline: ReadonlyArray<TimelineEntry>;
};

/**
 * Why a stream can not be replayed: the store's own failures (`Corrupt` names the revision at which the chain breaks, wherever it is in the
 * stream), an event that can not be read, a stream of others, or one without events.
 */
export type ReplayFailure =
  | StoreError
  | KeyRingError
  | DecodeFailure
  | { readonly _tag: 'UnknownStream'; readonly stream: string }
  | { readonly _tag: 'NoSuchStream'; readonly stream: string };

interface Replaying {
  readonly store: EventStore;
  readonly keyRing: KeyRing;
  readonly stream: string;
  readonly point: ReplayPoint;
}

interface Folded<State> {
  readonly state: State;
  readonly revision: number;
  readonly lastRevision: number;
  readonly timeline: ReadonlyArray<TimelineEntry>;
}

const isBehind = ({ metadata, revision }: StoredEvent, point: ReplayPoint): boolean =>
  (point.at !== undefined && metadata.at > point.at) ||
  (point.revision !== undefined && revision > point.revision);

const fold =
  <Command, State, Event extends KassaEvent, Refusal>(
    { store, keyRing, stream, point }: Replaying,
    decider: Decider<Command, State, Event, Refusal>,
    family: EventFamily<Event>,
  ): TaskEither<ReplayFailure, Folded<State>> =>
  async () => {
    const codec = readingCodec(family, keyRing);
    const timeline: TimelineEntry[] = [];
    let head: ChainHead = CHAIN_START;
    let { initial: state } = decider;
    let isOver = false;
    for await (const item of store.readStream(stream)) {
      if (item._tag === 'Failed') return E.left(item.error);
      if (item._tag === 'CaughtUp') continue;
      for (const event of item.events) {
        const next = verifyNext(stream, head, event);
        if (E.isLeft(next)) return next;
        head = next.right;
      }
      const page = await codec.read(item.events)();
      if (E.isLeft(page)) return page;
      for (const [index, read] of page.right.entries()) {
        const stored = item.events[index];
        isOver ||= stored === undefined || isBehind(stored, point);
        if (isOver) break;
        if (E.isLeft(read)) return read;
        state = decider.evolve(state, read.right.event);
        timeline.push(timelineEntry(read.right.event, read.right.stored, timeline.at(-1)));
      }
    }
    if (head.revision < 0) return E.left({ _tag: 'NoSuchStream', stream });
    return E.right({
      state,
      revision: timeline.at(-1)?.revision ?? -1,
      lastRevision: head.revision,
      timeline,
    });
  };

/**
 * The state of one aggregate as of a moment or a revision, with all that led to it. The chain of the whole stream is verified, also behind the
 * point that is asked for: a stream with a bad chain is not replayed. `at` goes by the times the events bear, in the order of the stream.
 */
export const replayStream = (
  store: EventStore,
  keyRing: KeyRing,
  stream: string,
  point: ReplayPoint = {},
): TaskEither<ReplayFailure, Replay> => {
  const replaying = { store, keyRing, stream, point };
  const owner = ownerOf(stream);
  if (owner === undefined) return TE.left({ _tag: 'UnknownStream', stream });
  switch (owner.aggregate) {
    case 'receipt':
      return TE.map((folded: Folded<ReceiptState>): Replay => ({ stream, aggregate: 'receipt', ...folded }))(
        fold(replaying, RECEIPT, RECEIPT_EVENTS),
      );
    case 'payment':
      return TE.map((folded: Folded<PaymentState>): Replay => ({ stream, aggregate: 'payment', ...folded }))(
        fold(replaying, PAYMENT, PAYMENT_EVENTS),
      );
    case 'clouddevice':
      return TE.map((folded: Folded<CloudDeviceState>): Replay => ({
        stream,
        aggregate: 'clouddevice',
        ...folded,
      }))(fold(replaying, CLOUD_DEVICE, CLOUD_DEVICE_EVENTS));
    case 'shift':
      return TE.map((folded: Folded<ShiftState>): Replay => ({ stream, aggregate: 'shift', ...folded }))(
        fold(replaying, SHIFT, SHIFT_EVENTS),
      );
  }
};
