import type { Tagged } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { CHAIN_START, verifyNext, type ChainHead } from './chain';
import type { DecodeFailure } from './decode-failure';
import type { EventCodec } from './event-codec';
import type { KeyRingError } from './key-ring';
import { knownCommands, type KnownCommands } from './known-commands';
import type { EventStore, Position, StoreError } from './store';

/** What is known of a stream: its state at a revision, the end of its chain, and the commands that wrote to it. */
export interface HeldState<State> {
  state: State;
  head: ChainHead;
  /** Of the last event; `undefined` before the first. */
  position: Position | undefined;
  readonly commands: KnownCommands;
}

/** Why a stream could not be read into a state. */
export type LoadError = StoreError | DecodeFailure | KeyRingError;

export interface HeldStates<State> {
  readonly empty: () => HeldState<State>;
  /** Reads what came after, checks the chain, and moves `held` on, page by page. Answers whether anything came. */
  readonly advance: (stream: string, held: HeldState<State>) => Promise<Either<LoadError, boolean>>;
}

export const heldStates = <State, Event extends Tagged>(
  store: EventStore,
  codec: EventCodec<Event>,
  initial: State,
  evolve: (state: State, event: Event) => State,
  commandsToKnow: number | 'all',
): HeldStates<State> => ({
  empty: () => ({
    state: initial,
    head: CHAIN_START,
    position: undefined,
    commands: knownCommands(commandsToKnow),
  }),

  advance: async (stream, held) => {
    const before = held.head.revision;
    for await (const item of store.readStream(stream, { from: before + 1 })) {
      if (item._tag === 'Failed') return E.left(item.error);
      if (item._tag === 'CaughtUp') continue;
      let { state, head } = held;
      for (const event of item.events) {
        const next = verifyNext(stream, head, event);
        if (E.isLeft(next)) return next;
        head = next.right;
      }
      const page = await codec.read(item.events)();
      if (E.isLeft(page)) return page;
      for (const decoded of page.right) {
        if (E.isLeft(decoded)) return decoded;
        state = evolve(state, decoded.right.event);
      }
      held.state = state;
      held.head = { revision: head.revision, hash: head.hash };
      held.position = item.events.at(-1)?.position ?? held.position;
      for (const { metadata, revision, position } of item.events)
        held.commands.remember(metadata, revision, position);
    }
    return E.right(held.head.revision > before);
  },
});
