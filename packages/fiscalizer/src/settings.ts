/** How receipts are carried out. Every number is a setting; the defaults suit the 1C provider API and one register per device. */
export interface FiscalizerSettings {
  /** A send's total time-out on the wire. */
  readonly sendTimeoutMs: number;
  /** A shard whose beat has not moved for so long, on the observer's monotonic clock, may be taken over. At least twice the time-out. */
  readonly leaseMs: number;
  /** After a send of unknown outcome nothing is sent for so long. Equal to the lease unless there is a reason. */
  readonly quietMs: number;
  /** Receipts of one device that may be with the provider at once. An outage strands at most so many. */
  readonly window: number;
  /** A receipt the provider has had for longer no longer counts against the window: it is stuck, not in flight. */
  readonly stuckAfterMs: number;
  /** Sends and asks under way in one process at once. */
  readonly poolSize: number;
  /** Asks under way for one device at once. */
  readonly asksPerDevice: number;
  /** The first ask after an acknowledgement comes after so long, later ones by {@link askBackoff}. */
  readonly firstAskMs: number;
  readonly askBackoff: BackoffSettings;
  readonly sendBackoff: BackoffSettings;
  readonly storeBackoff: BackoffSettings;
  /** A provider's Retry-After is followed up to here. */
  readonly retryAfterCapMs: number;
  readonly breaker: BreakerSettings;
}

/** Pauses drawn between 0 and `base * 2^n`, never above `cap` (full jitter), and never below `floor`. */
export interface BackoffSettings {
  readonly baseMs: number;
  readonly capMs: number;
  readonly floorMs: number;
}

/** The breaker opens at a share of failed calls among at least so many within a span; it closes after a successful read. */
export interface BreakerSettings {
  readonly spanMs: number;
  readonly minimumCalls: number;
  readonly failureShare: number;
  readonly openMs: number;
  readonly openCapMs: number;
}

export const DEFAULT_SETTINGS: FiscalizerSettings = {
  sendTimeoutMs: 30_000,
  leaseMs: 60_000,
  quietMs: 60_000,
  window: 32,
  stuckAfterMs: 15 * 60_000,
  poolSize: 128,
  asksPerDevice: 4,
  firstAskMs: 1_000,
  askBackoff: { baseMs: 2_000, capMs: 60_000, floorMs: 500 },
  sendBackoff: { baseMs: 1_000, capMs: 300_000, floorMs: 100 },
  storeBackoff: { baseMs: 200, capMs: 30_000, floorMs: 50 },
  retryAfterCapMs: 30 * 60_000,
  breaker: { spanMs: 30_000, minimumCalls: 20, failureShare: 0.5, openMs: 30_000, openCapMs: 300_000 },
};

/** A setting that contradicts another one. */
export interface WrongSetting {
  readonly setting: string;
  readonly rule: string;
}

/** The contradictions among settings; empty where they fit together. */
export const wrongSettings = (settings: FiscalizerSettings): ReadonlyArray<WrongSetting> => {
  const wrong: WrongSetting[] = [];
  if (settings.leaseMs < 2 * settings.sendTimeoutMs)
    wrong.push({ setting: 'leaseMs', rule: 'at least twice sendTimeoutMs' });
  if (settings.window < 1) wrong.push({ setting: 'window', rule: 'at least 1' });
  if (settings.poolSize < 1) wrong.push({ setting: 'poolSize', rule: 'at least 1' });
  if (settings.asksPerDevice < 1) wrong.push({ setting: 'asksPerDevice', rule: 'at least 1' });
  if (settings.quietMs < 0) wrong.push({ setting: 'quietMs', rule: 'not negative' });
  return wrong;
};
