import {
  canonicalJson,
  type Decider,
  type EventFamily,
  type NotCanonical,
  type Tagged,
} from '@cloud-kassa/core';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { backoff } from './backoff';
import { commandHashOf } from './command-hash';
import type { Metadata } from './envelope';
import { createEventCodec, type NotStorable, type Written } from './event-codec';
import { heldStates, type HeldState, type LoadError } from './held-state';
import type { KeyRing } from './key-ring';
import { oneAtATime } from './one-at-a-time';
import { stateCache, type StateCacheOptions } from './state-cache';
import type { EventStore, Expected, Position } from './store';
import { sureAppend } from './sure-append';

export interface CommandHandlerOptions<Id, Command, State, Event extends Tagged, Refusal> {
  readonly store: EventStore;
  readonly decider: Decider<Command, State, Event, Refusal>;
  readonly family: EventFamily<Event>;
  readonly streamOf: (id: Id) => string;
  readonly keyRing: KeyRing;
  readonly runtime: Runtime;
  readonly cache?: StateCacheOptions<State>;
  /** How many commands of a stream are recognised when they are repeated. */
  readonly knownCommands: number | 'all';
  /** How often a command is decided anew after a conflict, and how often an append of unknown outcome is repeated. Default 8. */
  readonly attempts?: number;
  /**
   * What of a command tells it from others under the same id. Default: all of it. Leave out what the caller reads anew for every
   * try (the time, facts of other aggregates), or a repeated command is refused as another one.
   */
  readonly identityOf?: (command: Command) => unknown;
}

/** What came with a command from outside. Without a cause the command is its own. */
export interface CommandContext {
  /** Unique within the stream. The caller who tries again gives the same id. */
  readonly commandId: string;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly actor: string;
  /** INN of the organisation, or `-`. */
  readonly organisation: string;
}

/** A command was accepted. */
export interface Handled<State, Event> {
  readonly state: State;
  /** Of the last event of this command; of the stream where it appended nothing. */
  readonly revision: Expected;
  /** Of the same event: a query that waits for it sees the command's effect. */
  readonly position: Position | undefined;
  /** What this call appended: nothing for a duplicate. */
  readonly events: ReadonlyArray<Event>;
  /** The command had been accepted before, by this process or another. */
  readonly duplicate: boolean;
}

/** The state of one stream as it was just read. */
export interface Loaded<State> {
  readonly state: State;
  readonly revision: Expected;
  readonly position: Position | undefined;
}

/**
 * Why a command was not accepted, or why that is not known (`OutcomeUnknown` only).
 *
 * - `Refused`: the decider said no, on the newest state.
 * - `CommandIdReused`: the id belongs to another command that was accepted before.
 * - `CommandNotCanonical`: the command or its context holds something that has no canonical text, at `path`.
 * - `NotStorable`: the decider made an event that must not be stored.
 * - `TooContended`: others wrote to the stream at every attempt; try again later.
 * - the failures of store, codec and key ring.
 */
export type HandlerError<Refusal> =
  | { readonly _tag: 'Refused'; readonly refusal: Refusal; readonly revision: Expected }
  | { readonly _tag: 'CommandIdReused'; readonly stream: string; readonly commandId: string }
  | { readonly _tag: 'CommandNotCanonical'; readonly path: string; readonly rule: NotCanonical['rule'] }
  | { readonly _tag: 'TooContended'; readonly stream: string; readonly attempts: number }
  | NotStorable
  | LoadError;

export interface CommandHandler<Id, Command, State, Event, Refusal> {
  readonly handle: (
    id: Id,
    command: Command,
    context: CommandContext,
  ) => TaskEither<HandlerError<Refusal>, Handled<State, Event>>;
  /** Reads the stream to its end. */
  readonly load: (id: Id) => TaskEither<LoadError, Loaded<State>>;
  /** Drops all cached states, e.g. after the key of a person was erased: they hold what was read before. */
  readonly forget: () => void;
}

/**
 * Decides commands on the events of one stream and appends the outcome under the revision it was decided on.
 *
 * A warm command costs no read. The cache is never trusted: the append is conditional; what would append nothing (a refusal, an
 * empty decision) is decided again after the tail was read. A command id that the stream knows is answered as a duplicate,
 * whoever wrote it, and this is looked up before every decision. Commands of one stream are handled one at a time in a process;
 * against other processes the loop is bounded and jittered.
 */
