import { LAST_REVISION } from './expected-revision';

/** The parts of a stream's metadata that change what is read of it. */
export interface StreamMetadata {
  /** `$maxCount`: only so many events at the end of the stream are read. */
  readonly maxCount?: bigint;
  /** `$maxAge`, in seconds: older events are not read. */
  readonly maxAge?: number;
  /** `$tb`: events before this revision are not read. The largest revision means that the stream is deleted. */
  readonly truncateBefore?: bigint;
}

export const NO_METADATA: StreamMetadata = {};

/** Of a metadata stream itself only the last event is read. */
export const METADATA_OF_METADATA: StreamMetadata = { maxCount: 1n };

export const isDeleted = ({ truncateBefore }: StreamMetadata): boolean => truncateBefore === LAST_REVISION;

export const isMetadataStream = (stream: string): boolean => stream.startsWith('$$');

export const metadataStreamOf = (stream: string): string => `$$${stream}`;

export const originalStreamOf = (metadataStream: string): string => metadataStream.slice(2);

/** Reads the data of a `$metadata` event. What is no JSON object counts as no metadata, as with the real server. */
export const readMetadata = (data: Uint8Array): StreamMetadata => {
  const text = Buffer.from(data).toString('utf8');
  if (jsonObject(text) === undefined) return NO_METADATA;
  const maxCount = integer(text, '$maxCount');
  const maxAge = integer(text, '$maxAge');
  const truncateBefore = integer(text, '$tb');
  return {
    ...(maxCount === undefined ? {} : { maxCount }),
    ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
    ...(truncateBefore === undefined ? {} : { truncateBefore }),
  };
};

/** The data of a deletion: it reads as a stream that has been truncated before the largest revision. */
export const DELETION = Buffer.from(`{"$tb":${LAST_REVISION}}`, 'utf8');

/** The same metadata with another `$tb`; `undefined` when the metadata is no JSON object. */
export const truncatedBefore = (data: Uint8Array, revision: bigint): Buffer | undefined => {
  const members = jsonObject(Buffer.from(data).toString('utf8'));
  if (members === undefined) return undefined;
  const rest = JSON.stringify({ ...members, $tb: 0 });
  return Buffer.from(rest.replace('"$tb":0', `"$tb":${revision}`), 'utf8');
};

const jsonObject = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? { ...parsed }
      : undefined;
  } catch {
    return undefined;
  }
};

/** From the text: numbers of 64 bits do not survive `JSON.parse`. */
const integer = (text: string, key: '$maxCount' | '$maxAge' | '$tb'): bigint | undefined => {
  const found = new RegExp(`"\\${key}"\\s*:\\s*(\\d+)`, 'u').exec(text)?.[1];
  return found === undefined ? undefined : BigInt(found);
};
