/** How much each measure does. Every number is a flag of the same name in kebab case. */
export interface Sizes {
  /** Rounds that count, for every measure. */
  readonly rounds: number;
  /** Appends of a round, for every size of group. */
  readonly appends: number;
  /** Streams of a round that are given commands. */
  readonly warmStreams: number;
  /** Commands to each of them. */
  readonly warmCommands: number;
  readonly replayEvents: number;
  readonly catchUpEvents: number;
  /** Events in the small and in the large store. */
  readonly costSmall: number;
  readonly costLarge: number;
  /** Commands of a round, to each of the two stores. */
  readonly costCommands: number;
  /** Receipts of a round, end to end. */
  readonly receipts: number;
  /** Appends of a round to EventStoreDB; a single caller makes a quarter of them. */
  readonly esdbAppends: number;
  /** Events in the database that subscriptions are read from. */
  readonly esdbEvents: number;
  /** Receipts of a round, end to end over EventStoreDB. */
  readonly esdbReceipts: number;
}

/** For a machine that does nothing else: about five minutes. */
export const FULL: Sizes = {
  rounds: 9,
  appends: 8_192,
  warmStreams: 20,
  warmCommands: 20,
  replayEvents: 60_000,
  catchUpEvents: 60_000,
  costSmall: 10_000,
  costLarge: 1_000_000,
  costCommands: 64,
  receipts: 4_000,
  esdbAppends: 2_048,
  esdbEvents: 100_000,
  esdbReceipts: 2_000,
};

/** For continuous integration: about a minute. Figures are rough, and the large store is not large. */
export const QUICK: Sizes = {
  rounds: 3,
  appends: 2_048,
  warmStreams: 20,
  warmCommands: 20,
  replayEvents: 10_000,
  catchUpEvents: 10_000,
  costSmall: 10_000,
  costLarge: 100_000,
  costCommands: 64,
  receipts: 800,
  esdbAppends: 1_024,
  esdbEvents: 10_000,
  esdbReceipts: 400,
};
