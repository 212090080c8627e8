import { isNamespace } from './stream-names';

/** How a store behaves. All times are milliseconds. */
export interface EsdbSettings {
  /**
   * Latin letters, digits and `_`. The streams of this store are named `<namespace>~<stream>` in the database. For a database that
   * several programs share: those of one namespace see no streams of another, and those without one no streams of a namespace.
   * Default: none.
   */
  readonly namespace: string | undefined;
  /** How long an append may take with all its repetitions. What is not known by then is `OutcomeUnknown`. Default 10,000. */
  readonly deadline: number;
  /** How long one try of an append may take. The server itself gives up after 2,000. Default 3,000. */
  readonly attempt: number;
  /** Bytes of data and metadata in an append at most. The server's own limit is 1 MiB. Default 1 MiB. */
  readonly maxAppendBytes: number;
  /** Appends that are on their way at the same time. The others wait. Default 64. */
  readonly appendsInFlight: number;
  /** Events in a page of a read at most. Default 256. */
  readonly pageSize: number;
  /** A read that hears nothing for so long is cancelled and begun again. Default 5,000. */
  readonly silence: number;
  /** For so long reads and subscriptions that break off are resumed without success before they fail. Default 30,000. */
  readonly patience: number;
  /** How often subscriptions that wait look where the head is. Default 500. */
  readonly look: number;
  /** A subscription that should have brought something for so long is dropped and resumed. Default 10,000. */
  readonly liveness: number;
  /** How often the mark moves on when nothing but events of others is written. Default 60,000. */
  readonly mark: number;
  /** Events between two checkpoints of a filtered subscription. Default 512. */
  readonly searchWindow: number;
  /** How long opening waits for a server. Default 10,000. */
  readonly opening: number;
  /** How long closing waits for appends that are on their way. Default 500. */
  readonly closing: number;
  /** Number of shards whose leases are kept. Default 64. */
  readonly shards: number;
}

export const DEFAULT_SETTINGS: EsdbSettings = {
  namespace: undefined,
  deadline: 10_000,
  attempt: 3_000,
  maxAppendBytes: 1024 * 1024,
  appendsInFlight: 64,
  pageSize: 256,
  silence: 5_000,
  patience: 30_000,
  look: 500,
  liveness: 10_000,
  mark: 60_000,
  searchWindow: 512,
  opening: 10_000,
  closing: 500,
  shards: 64,
};

/** What is wrong with settings; nothing if they can be used. */
export const wrongSettings = (settings: EsdbSettings): ReadonlyArray<string> => {
  const { namespace, appendsInFlight, attempt, deadline, ...numbers } = settings;
  const wrong = Object.entries({ ...numbers, appendsInFlight, attempt, deadline })
    .filter(([, value]) => !Number.isSafeInteger(value) || value < 1)
    .map(([name]) => `${name} is a whole number from 1 on`);
  if (namespace !== undefined && !isNamespace(namespace))
    wrong.push('namespace has 1 to 40 Latin letters, digits and _');
  if (appendsInFlight > 90) wrong.push('appendsInFlight is at most 90: a connection takes 100 calls');
  if (attempt > deadline) wrong.push('attempt is at most deadline');
  return wrong;
};
