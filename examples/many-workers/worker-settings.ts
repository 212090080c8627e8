import type { WorkerOptions } from '@cloud-kassa/cloud-kassa';

/** 30 seconds in production. */
export const SEND_TIMEOUT_MS = 1_000;

/** A worker for an example: what takes up to minutes in production takes a second or two. The relations are the same. */
export const IN_A_HURRY: Omit<WorkerOptions, 'name'> = {
  settings: {
    sendTimeoutMs: SEND_TIMEOUT_MS,
    leaseMs: 2 * SEND_TIMEOUT_MS,
    quietMs: 2 * SEND_TIMEOUT_MS,
    firstAskMs: 100,
    askBackoff: { baseMs: 200, capMs: 1_000, floorMs: 100 },
    sendBackoff: { baseMs: 100, capMs: 1_000, floorMs: 50 },
    breaker: { spanMs: 2_000, minimumCalls: 20, failureShare: 0.5, openMs: 500, openCapMs: 1_000 },
  },
};