export const createCommandHandler = <Id, Command, State, Event extends Tagged, Refusal>(
  options: CommandHandlerOptions<Id, Command, State, Event, Refusal>,
): CommandHandler<Id, Command, State, Event, Refusal> => {
  const { store, decider, family, streamOf, keyRing, runtime, attempts = 8, identityOf } = options;
  const codec = createEventCodec({ family, keyRing, entropy: runtime.entropy });
  const states = heldStates(store, codec, decider.initial, decider.evolve, options.knownCommands);
  const cache = stateCache<State, HeldState<State>>(options.cache ?? {});
  const inTurn = oneAtATime();

  type Outcome = Either<HandlerError<Refusal>, Handled<State, Event>>;

  const handleInTurn = async (
    stream: string,
    command: Command,
    context: CommandContext,
    commandHash: string,
  ): Promise<Outcome> => {
    const cached = cache.get(stream);
    let held = cached ?? states.empty();
    let fresh = cached === undefined;
    if (fresh) {
      const read = await states.advance(stream, held);
      if (E.isLeft(read)) return read;
    }

    // A store that was put back to an older copy has another history than the one that is held: only the start can be trusted.
    const refresh = async (): Promise<Either<LoadError, boolean>> => {
      fresh = true;
      const tail = await states.advance(stream, held);
      if (E.isRight(tail) || tail.left._tag !== 'Corrupt') return tail;
      held = states.empty();
      return states.advance(stream, held);
    };

    for (let conflicts = 0; ;) {
      const known = held.commands.get(context.commandId);
      if (known !== undefined) {
        cache.put(stream, held);
        if (known.hash !== commandHash)
          return E.left({ _tag: 'CommandIdReused', stream, commandId: context.commandId });
        const { revision, position } = known;
        return E.right({ state: held.state, revision, position, events: [], duplicate: true });
      }

      const decision = decider.decide(command, held.state);
      if (E.isLeft(decision) || decision.right.length === 0) {
        if (!fresh) {
          const read = await refresh();
          if (E.isLeft(read)) return read;
          if (read.right) continue;
        }
        cache.put(stream, held);
        return E.isLeft(decision)
          ? E.left({ _tag: 'Refused', refusal: decision.left, revision: revisionOf(held) })
          : E.right({ ...loaded(held), events: [], duplicate: false });
      }

      const metadata = metadataOf(context, commandHash, runtime.wall());
      const written = await codec.write({ stream, after: held.head, metadata }, decision.right)();
      if (E.isLeft(written)) return written;
      const answer = await sureAppend(
        { store, runtime, attempts },
        stream,
        revisionOf(held),
        written.right.appended,
      );
      if (E.isLeft(answer)) return answer;
      if (answer.right._tag === 'Appended') {
        const { revision, position } = answer.right;
        foldIn(held, written.right, position);
        held.commands.remember(metadata, revision, position);
        cache.put(stream, held);
        return E.right({
          state: held.state,
          revision,
          position,
          events: written.right.events,
          duplicate: false,
        });
      }

      conflicts += 1;
      if (conflicts >= attempts) return E.left({ _tag: 'TooContended', stream, attempts });
      if (conflicts > 1) await backoff(runtime, conflicts - 1);
      if (isBehind(answer.right.actual, held)) {
        runtime.log.write('warn', 'a stream is shorter than it was', { stream });
        held = states.empty();
      }
      const read = await refresh();
      if (E.isLeft(read)) return read;
    }
  };

  const foldIn = (held: HeldState<State>, written: Written<Event>, position: Position): void => {
    held.state = written.events.reduce(decider.evolve, held.state);
    held.head = written.head;
    held.position = position;
  };

  return {
    handle: (id, command, context) => async () => {
      const commandHash = commandHashOf(identityOf === undefined ? command : identityOf(command));
      if (E.isLeft(commandHash)) return notCanonical(commandHash.left, 'command');
      const contextText = canonicalJson(context);
      if (E.isLeft(contextText)) return notCanonical(contextText.left, 'context');
      const stream = streamOf(id);
      return inTurn(stream, () => handleInTurn(stream, command, context, commandHash.right));
    },

    load: (id) => async () => {
      const stream = streamOf(id);
      const cached = cache.get(stream);
      // A command may be moving the cached one on at this moment: a reader goes its own way from a copy.
      const held = cached === undefined ? states.empty() : { ...cached, commands: states.empty().commands };
      const read = await states.advance(stream, held);
      if (E.isLeft(read)) return read;
      if (cached === undefined) cache.put(stream, held);
      return E.right(loaded(held));
    },

    forget: cache.clear,
  };
};

const revisionOf = ({ head }: HeldState<unknown>): Expected =>
  head.revision === -1 ? 'no-stream' : head.revision;

const notCanonical = (
  { path, rule }: NotCanonical,
  root: 'command' | 'context',
): Either<HandlerError<never>, never> =>
  E.left({ _tag: 'CommandNotCanonical', path: path === '' ? root : `${root}.${path}`, rule });

const loaded = <State>(held: HeldState<State>): Loaded<State> => ({
  state: held.state,
  revision: revisionOf(held),
  position: held.position,
});

const isBehind = (actual: Expected, held: HeldState<unknown>): boolean =>
  (actual === 'no-stream' ? -1 : actual) < held.head.revision;

const metadataOf = (
  { commandId, correlationId = commandId, causationId = commandId, actor, organisation }: CommandContext,
  commandHash: string,
  at: string,
): Metadata => ({ actor, at, causationId, commandHash, commandId, correlationId, organisation });
