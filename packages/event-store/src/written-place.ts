import type { AppendedEvent } from './envelope';

interface Place {
  readonly stream: string;
  readonly revision: number;
}

const places = new WeakMap<AppendedEvent, Place>();

/** Notes that the canonical text of an event was made from its data for this place. The event can not be changed any more. */
export const noteWritten = (event: AppendedEvent, stream: string, revision: number): AppendedEvent => {
  places.set(Object.freeze(event), { stream, revision });
  return event;
};

/**
 * Was the canonical text of this very event made by a codec of this process for this place? Then a store need not make it again to know
 * that it is the right one. A copy of an event is another one, of which nothing is known.
 */
export const isWrittenFor = (
  event: AppendedEvent,
  stream: string,
  revision: number,
): event is AppendedEvent & { readonly canonicalText: string } => {
  const place = places.get(event);
  return place !== undefined && place.stream === stream && place.revision === revision;
};
