import type { Message } from '../wire/message';
import type { filterOptions } from '../wire/stream-messages';

/** Which events of `$all` a client wants. */
export interface EventFilter {
  readonly accepts: (stream: string, type: string) => boolean;
  /** How many events are looked at for one page; `undefined` when the client leaves it to the server. */
  readonly window: number | undefined;
  /** A checkpoint comes after so many windows. */
  readonly checkpointInterval: number;
}

/** `undefined` for a filter that cannot be: a regular expression that is none, or nothing to filter by. */
export const readFilter = (given: Message<typeof filterOptions>): EventFilter | undefined => {
  const expression = given.streamName ?? given.eventType;
  if (expression === undefined) return undefined;
  const matches = matcherOf(expression);
  if (matches === undefined) return undefined;
  return {
    accepts: given.streamName === undefined ? (_, type) => matches(type) : (stream) => matches(stream),
    window: given.max,
    checkpointInterval: given.checkpointIntervalMultiplier ?? 1,
  };
};

/** Regular expressions are those of JavaScript here, and those of .NET in the real server. */
export const matcherOf = ({
  regex = '',
  prefixes = [],
}: {
  readonly regex?: string | undefined;
  readonly prefixes?: ReadonlyArray<string> | undefined;
}): ((text: string) => boolean) | undefined => {
  if (regex === '') return (text) => prefixes.some((prefix) => text.startsWith(prefix));
  try {
    const compiled = new RegExp(regex, 'u');
    return (text) => compiled.test(text);
  } catch {
    return undefined;
  }
};
