import type { Decider, EventFamily, Tagged } from '@cloud-kassa/core';

/** A stream of events and the commands that are given to it, one event each. */
export interface Workload<Command extends Tagged, State, Event extends Tagged> {
  readonly name: string;
  readonly decider: Decider<Command, State, Event, never>;
  readonly family: EventFamily<Event>;
  readonly stream: string;
  readonly commandAt: (index: number) => Command;
}
