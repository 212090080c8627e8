export { appendRefusal } from './append-rules';
export { canonicalEventText } from './canonical-event';
export { CHAIN_START, chainHash, verifyChain, verifyNext, type ChainHead } from './chain';
export {
  createCommandHandler,
  type CommandContext,
  type CommandHandler,
  type CommandHandlerOptions,
  type Handled,
  type HandlerError,
  type Loaded,
} from './command-handler';
export type { CheckpointStore, WorkStore, WorkUnavailable } from './checkpoint-store';
export { commandHashOf } from './command-hash';
export { copyEvents, type CopyEventsOptions } from './copying/copy-events';
export { copyKeys } from './copying/copy-keys';
export type { CopyError, CopyProgress, CopyReport, CopySide, KeysFailed } from './copying/copy-report';
export type { DecodeFailure } from './decode-failure';
export type { AppendedEvent, Metadata, StoredEvent } from './envelope';
export {
  createEventCodec,
  createImpersonalReader,
  type Decoded,
  type EventCodec,
  type EventCodecOptions,
  type ImpersonalReader,
  type NotStorable,
  type Writing,
  type Written,
} from './event-codec';
export { eventIdOf } from './event-id';
export type { LoadError } from './held-state';
export type { DataKey, KeyRing, KeyRingError } from './key-ring';
export type { KeptKeyRing, KeyRingHome, KeyRingNotOpened, KeyRingRecords } from './key-ring-home';
export { KEY_BYTES, keyIdUnder, newKid, wrongKeyLength } from './key-material';
export {
  unwrapIndexKey,
  unwrapKey,
  wrapIndexKey,
  wrapKey,
  type KeyRecord,
  type WrappedKey,
} from './key-wrapping';
export type { Encrypted } from './encryption';
export type { Beat, Lease, LeasesUnavailable, LeaseStore } from './lease-store';
export { memoryCheckpointStore } from './memory-checkpoint-store';
export { memoryKeyRing, type MemoryKeyRing, type MemoryKeyRingOptions } from './memory-key-ring';
export { memoryLeaseStore } from './memory-lease-store';
export { memoryLog, type MemoryLog, type MemoryLogOptions } from './memory-log';
export { memoryStore, type AppendFault, type MemoryStoreOptions } from './memory-store';
export type { Sealed } from './sealing';
export type { StateCacheOptions } from './state-cache';
export type {
  Appended,
  Conflict,
  EventStore,
  Expected,
  Position,
  ReadAllOptions,
  ReadItem,
  ReadStreamOptions,
  RejectedRule,
  StoreError,
  StreamFilter,
  SubscribeOptions,
} from './store';
export { isStreamName } from './stream-name';
export { isWrittenFor } from './written-place';
