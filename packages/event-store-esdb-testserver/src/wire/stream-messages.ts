import { dictionary, many, message, one } from './message';
import { empty, position, status, streamIdentifier, timestamp, uuid } from './shared-messages';
import { bool, bytes, int32, text, uint32, uint64 } from './wire-type';

/** `event_store.client.streams.*`. */

/** What an append, a delete and a tombstone say first. */
export const expectation = message({
  stream: one(1, streamIdentifier),
  revision: one(2, uint64),
  noStream: one(3, empty),
  any: one(4, empty),
  streamExists: one(5, empty),
});

export const proposedMessage = message({
  id: one(1, uuid),
  metadata: dictionary(2),
  customMetadata: one(3, bytes),
  data: one(4, bytes),
});

export const appendReq = message({ options: one(1, expectation), proposed: one(2, proposedMessage) });

export const appendResp = message({
  success: one(
    1,
    message({
      currentRevision: one(1, uint64),
      noStream: one(2, empty),
      position: one(3, position),
      noPosition: one(4, empty),
    }),
  ),
  wrongExpectedVersion: one(
    2,
    message({
      currentRevision: one(6, uint64),
      currentNoStream: one(7, empty),
      expectedRevision: one(8, uint64),
      expectedAny: one(9, empty),
      expectedStreamExists: one(10, empty),
      expectedNoStream: one(11, empty),
    }),
  ),
});

export const batchAppendReq = message({
  correlationId: one(1, uuid),
  options: one(
    2,
    message({
      stream: one(1, streamIdentifier),
      revision: one(2, uint64),
      noStream: one(3, empty),
      any: one(4, empty),
      streamExists: one(5, empty),
      /** An absolute moment of the client's clock. */
      deadline: one(6, timestamp),
      /** A span; newer clients send it instead. */
      timeout: one(7, timestamp),
    }),
  ),
  proposed: many(3, proposedMessage),
  isFinal: one(4, bool),
});

export const batchAppendResp = message({
  correlationId: one(1, uuid),
  error: one(2, status),
  success: one(
    3,
    message({
      currentRevision: one(1, uint64),
      noStream: one(2, empty),
      position: one(3, position),
      noPosition: one(4, empty),
    }),
  ),
  stream: one(4, streamIdentifier),
  expectedRevision: one(5, uint64),
  expectedNoStream: one(6, empty),
  expectedAny: one(7, empty),
  expectedStreamExists: one(8, empty),
});

export const deleteReq = message({ options: one(1, expectation) });

/** Of `Delete` and of `Tombstone`. */
export const deleteResp = message({ position: one(1, position), noPosition: one(2, empty) });

const expression = message({ regex: one(1, text), prefixes: many(2, text) });

export const filterOptions = message({
  streamName: one(1, expression),
  eventType: one(2, expression),
  max: one(3, uint32),
  count: one(4, empty),
  checkpointIntervalMultiplier: one(5, uint32),
});

export const uuidOption = message({ structured: one(1, empty), text: one(2, empty) });

export const streamOptions = message({
  stream: one(1, streamIdentifier),
  revision: one(2, uint64),
  start: one(3, empty),
  end: one(4, empty),
});

export const allOptions = message({
  position: one(1, position),
  start: one(2, empty),
  end: one(3, empty),
});

export const readReq = message({
  options: one(
    1,
    message({
      stream: one(1, streamOptions),
      all: one(2, allOptions),
      /** 0 forwards, 1 backwards. */
      direction: one(3, int32),
      resolveLinks: one(4, bool),
      count: one(5, uint64),
      subscription: one(6, empty),
      filter: one(7, filterOptions),
      noFilter: one(8, empty),
      uuid: one(9, uuidOption),
      control: one(10, message({ compatibility: one(1, uint32) })),
    }),
  ),
});

export const recordedEvent = message({
  id: one(1, uuid),
  stream: one(2, streamIdentifier),
  revision: one(3, uint64),
  prepare: one(4, uint64),
  commit: one(5, uint64),
  metadata: dictionary(6),
  customMetadata: one(7, bytes),
  data: one(8, bytes),
});

export const readEvent = message({
  event: one(1, recordedEvent),
  link: one(2, recordedEvent),
  commit: one(3, uint64),
  noPosition: one(4, empty),
});

/** Everything a read may answer but events, which are kept ready on the wire (see `EventLog`). */
export const readResp = message({
  event: one(1, readEvent),
  confirmation: one(2, message({ subscriptionId: one(1, text) })),
  checkpoint: one(3, position),
  streamNotFound: one(4, message({ stream: one(1, streamIdentifier) })),
  lastStreamPosition: one(6, uint64),
  caughtUp: one(8, empty),
  fellBehind: one(9, empty),
});
