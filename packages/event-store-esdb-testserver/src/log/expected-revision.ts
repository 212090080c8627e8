/** What an append expects: the number of the stream's last event, or one of the three words. */
export type ExpectedRevision = bigint | 'no_stream' | 'any' | 'stream_exists';

/** The largest revision there is. As a `$tb` it deletes a stream; as a revision it is that of a tombstone. */
export const LAST_REVISION = 2n ** 63n - 1n;
