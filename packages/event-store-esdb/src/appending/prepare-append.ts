import {
  appendRefusal,
  canonicalEventText,
  isWrittenFor,
  type AppendedEvent,
  type Expected,
  type StoreError,
} from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { NewRecord } from '../connection/record';
import { isWorkStream, WORK_CATEGORIES } from '../stream-names';
import { recordOfEvent } from './event-record';

/** An append in the form in which it is sent: nothing of it can be changed by its caller any more. */
export interface PreparedAppend {
  /** The revision of its first event. */
  readonly first: number;
  readonly records: ReadonlyArray<NewRecord>;
  /** Why the events can not stand in the place they are meant for: they could not be read back as they are. */
  readonly unfit?: StoreError;
}

/** Checks the form of an append and writes down what is sent. */
export const prepareAppend = (
  stream: string,
  expected: Expected,
  events: ReadonlyArray<AppendedEvent>,
  maxBytes: number,
): Either<StoreError, PreparedAppend> => {
  const refusal = appendRefusal(stream, expected, events);
  if (refusal !== undefined) return E.left(refusal);
  if (isWorkStream(stream))
    return E.left({
      _tag: 'Rejected',
      rule: 'stream-name',
      why: `The categories ${WORK_CATEGORIES.join(', ')} are those of the store itself.`,
    });
  const first = expected === 'no-stream' ? 0 : expected + 1;
  const records: NewRecord[] = [];
  let bytes = 0;
  let unfit: StoreError | undefined;
  for (const [index, event] of events.entries()) {
    const revision = first + index;
    const prepared = recordOfEvent(event);
    if (E.isLeft(prepared))
      return E.left(corrupt(stream, revision, `the data are not canonical: ${prepared.left}`));
    if (!hasItsText(stream, revision, event))
      unfit ??= corrupt(stream, revision, 'the canonical text is not that of the event in its place');
    records.push(prepared.right.record);
    bytes += prepared.right.bytes;
    if (bytes > maxBytes)
      return E.left({ _tag: 'Rejected', rule: 'too-large', why: `An append has at most ${maxBytes} bytes.` });
  }
  return E.right({ first, records, ...(unfit === undefined ? {} : { unfit }) });
};

/** The text is not kept: it has to be the one that is made of the event when it is read. */
const hasItsText = (stream: string, revision: number, event: AppendedEvent): boolean => {
  if (event.canonicalText === undefined || isWrittenFor(event, stream, revision)) return true;
  const text = canonicalEventText(stream, revision, event);
  return E.isRight(text) && text.right === event.canonicalText;
};

const corrupt = (stream: string, revision: number, why: string): StoreError => ({
  _tag: 'Corrupt',
  stream,
  revision,
  why,
});
