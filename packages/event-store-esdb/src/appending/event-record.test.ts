import type { StoredEvent } from '@cloud-kassa/event-store';
import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';
import { batch } from '../appended.testing';
import type { NewRecord } from '../connection/record';
import { eventOfRecord, recordOfEvent } from './event-record';
import { recordId } from './record-id';

const [EVENT] = batch('receipt-1').events;
const PLACE = { commit: 7n, prepare: 6n };

const read = (metadata: unknown, how: object = {}): unknown => {
  const event = eventOfRecord('receipt-1', {
    stream: 'shop~receipt-1',
    revision: 0,
    id: 'id',
    type: 'sample.Happened',
    isJson: true,
    data: {},
    metadata,
    place: PLACE,
    ...how,
  });
  return E.isRight(event) ? event.right : event.left;
};

/** As they come back. Only bytes of this very class are sent as they are. */
const metadataOf = ({ metadata }: NewRecord): unknown => {
  if (metadata.constructor !== Uint8Array) throw new Error('The client would not send these bytes.');
  return JSON.parse(Buffer.from(metadata).toString('utf8'));
};

describe('an event in the database', () => {
  const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('null'));

  property.prop([json])('comes back as it was, whatever canonical data it has', (data) => {
    if (EVENT === undefined) throw new Error('There is no event.');
    const sent = recordOfEvent({ ...EVENT, data: data as typeof EVENT.data });
    if (E.isLeft(sent)) return;
    const { record } = sent.right;
    const stored = eventOfRecord('receipt-1', {
      stream: 'receipt-1',
      revision: 0,
      isJson: true,
      place: PLACE,
      id: record.id,
      type: record.type,
      // As it goes over the wire.
      data: JSON.parse(JSON.stringify(record.data)),
      metadata: metadataOf(record),
    });
    const { canonicalText, ...rest } = EVENT;
    const expected: StoredEvent = {
      ...rest,
      data: data as typeof EVENT.data,
      stream: 'receipt-1',
      revision: 0,
      position: '7/6',
    };
    expect(canonicalText).toBeDefined();
    expect(stored).toEqual(E.right(JSON.parse(JSON.stringify(expected))));
  });

  it('has correlation and causation under the names of the system projections', () => {
    if (EVENT === undefined) throw new Error('There is no event.');
    const sent = recordOfEvent(EVENT);
    expect(E.isRight(sent) && metadataOf(sent.right.record)).toMatchObject({
      $correlationId: 'only',
      $causationId: 'only',
      version: 1,
      hash: EVENT.hash,
    });
  });

  it('is of others where it has nothing of ours, and a damage where it has something', () => {
    for (const metadata of [undefined, null, {}, { $correlationId: 'x' }, Uint8Array.of(1), 'text', []])
      expect(read(metadata)).toBe('foreign');
    const whole = {
      $correlationId: 'a',
      $causationId: 'a',
      actor: 'a',
      at: 'a',
      commandHash: 'a',
      commandId: 'a',
      eventId: 'a',
      hash: 'a',
      organisation: 'a',
      version: 1,
    };
    expect(read(whole)).toMatchObject({ eventId: 'a', position: '7/6' });
    for (const name of Object.keys(whole)) {
      if (['hash', 'commandId', 'eventId'].includes(name)) continue;
      expect(read({ ...whole, [name]: undefined })).toMatchObject({
        _tag: 'Corrupt',
        stream: 'receipt-1',
        revision: 0,
      });
    }
    expect(read(whole, { isJson: false })).toMatchObject({ _tag: 'Corrupt' });
    expect(read(whole, { place: undefined })).toMatchObject({ _tag: 'Corrupt' });
  });
});

describe('the id of an event in the database', () => {
  it('is a UUID of version 8 that says event and hash', () => {
    const [a, b] = [
      { eventId: 'a', hash: '1' },
      { eventId: 'a', hash: '2' },
    ];
    expect(recordId(a)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(recordId(a)).toBe(recordId({ ...a }));
    expect(recordId(a)).not.toBe(recordId(b));
    expect(recordId(a)).not.toBe(recordId({ eventId: 'b', hash: '1' }));
  });

  it('never changes: what was appended before has to be known again after an upgrade', () => {
    expect(recordId({ eventId: '00000000-0000-5000-8000-000000000000', hash: '0'.repeat(64) })).toBe(
      'f64469b9-4c86-8ff1-85f1-9076c29a3c8b',
    );
  });
});
