import { v5 } from 'uuid';

/** Of this library, drawn once. */
const NAMESPACE = '0b8f7a8e-52c4-4c0e-9d0b-6a3a1f6f0d51';

/**
 * The id of the n-th event that a command appends to a stream: UUID v5 of stream, command id and index. Whoever repeats the
 * command makes the same ids. No stream name contains the separator.
 */
export const eventIdOf = (stream: string, commandId: string, index: number): string =>
  v5(`${stream}\0${commandId}\0${index}`, NAMESPACE);
