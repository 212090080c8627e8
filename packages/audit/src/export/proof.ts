import type { FiscalDocument, ReceiptEvent } from '@cloud-kassa/core';
import {
  FiscalDocumentCodec,
  RECEIPT_EVENTS,
  attemptKeyOf,
  isSameDocument,
  receiptIdOf,
  receiptStream,
} from '@cloud-kassa/core';
import type { ChainHead, EventStore, StoreError, StoredEvent } from '@cloud-kassa/event-store';
import { CHAIN_START, verifyNext } from '@cloud-kassa/event-store';
import { recordCodec } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import { FORGETFUL_KEY_RING, readingCodec } from '../reading-codec';
import { envelopeLine, eventOfLine } from './envelope-line';

/** What a proof shows of one receipt. */
export interface Proof {
  readonly receiptId: string;
  readonly events: number;
  /** Of the last event: what to look for in a checkpoint that was kept elsewhere. */
  readonly head: ChainHead;
  /** Every document that the events name, the recorded one first. */
  readonly documents: ReadonlyArray<FiscalDocument>;
}

/** Why there is no proof of a receipt. */
export type NoProof =
  | StoreError
  | { readonly _tag: 'NoSuchReceipt'; readonly receiptId: string }
  | ProofFailure;

/** What is wrong with a proof, by line, from 1; the header is line 1. */
export interface ProofFailure {
  readonly _tag: 'ProofFailure';
  readonly line: number;
  readonly why:
    | 'no-header'
    | 'no-envelope'
    | 'chain-broken'
    | 'undecodable'
    | 'not-registered-first'
    | 'receipt-id'
    | 'attempt-key'
    | 'document-without-intent'
    | 'header-differs';
}

const FORMAT = 'cloud-kassa proof 1';

const HeaderCodec = recordCodec('ProofHeader', {
  format: t.literal(FORMAT),
  receiptId: t.string,
  events: t.number,
  hash: t.string,
  documents: t.readonlyArray(FiscalDocumentCodec),
});

const codec = readingCodec(RECEIPT_EVENTS, FORGETFUL_KEY_RING);

const wrong = (line: number, why: ProofFailure['why']): E.Either<ProofFailure, never> =>
  E.left({ _tag: 'ProofFailure', line, why });

/** What the events of a receipt have said so far. */
interface Told {
  readonly receiptId: string;
  readonly keys: Set<string>;
  readonly documents: FiscalDocument[];
  isIntended: boolean;
}

/** Takes one event in; answers what is wrong with it. */
const take = (told: Told, event: ReceiptEvent, revision: number): ProofFailure['why'] | undefined => {
  if ((revision === 0) !== (event.type === 'receipt.Registered')) return 'not-registered-first';
  switch (event.type) {
    case 'receipt.Registered': {
      const { receiptId, organisation, source } = event.data;
      const isOwn = receiptId === told.receiptId && receiptId === receiptIdOf(organisation, source);
      return isOwn ? undefined : 'receipt-id';
    }
    case 'receipt.Routed':
    case 'receipt.Rerouted':
    case 'receipt.Rekeyed': {
      const { key, domain, generation } = event.data;
      told.keys.add(key);
      return key === attemptKeyOf(told.receiptId, domain, generation) ? undefined : 'attempt-key';
    }
    case 'receipt.SendIntended':
      told.isIntended = true;
      return told.keys.has(event.data.key) ? undefined : 'attempt-key';
    case 'receipt.Fiscalized':
    case 'receipt.Disputed':
      told.documents.push(event.data.document);
      return told.isIntended || event.type === 'receipt.Disputed' ? undefined : 'document-without-intent';
    default:
      return undefined;
  }
};

const first = 2;

/** Verifies the events of one receipt: chain from the first event on, codecs, receipt id, keys, an intent before the document. */
const verified = async (
  receiptId: string,
  events: ReadonlyArray<StoredEvent>,
): Promise<E.Either<ProofFailure, Proof>> => {
  const told: Told = { receiptId, keys: new Set(), documents: [], isIntended: false };
  let head = CHAIN_START;
  for (const [index, event] of events.entries()) {
    const next = verifyNext(receiptStream(receiptId), head, event);
    if (E.isLeft(next)) return wrong(index + first, 'chain-broken');
    head = { revision: event.revision, hash: event.hash };
  }
  const page = await codec.read(events)();
  if (E.isLeft(page) || events.length === 0) return wrong(first, 'no-envelope');
  for (const [index, read] of page.right.entries()) {
    if (E.isLeft(read)) return wrong(index + first, 'undecodable');
    const why = take(told, read.right.event, index);
    if (why !== undefined) return wrong(index + first, why);
  }
  return E.right({ receiptId, events: events.length, head, documents: told.documents });
};

/**
 * The proof of one receipt as text: a header with the documents and the hash of the last event, then every event as stored, one a line.
 * Persons stay sealed. It shows nothing of other receipts. Whoever gets it checks it with {@link verifyProof}; that the store still ends in
 * the same hash is shown by a checkpoint that was kept elsewhere.
 */
export const proofOf =
  (store: EventStore, receiptId: string): TaskEither<NoProof, string> =>
  async () => {
    const events: StoredEvent[] = [];
    for await (const item of store.readStream(receiptStream(receiptId))) {
      if (item._tag === 'Failed') return E.left(item.error);
      if (item._tag === 'Events') events.push(...item.events);
    }
    if (events.length === 0) return E.left({ _tag: 'NoSuchReceipt', receiptId });
    const proof = await verified(receiptId, events);
    if (E.isLeft(proof)) return proof;
    const { documents, head } = proof.right;
    const lines = [
      JSON.stringify({ format: FORMAT, receiptId, events: events.length, hash: head.hash, documents }),
    ];
    for (const [index, event] of events.entries()) {
      const line = envelopeLine(event);
      if (E.isLeft(line)) return wrong(index + first, 'no-envelope');
      lines.push(line.right);
    }
    return E.right(lines.map((line) => `${line}\n`).join(''));
  };

const headerOf = (line: string) => {
  const parsed = E.tryCatch(
    () => JSON.parse(line) as unknown,
    () => undefined,
  );
  return E.isLeft(parsed) ? parsed : HeaderCodec.decode(parsed.right);
};

const sameDocuments = (left: ReadonlyArray<FiscalDocument>, right: ReadonlyArray<FiscalDocument>): boolean =>
  left.length === right.length &&
  left.every((document, index) => isSameDocument(document, right[index] ?? { fn: '' }));

/**
 * Checks the text of a proof. It needs nothing else: no store, no keys. That the events are all of the receipt's and are those of the store is
 * shown by the hash of the last one, where it stands in a checkpoint that was kept elsewhere.
 */
export const verifyProof =
  (text: string): TaskEither<ProofFailure, Proof> =>
  async () => {
    const [head = '', ...rest] = text.split('\n').filter((line) => line !== '');
    const header = headerOf(head);
    if (E.isLeft(header)) return wrong(1, 'no-header');
    const { receiptId, documents, hash, events: count } = header.right;
    const events: StoredEvent[] = [];
    for (const [index, line] of rest.entries()) {
      const event = eventOfLine(line);
      if (event === undefined) return wrong(index + first, 'no-envelope');
      events.push(event);
    }
    const proof = await verified(receiptId, events);
    if (E.isLeft(proof)) return proof;
    const isSame = proof.right.head.hash === hash && events.length === count;
    return isSame && sameDocuments(proof.right.documents, documents) ? proof : wrong(1, 'header-differs');
  };
