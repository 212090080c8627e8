import type { Type } from 'io-ts';
import type { EventDefinition } from './event-family';

/**
 * The definition of an event that exists in one version only. The codec is held to the type of the event's data, so that neither can
 * drift from the other; `sealed` lists the paths of buyers inside the data.
 */
export const defineEvent = <Event extends { readonly data: unknown }>(
  codec: Type<Event['data'], unknown>,
  ...sealed: ReadonlyArray<string>
): EventDefinition => ({ versions: [{ codec }], sealed });
