import { TextDecoder } from 'node:util';
import * as E from 'fp-ts/Either';
import { mediaTypeOf } from './media-type';
import type { HttpAnswer } from './outcome';

/** The body is no text in the charset it claims. */
export interface NotText {
  readonly _tag: 'NotText';
  readonly rule: 'content-encoding' | 'unknown-charset' | 'malformed';
}

const decoderFor = (charset: string): TextDecoder | undefined => {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    return undefined;
  }
};

const decode = (decoder: TextDecoder, body: Uint8Array): E.Either<NotText, string> => {
  try {
    return E.right(decoder.decode(body));
  } catch {
    return E.left({ _tag: 'NotText', rule: 'malformed' });
  }
};

/**
 * The text of an answer: UTF-8 unless its content type names another charset; a byte order mark is left out. Malformed bytes are refused,
 * never replaced. A compressed body is refused: nobody asked for one.
 */
export const readText = ({
  headers,
  body,
}: Pick<HttpAnswer, 'headers' | 'body'>): E.Either<NotText, string> => {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== '')
    return E.left({ _tag: 'NotText', rule: 'content-encoding' });
  const decoder = decoderFor(mediaTypeOf(headers['content-type'])?.charset ?? 'utf-8');
  return decoder === undefined ? E.left({ _tag: 'NotText', rule: 'unknown-charset' }) : decode(decoder, body);
};
