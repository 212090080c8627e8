import type { EventLog } from '../log/event-log';
import type { groupInfo } from '../wire/group-messages';
import type { Message } from '../wire/message';
import { startPlace } from './group-cursor';
import { sourceName } from './group-record';
import type { RunningGroup } from './groups';

/**
 * A group as it is told about. Rates are not measured and stay absent, which clients read as 0; nothing is buffered ahead of
 * its delivery, so that read and live buffers are empty.
 */
export const groupInfoOf = (
  log: EventLog,
  { record: { group, source, settings }, group: running }: RunningGroup,
): Message<typeof groupInfo> => {
  const facts = running.facts();
  return {
    eventSource: sourceName(source),
    group,
    status: 'Live',
    connections: facts.consumers.map(({ consumer, inFlight, sent }) => ({
      from: consumer.from,
      username: consumer.username,
      totalItems: BigInt(sent),
      availableSlots: consumer.bufferSize - inFlight,
      inFlightMessages: inFlight,
      connectionName: consumer.connectionName,
    })),
    totalItems: BigInt(facts.sent),
    lastCheckpointed: facts.checkpoint ?? '',
    lastKnown: lastKnown(log, source._tag === 'All' ? undefined : source.stream, facts.lastKnown),
    resolveLinkTos: settings.resolveLinks,
    startFrom: startPlace(source),
    messageTimeoutMs: settings.messageTimeout,
    extraStatistics: settings.extraStatistics,
    maxRetryCount: settings.maxRetryCount,
    liveBufferSize: settings.liveBufferSize,
    bufferSize: settings.historyBufferSize,
    readBatchSize: settings.readBatchSize,
    checkpointAfterMs: settings.checkpointAfter,
    minCheckpointCount: settings.minCheckpointCount,
    maxCheckpointCount: settings.maxCheckpointCount,
    retryBufferCount: facts.retrying,
    totalInFlightMessages: facts.outstanding,
    outstandingMessagesCount: facts.outstanding,
    namedConsumerStrategy: settings.strategy,
    maxSubscriberCount: settings.maxSubscriberCount,
    parkedMessageCount: facts.parked,
  };
};

/** The last event that the group has come to know of; of a stream the last there is. */
const lastKnown = (log: EventLog, stream: string | undefined, taken: string | undefined): string => {
  if (stream === undefined) return taken ?? '';
  const head = log.head(stream);
  return head < 0n ? '' : String(head);
};
