import * as E from 'fp-ts/Either';
import type { ExpectedRevision } from '../log/expected-revision';
import type { ProposedEvent } from '../log/proposed-event';
import { uuidBytes, uuidOfHalves } from '../log/uuid-bytes';
import type { Refusal } from '../server/refusal';
import { invalidArgument, metadataMissing } from '../server/refusal';
import type { Message } from '../wire/message';
import type { uuid } from '../wire/shared-messages';
import type { expectation, proposedMessage } from '../wire/stream-messages';

/** A UUID of either form as lowercase text; `undefined` when it is none. */
export const uuidFrom = (id: Message<typeof uuid> | undefined): string | undefined => {
  if (id?.structured !== undefined) return uuidOfHalves(id.structured.most ?? 0n, id.structured.least ?? 0n);
  const text = id?.text?.toLowerCase();
  return text !== undefined && uuidBytes(text) !== undefined ? text : undefined;
};

/** An event as a client proposes it. The type and the content type have to be there, and the id has to be a UUID. */
export const readProposed = (proposed: Message<typeof proposedMessage>): E.Either<Refusal, ProposedEvent> => {
  const type = proposed.metadata?.['type'];
  if (type === undefined) return E.left(metadataMissing('type'));
  const contentType = proposed.metadata?.['content-type'];
  if (contentType === undefined) return E.left(metadataMissing('content-type'));
  const id = uuidFrom(proposed.id);
  if (id === undefined) return E.left(invalidArgument('The id of an event is not a UUID.'));
  return E.right({
    id,
    type,
    json: contentType === 'application/json',
    data: proposed.data ?? NOTHING,
    metadata: proposed.customMetadata ?? NOTHING,
  });
};

const NOTHING = Buffer.alloc(0);

/** What an append, a delete or a tombstone expects. The server counts revisions in 63 bits. */
export const readExpectation = (
  given: Omit<Message<typeof expectation>, 'stream'>,
): ExpectedRevision | undefined => {
  if (given.revision !== undefined) return given.revision < 2n ** 63n ? given.revision : undefined;
  if (given.noStream !== undefined) return 'no_stream';
  if (given.any !== undefined) return 'any';
  return given.streamExists === undefined ? undefined : 'stream_exists';
};

export const streamNameOf = (stream: { readonly name?: Uint8Array | undefined } | undefined): string =>
  Buffer.from(stream?.name ?? NOTHING).toString('utf8');
