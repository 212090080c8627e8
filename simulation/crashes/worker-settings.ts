import type { oneCAdapter, WorkerOptions } from '@cloud-kassa/cloud-kassa';

const SEND_TIMEOUT_MS = 1_000;

/** The adapter in a hurry: what takes seconds or minutes between machines takes a second at most here. */
export const ADAPTER_SETTINGS: NonNullable<Parameters<typeof oneCAdapter>[0]> = {
  timeoutMs: SEND_TIMEOUT_MS,
  connectMs: 500,
  throttledPauseMs: 1_000,
  accountPauseMs: 1_000,
};

/** A worker in a hurry. The relations between the times are those of the defaults: the lease is twice the time-out. */
export const WORKER_SETTINGS: Omit<WorkerOptions, 'name'> = {
  settings: {
    sendTimeoutMs: SEND_TIMEOUT_MS,
    leaseMs: 2 * SEND_TIMEOUT_MS,
    quietMs: 400,
    window: 8,
    poolSize: 32,
    stuckAfterMs: 3_000,
    firstAskMs: 30,
    askBackoff: { baseMs: 50, capMs: 400, floorMs: 20 },
    sendBackoff: { baseMs: 50, capMs: 400, floorMs: 20 },
    storeBackoff: { baseMs: 20, capMs: 200, floorMs: 10 },
    retryAfterCapMs: 1_500,
    breaker: { spanMs: 2_000, minimumCalls: 10, failureShare: 0.6, openMs: 200, openCapMs: 600 },
  },
  payments: {
    waitingRetryMs: 400,
    checkpointMs: 100,
    backoff: { baseMs: 20, capMs: 200, floorMs: 10 },
  },
  health: {
    everyMs: 1_000,
    timeoutMs: 700,
    lookMs: 200,
    againBackoff: { baseMs: 100, capMs: 400, floorMs: 50 },
  },
  shifts: { obstacleMs: 500, lookMs: 2_000, againBackoff: { baseMs: 50, capMs: 500, floorMs: 20 } },
};
