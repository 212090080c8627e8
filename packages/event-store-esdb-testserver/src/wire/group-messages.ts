import { many, message, one } from './message';
import { empty, position, streamIdentifier, uuid } from './shared-messages';
import { filterOptions, recordedEvent, streamOptions, uuidOption } from './stream-messages';
import { bool, bytes, int32, int64, text, uint64 } from './wire-type';

/** `event_store.client.persistent_subscriptions.*`. */

export const groupReadReq = message({
  options: one(
    1,
    message({
      stream: one(1, streamIdentifier),
      group: one(2, text),
      bufferSize: one(3, int32),
      uuid: one(4, uuidOption),
      all: one(5, empty),
    }),
  ),
  ack: one(2, message({ id: one(1, bytes), ids: many(2, uuid) })),
  nack: one(
    3,
    message({
      id: one(1, bytes),
      ids: many(2, uuid),
      /** 0 unknown, 1 park, 2 retry, 3 skip, 4 stop. */
      action: one(3, int32),
      reason: one(4, text),
    }),
  ),
});

export const groupReadResp = message({
  event: one(
    1,
    message({
      event: one(1, recordedEvent),
      link: one(2, recordedEvent),
      commit: one(3, uint64),
      noPosition: one(4, empty),
      retryCount: one(5, int32),
      noRetryCount: one(6, empty),
    }),
  ),
  confirmation: one(2, message({ subscriptionId: one(1, text) })),
});

/** Of `Create` and of `Update`. */
export const groupSettings = message({
  resolveLinks: one(1, bool),
  /** Where servers before 21.10 had it. */
  revision: one(2, uint64),
  extraStatistics: one(3, bool),
  messageTimeoutTicks: one(4, int64),
  maxRetryCount: one(5, int32),
  checkpointAfterTicks: one(6, int64),
  minCheckpointCount: one(7, int32),
  maxCheckpointCount: one(8, int32),
  maxSubscriberCount: one(9, int32),
  liveBufferSize: one(10, int32),
  readBatchSize: one(11, int32),
  historyBufferSize: one(12, int32),
  /** 0 DispatchToSingle, 1 RoundRobin, 2 Pinned. */
  namedConsumerStrategy: one(13, int32),
  messageTimeoutMs: one(14, int32),
  checkpointAfterMs: one(15, int32),
  consumerStrategy: one(16, text),
});

const allSourceOptions = message({
  position: one(1, position),
  start: one(2, empty),
  end: one(3, empty),
  filter: one(4, filterOptions),
  noFilter: one(5, empty),
});

/** Of `Create` and of `Update`; an update has no filter. */
export const groupWriteReq = message({
  options: one(
    1,
    message({
      /** Where servers before 21.10 had it. */
      streamIdentifier: one(1, streamIdentifier),
      group: one(2, text),
      settings: one(3, groupSettings),
      stream: one(4, streamOptions),
      all: one(5, allSourceOptions),
    }),
  ),
});

export const groupDeleteReq = message({
  options: one(1, message({ stream: one(1, streamIdentifier), group: one(2, text), all: one(3, empty) })),
});

export const groupInfoReq = message({
  options: one(1, message({ stream: one(1, streamIdentifier), all: one(2, empty), group: one(3, text) })),
});

export const groupReplayReq = message({
  options: one(
    1,
    message({
      group: one(1, text),
      stream: one(2, streamIdentifier),
      all: one(3, empty),
      stopAt: one(4, int64),
      noLimit: one(5, empty),
    }),
  ),
});

export const groupListReq = message({
  options: one(
    1,
    message({
      everything: one(1, empty),
      forStream: one(2, message({ stream: one(1, streamIdentifier), all: one(2, empty) })),
    }),
  ),
});

export const groupInfo = message({
  eventSource: one(1, text),
  group: one(2, text),
  status: one(3, text),
  connections: many(
    4,
    message({
      from: one(1, text),
      username: one(2, text),
      averageItemsPerSecond: one(3, int32),
      totalItems: one(4, int64),
      countSinceLastMeasurement: one(5, int64),
      availableSlots: one(7, int32),
      inFlightMessages: one(8, int32),
      connectionName: one(9, text),
    }),
  ),
  averagePerSecond: one(5, int32),
  totalItems: one(6, int64),
  countSinceLastMeasurement: one(7, int64),
  lastCheckpointed: one(8, text),
  lastKnown: one(9, text),
  resolveLinkTos: one(10, bool),
  startFrom: one(11, text),
  messageTimeoutMs: one(12, int32),
  extraStatistics: one(13, bool),
  maxRetryCount: one(14, int32),
  liveBufferSize: one(15, int32),
  bufferSize: one(16, int32),
  readBatchSize: one(17, int32),
  checkpointAfterMs: one(18, int32),
  minCheckpointCount: one(19, int32),
  maxCheckpointCount: one(20, int32),
  readBufferCount: one(21, int32),
  liveBufferCount: one(22, int64),
  retryBufferCount: one(23, int32),
  totalInFlightMessages: one(24, int32),
  outstandingMessagesCount: one(25, int32),
  namedConsumerStrategy: one(26, text),
  maxSubscriberCount: one(27, int32),
  parkedMessageCount: one(28, int64),
});

export const groupInfoResp = message({ info: one(1, groupInfo) });
export const groupListResp = message({ groups: many(1, groupInfo) });
