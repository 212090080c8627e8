import { message, one } from './message';
import { bytes, int64, text, uint32, uint64 } from './wire-type';

/** `event_store.client.*` that several services share. A field's number is what goes over the wire; its name is ours. */

export const empty = message({});

export const uuid = message({
  structured: one(1, message({ most: one(1, int64), least: one(2, int64) })),
  text: one(2, text),
});

export const streamIdentifier = message({ name: one(3, bytes) });

export const position = message({ commit: one(1, uint64), prepare: one(2, uint64) });

export const wrongExpectedVersion = message({
  currentRevision: one(1, uint64),
  currentNoStream: one(2, empty),
  expectedRevision: one(3, uint64),
  expectedAny: one(4, empty),
  expectedStreamExists: one(5, empty),
  expectedNoStream: one(6, empty),
});

export const streamDeleted = message({ stream: one(1, streamIdentifier) });

export const maximumAppendSizeExceeded = message({ size: one(1, uint32) });

export const badRequest = message({ message: one(1, text) });

/** `google.protobuf.Any`. */
export const any = message({ typeUrl: one(1, text), value: one(2, bytes) });

/** `google.rpc.Status`. */
export const status = message({ code: one(1, uint32), message: one(2, text), details: one(3, any) });

/** `google.protobuf.Timestamp`; a `Duration` is laid out alike. */
export const timestamp = message({ seconds: one(1, int64), nanos: one(2, uint32) });
