/** A media type in lower case and the charset beside it, if there is one. */
export interface MediaType {
  readonly type: string;
  readonly charset?: string;
}

const TYPE = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}$/;
const CHARSET = /^[\w.:-]{1,40}$/;
const LONGEST = 1024;

const unquoted = (text: string): string => (/^".*"$/.test(text) ? text.slice(1, -1) : text);

/** Reads a `Content-Type` header (RFC 9110, 8.3). Other parameters than `charset` are passed over. `undefined` for what is none. */
export const mediaTypeOf = (header: string | undefined): MediaType | undefined => {
  if (header === undefined || header.length > LONGEST) return undefined;
  const [first = '', ...parameters] = header.split(';').map((part) => part.trim());
  const type = first.toLowerCase();
  if (!TYPE.test(type)) return undefined;
  for (const parameter of parameters) {
    const equals = parameter.indexOf('=');
    if (parameter.slice(0, equals).trim().toLowerCase() !== 'charset') continue;
    const charset = unquoted(parameter.slice(equals + 1).trim()).toLowerCase();
    return CHARSET.test(charset) ? { type, charset } : { type };
  }
  return { type };
};

/** JSON by its name: `application/json`, `text/json`, and every `+json` such as `application/problem+json` (RFC 6839, RFC 9457). */
export const isJsonType = (media: MediaType | undefined): boolean =>
  media !== undefined && (/^(?:application|text)\/json$/.test(media.type) || media.type.endsWith('+json'));
