import * as E from 'fp-ts/Either';
import type { From } from '../read/read-request';
import type { Position } from '../log/position';
import type { Refusal } from '../server/refusal';
import { invalidArgument } from '../server/refusal';
import type { Message } from '../wire/message';
import type { groupSettings } from '../wire/group-messages';

/** Who gets the next message. */
export type ConsumerStrategy = 'RoundRobin' | 'DispatchToSingle' | 'Pinned';

/** How a group works. */
export interface GroupSettings {
  readonly resolveLinks: boolean;
  readonly extraStatistics: boolean;
  /** Milliseconds. 0: a message may be kept for ever. */
  readonly messageTimeout: number;
  readonly maxRetryCount: number;
  /** Milliseconds between checkpoints of less than `maxCheckpointCount` messages. */
  readonly checkpointAfter: number;
  readonly minCheckpointCount: number;
  readonly maxCheckpointCount: number;
  /** 0: as many as come. */
  readonly maxSubscriberCount: number;
  readonly liveBufferSize: number;
  readonly readBatchSize: number;
  readonly historyBufferSize: number;
  readonly strategy: ConsumerStrategy;
}

/** What a group reads. Texts, so that the source can be written down. */
export type GroupSource =
  | { readonly _tag: 'Stream'; readonly stream: string; readonly from: From<bigint> }
  | {
      readonly _tag: 'All';
      readonly from: From<Position>;
      /** Kept as it came, because it is stored with the group. */
      readonly filter: GroupFilter | undefined;
    };

export interface GroupFilter {
  readonly on: 'stream' | 'type';
  readonly regex: string;
  readonly prefixes: ReadonlyArray<string>;
}

const STRATEGIES: ReadonlyArray<ConsumerStrategy> = ['DispatchToSingle', 'RoundRobin', 'Pinned'];
const TICKS = 10_000n;

/** Reads the settings of `Create` and `Update`. Refused as the server refuses them: sizes that contradict one another. */
export const readSettings = (given: Message<typeof groupSettings>): E.Either<Refusal, GroupSettings> => {
  const named = given.consumerStrategy ?? STRATEGIES[given.namedConsumerStrategy ?? 0];
  const strategy = STRATEGIES.find((known) => known === named);
  if (strategy === undefined) return E.left(invalidArgument(`Consumer strategy ${named} does not exist.`));
  const bufferSize = given.historyBufferSize ?? 0;
  const readBatchSize = given.readBatchSize ?? 0;
  if (bufferSize <= 0 || readBatchSize <= 0 || readBatchSize >= bufferSize) {
    return E.left(invalidArgument('The read batch has to be larger than 0 and smaller than the buffer.'));
  }
  return E.right({
    resolveLinks: given.resolveLinks ?? false,
    extraStatistics: given.extraStatistics ?? false,
    messageTimeout: given.messageTimeoutMs ?? Number((given.messageTimeoutTicks ?? 0n) / TICKS),
    maxRetryCount: given.maxRetryCount ?? 0,
    checkpointAfter: given.checkpointAfterMs ?? Number((given.checkpointAfterTicks ?? 0n) / TICKS),
    minCheckpointCount: given.minCheckpointCount ?? 0,
    maxCheckpointCount: given.maxCheckpointCount ?? 0,
    maxSubscriberCount: given.maxSubscriberCount ?? 0,
    liveBufferSize: given.liveBufferSize ?? 0,
    readBatchSize,
    historyBufferSize: bufferSize,
    strategy,
  });
};
