const STREAM_NAME = /^[A-Za-z0-9._]+-[A-Za-z0-9._-]+$/;
const LONGEST = 200;

/**
 * `category-id`: ASCII letters, digits, `.`, `_` and `-`, at most 200 of them. The category ends at the first `-`, as it does for
 * EventStoreDB's own projections, and no stream of ours begins with `$`, which marks the system's.
 */
export const isStreamName = (name: string): boolean => name.length <= LONGEST && STREAM_NAME.test(name);
