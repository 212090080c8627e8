const SECONDS = /^\d{1,10}$/;

/** The form that HTTP dates must have; a date only a parser of good will understands is none. */
const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * The pause in milliseconds that a `Retry-After` header asks for (RFC 9110, 10.2.3): whole seconds, or an HTTP date, which is compared
 * with `now` (ISO 8601) and is 0 when it has passed. `undefined` for an absent or malformed header.
 */
export const retryAfterMs = (header: string | undefined, now: string): number | undefined => {
  const text = header?.trim() ?? '';
  if (SECONDS.test(text)) return Number(text) * 1000;
  if (!HTTP_DATE.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.parse(now));
};
