import type { ConsumerStrategy } from './group-settings';

/** As much of a consumer as the choice looks at. */
export interface Candidate {
  readonly room: () => number;
}

/**
 * Who gets the next message; `undefined` when nobody who may have it has room. `Pinned` gives all events of a stream to one
 * consumer as long as nobody comes or goes; the real server spreads 1024 buckets and passes over messages whose consumer is
 * full, here the group waits for him.
 */
export const chooseConsumer = <A extends Candidate>(
  strategy: ConsumerStrategy,
  consumers: ReadonlyArray<A>,
  turn: number,
  stream: string,
): A | undefined => {
  if (consumers.length === 0) return undefined;
  if (strategy === 'DispatchToSingle') return consumers.find(({ room }) => room() > 0);
  if (strategy === 'Pinned') {
    const pinned = consumers[hash(stream) % consumers.length];
    return pinned !== undefined && pinned.room() > 0 ? pinned : undefined;
  }
  return consumers
    .map((_, index) => consumers[(turn + index) % consumers.length])
    .find((consumer) => consumer !== undefined && consumer.room() > 0);
};

const hash = (text: string): number => {
  let sum = 0;
  for (const byte of Buffer.from(text, 'utf8')) sum = (sum * 31 + byte) >>> 0;
  return sum;
};
