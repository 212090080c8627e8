import type { StoredEvent } from '@cloud-kassa/event-store';
import type { EventFacts } from './event-facts';
import { eventFacts } from './event-facts';
import type { EventWords, KassaEvent } from './event-words';
import { EVENT_WORDS } from './event-words';

/** One event of a stream for people to read. */
export interface TimelineEntry extends EventWords {
  readonly revision: number;
  readonly position: string;
  readonly at: string;
  readonly type: KassaEvent['type'];
  readonly version: number;
  readonly eventId: string;
  /** The person, process or worker that gave the command. */
  readonly actor: string;
  readonly commandId: string;
  /** The event or command that caused the command. */
  readonly causationId: string;
  readonly correlationId: string;
  /** Milliseconds since the event before by the times they bear; negative where a clock went back, absent for the first. */
  readonly sincePreviousMs?: number;
  readonly facts: EventFacts;
}

/** An event as an entry of the timeline behind the one before it. */
export const timelineEntry = (
  event: KassaEvent,
  { revision, position, version, eventId, metadata }: StoredEvent,
  before: TimelineEntry | undefined,
): TimelineEntry => ({
  revision,
  position,
  at: metadata.at,
  type: event.type,
  version,
  eventId,
  actor: metadata.actor,
  commandId: metadata.commandId,
  causationId: metadata.causationId,
  correlationId: metadata.correlationId,
  ...(before === undefined ? {} : { sincePreviousMs: Date.parse(metadata.at) - Date.parse(before.at) }),
  ...EVENT_WORDS[event.type],
  facts: eventFacts(event),
});
