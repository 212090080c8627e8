import type { Either } from 'fp-ts/Either';

/**
 * One aggregate as three total functions; nothing here throws, reads a clock or makes an id.
 *
 * - `initial` is the state of a stream without events.
 * - `decide` answers `Left` with a refusal as data, or `Right` with the events to append. An empty list means
 *   "accepted, nothing to do" (the command repeats what already holds).
 * - `evolve` folds one stored event into the state; it accepts every event the aggregate has ever written.
 *
 * Whatever a decision needs from outside (the time, a new id, facts of other aggregates) travels in the command.
 */
export interface Decider<Command, State, Event, Refusal> {
  readonly initial: State;
  readonly decide: (command: Command, state: State) => Either<Refusal, ReadonlyArray<Event>>;
  readonly evolve: (state: State, event: Event) => State;
}

/** A command or an event: a name from the language of the project and its data. */
export interface Tagged<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}
