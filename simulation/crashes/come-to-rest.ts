import type { Idle } from '@cloud-kassa/cloud-kassa';
import type { Runtime } from '@cloud-kassa/runtime';
import type { Settled } from './person';
import type { Troupe } from './troupe';

export interface RestOptions {
  readonly processes: Troupe;
  readonly runtime: Runtime;
  /** One round of the person through the queue. */
  readonly settle: () => Promise<Settled>;
}

/** Longer than any pause of the workers but that of a receipt without a device, which the person ends. */
const HORIZON_MS = 5_000;

const PATIENCE_MS = 120_000;
const ROUNDS = 30;
const PAUSE_MS = 200;

const leftOf = ({ receipts, settlements }: Idle): ReadonlyArray<string> => [
  ...receipts
    .filter(({ phase }) => phase !== 'Held')
    .map(({ receiptId, phase, nextAt }) => `receipt ${receiptId} is ${phase}, next at ${nextAt ?? '-'}`),
  ...settlements.map(
    ({ paymentId, settlementId, reason }) => `${paymentId} ${settlementId} waits: ${reason}`,
  ),
];

/**
 * Lets the workers go on until nothing is left, while a person settles what is held. Answers what they still have to do when they are
 * given up on; nothing where all came to rest.
 */
export const comeToRest = async ({
  processes,
  runtime,
  settle,
}: RestOptions): Promise<ReadonlyArray<string>> => {
  let left: ReadonlyArray<string> = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const over = new AbortController();
    const told = await Promise.race([
      processes.worker().ask({ do: 'until-idle', horizonMs: HORIZON_MS }),
      runtime.sleep(PATIENCE_MS, over.signal),
    ]);
    over.abort();
    if (told === undefined) return ['the workers do not come to rest'];
    if (told.told !== 'idle') return [JSON.stringify(told)];
    left = leftOf(told.idle);
    const { settled, resumed, refused } = await settle();
    if (settled + resumed + refused.length + left.length === 0) return [];
    await runtime.sleep(PAUSE_MS);
  }
  return left;
};
