import type { SafeClient } from './safe-client';

/** A client on which one more call was counted. */
export interface Lane {
  readonly client: SafeClient;
  /** The call is over. */
  readonly free: () => void;
}

/** Clients for calls that stay open, each with fewer of them than a connection takes. A new one is made when all are full. */
export interface Lanes {
  readonly take: () => Lane;
  readonly openCalls: () => number;
  readonly close: () => void;
}

/** A connection takes 100 calls; one more waits without a word. */
const CALLS = 64;

export const lanesOf = (make: () => SafeClient): Lanes => {
  const lanes: Array<{ readonly client: SafeClient; calls: number }> = [];
  return {
    take: () => {
      let lane = lanes.find(({ calls }) => calls < CALLS);
      if (lane === undefined) {
        lane = { client: make(), calls: 0 };
        lanes.push(lane);
      }
      const taken = lane;
      taken.calls += 1;
      let freed = false;
      return {
        client: taken.client,
        free: () => {
          if (!freed) taken.calls -= 1;
          freed = true;
        },
      };
    },
    openCalls: () => lanes.reduce((sum, { client }) => sum + client.openCalls(), 0),
    close: () => {
      for (const { client } of lanes) client.close();
    },
  };
};
