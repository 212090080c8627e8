import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { canonicalJson } from './canonical-json';
import type { Decider, Tagged } from './decider';
import type { EventFamily } from './event-family';
import type { Refusal } from './refusal';

type AnyDecider<C, S, Event> = Decider<C, S, Event, Refusal>;

export const foldEvents = <C, S, Event>(
  { initial, evolve }: AnyDecider<C, S, Event>,
  events: ReadonlyArray<Event>,
): S => events.reduce(evolve, initial);

/** The events of commands given one after another; a refused command appends nothing. */
export const historyOf = <C, S, Event>(
  decider: AnyDecider<C, S, Event>,
  commands: ReadonlyArray<C>,
  begun: ReadonlyArray<Event> = [],
): ReadonlyArray<Event> => {
  const events: Array<Event> = [...begun];
  let state = foldEvents(decider, events);
  for (const command of commands) {
    const decided = decider.decide(command, state);
    if (E.isLeft(decided)) continue;
    events.push(...decided.right);
    state = decided.right.reduce(decider.evolve, state);
  }
  return events;
};

/** Events of a history left out, repeated and in any order: what no store would hold, and what a fold must bear. */
export const shuffled = <Event>(
  history: fc.Arbitrary<ReadonlyArray<Event>>,
): fc.Arbitrary<ReadonlyArray<Event>> =>
  history.chain((events) => fc.shuffledSubarray([...events, ...events]));

/** The rule a command is refused by; `undefined` where it is accepted. */
export const ruleOf = <C, S, Event>(
  decider: AnyDecider<C, S, Event>,
  command: C,
  state: S,
): string | undefined => {
  const decided = decider.decide(command, state);
  return E.isLeft(decided) ? decided.left.rule : undefined;
};

/** What the same command would append right after it was accepted; nothing where it is refused in the first place. */
export const decidedAgain = <C, S, Event>(
  decider: AnyDecider<C, S, Event>,
  command: C,
  state: S,
): unknown => {
  const first = decider.decide(command, state);
  if (E.isLeft(first)) return [];
  const second = decider.decide(command, first.right.reduce(decider.evolve, state));
  return E.isLeft(second) ? second.left : second.right;
};

/** The events that their codecs do not read back, or that canonical JSON cannot hold. */
export const unstorable = <Event extends Tagged>(
  family: EventFamily<Event>,
  events: ReadonlyArray<Event>,
): ReadonlyArray<Event> =>
  events.filter(({ type, data }) => {
    const { versions } = family.definitions[type as Event['type']];
    return versions.at(-1)?.codec.is(data) !== true || E.isLeft(canonicalJson(data));
  });
