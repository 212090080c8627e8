import { fc, test as property } from '@fast-check/jest';
import * as persistent from '@eventstore/db-client/generated/persistent_pb';
import * as shared from '@eventstore/db-client/generated/shared_pb';
import * as streams from '@eventstore/db-client/generated/streams_pb';
import { groupInfoResp, groupReadReq, groupReadResp } from './group-messages';
import { dictionary, many, message, one } from './message';
import { appendReq, appendResp, batchAppendReq, batchAppendResp, readReq, readResp } from './stream-messages';
import { wrongExpectedVersion } from './shared-messages';
import { bool, bytes, int32, int64, text, uint32, uint64 } from './wire-type';

const uint64s = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const int64s = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const blobs = fc.uint8Array({ maxLength: 300 }).map((values) => Buffer.from(values));
const texts = fc.string({ unit: 'grapheme', maxLength: 40 });

const everything = message({
  a: one(1, uint64),
  b: one(2, int64),
  c: one(3, int32),
  d: one(4, uint32),
  e: one(5, bool),
  f: one(6, text),
  g: one(7, bytes),
  h: many(8, text),
  i: dictionary(9),
  j: many(200, message({ x: one(1, uint64) })),
});

describe('our codec alone', () => {
  property.prop([
    fc.record(
      {
        a: uint64s,
        b: int64s,
        c: fc.integer(),
        d: fc.nat({ max: 0xffffffff }),
        e: fc.boolean(),
        f: texts,
        g: blobs,
        h: fc.array(texts, { minLength: 1, maxLength: 4 }),
        i: fc
          .dictionary(texts, texts, { minKeys: 1, maxKeys: 4, noNullPrototype: true })
          .filter((values) => !Object.hasOwn(values, '__proto__')),
        j: fc.array(fc.record({ x: uint64s }), { minLength: 1, maxLength: 4 }),
      },
      { requiredKeys: [] },
    ),
  ])('what is written is read, whatever is absent', (value) => {
    expect(everything.decode(everything.encode(value))).toEqual(value);
  });

  property.prop([fc.uint8Array({ maxLength: 60 })])(
    'any bytes are read or refused, never taken too far',
    (values) => {
      const given = Buffer.from(values);
      try {
        everything.decode(given);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    },
  );

  test.each([0, 1, 0x7f, 0x80, 0x3fff, 0x4000, 0x1f_ffff, 0x20_0000, 0x100_0000])(
    'a message with another of %i bytes in it',
    (length) => {
      const value = {
        f: 'front',
        j: [{ x: 1n }],
        g: Buffer.alloc(length, 7),
        i: { ключ: 'x'.repeat(length % 70_000) },
      };
      const outer = message({ inner: one(3, everything), after: one(4, uint64) });
      const read = outer.decode(outer.encode({ inner: value, after: 5n }));
      expect([read.inner?.g?.length, read.inner?.i, read.after]).toEqual([length, value.i, 5n]);
    },
  );

  test('fields that are not known are passed over, of every wire type', () => {
    const fixed = Buffer.from([0x51, 1, 2, 3, 4, 5, 6, 7, 8, 0x5d, 1, 2, 3, 4, 0x62, 2, 9, 9, 0x68, 5]);
    expect(everything.decode(Buffer.concat([fixed, everything.encode({ c: -1 })]))).toEqual({ c: -1 });
  });

  test.each([
    ['the length is beyond the end', [0x32, 5, 65]],
    ['a number has no end', [0x08, 0xff]],
    ['a number is too long', [0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]],
    ['a fixed field is cut', [0x51, 1, 2]],
    ['a group, which nobody sends', [0x53]],
  ])('%s: refused', (_, given) => {
    expect(() => everything.decode(Buffer.from(given))).toThrow(Error);
  });
});

describe('against the classes that the client was generated with', () => {
  property.prop([uint64s, uint64s, texts, blobs, blobs, fc.uuid()])(
    'a read event',
    (revision, commit, type, data, metadata, id) => {
      const encoded = readResp.encode({
        event: {
          event: {
            id: { text: id },
            stream: { name: Buffer.from(type, 'utf8') },
            revision,
            prepare: commit,
            commit,
            metadata: { type, created: '1' },
            customMetadata: metadata,
            data,
          },
          commit,
        },
      });
      const read = streams.ReadResp.deserializeBinary(encoded).getEvent();
      const event = read?.getEvent();
      expect(read?.getCommitPosition()).toBe(String(commit));
      expect(event?.getStreamRevision()).toBe(String(revision));
      expect(event?.getId()?.getString()).toBe(id);
      expect(event?.getMetadataMap().get('type')).toBe(type);
      expect(Buffer.from(event?.getData_asU8() ?? [])).toEqual(data);
      expect(Buffer.from(event?.getCustomMetadata_asU8() ?? [])).toEqual(metadata);
      // And back: the client's classes write what we read.
      const again = readResp.decode(
        Buffer.from(streams.ReadResp.deserializeBinary(encoded).serializeBinary()),
      );
      expect(again.event?.event?.revision ?? 0n).toBe(revision);
      expect(again.event?.commit).toBe(commit);
    },
  );

  property.prop([uint64s, fc.uuid(), texts, blobs])('appends of both ways', (revision, id, type, data) => {
    const identifier = new shared.StreamIdentifier();
    identifier.setStreamName(Buffer.from('s-1').toString('base64'));
    const uuid = new shared.UUID();
    uuid.setString(id);
    const options = new streams.AppendReq.Options();
    options.setStreamIdentifier(identifier);
    options.setRevision(String(revision));
    const head = new streams.AppendReq();
    head.setOptions(options);
    expect(appendReq.decode(Buffer.from(head.serializeBinary()))).toEqual({
      options: { stream: { name: Buffer.from('s-1') }, revision },
    });
    const proposed = new streams.BatchAppendReq.ProposedMessage();
    proposed.setId(uuid);
    proposed.getMetadataMap().set('type', type);
    proposed.setData(data.toString('base64'));
    const batchOptions = new streams.BatchAppendReq.Options();
    batchOptions.setStreamIdentifier(identifier);
    batchOptions.setAny(new shared.Empty());
    const batch = new streams.BatchAppendReq();
    batch.setCorrelationId(uuid);
    batch.setOptions(batchOptions);
    batch.addProposedMessages(proposed);
    batch.setIsFinal(true);
    expect(batchAppendReq.decode(Buffer.from(batch.serializeBinary()))).toEqual({
      correlationId: { text: id },
      options: { stream: { name: Buffer.from('s-1') }, any: {} },
      proposed: [{ id: { text: id }, metadata: { type }, ...(data.length === 0 ? {} : { data }) }],
      isFinal: true,
    });
  });

  property.prop([uint64s, uint64s])('the answers to appends', (revision, commit) => {
    const position = { commit, prepare: commit };
    const success = streams.AppendResp.deserializeBinary(
      appendResp.encode({ success: { currentRevision: revision, position } }),
    ).getSuccess();
    expect([success?.getCurrentRevision(), success?.getPosition()?.getCommitPosition()]).toEqual([
      String(revision),
      String(commit),
    ]);
    const refused = streams.AppendResp.deserializeBinary(
      appendResp.encode({ wrongExpectedVersion: { currentRevision: revision, expectedNoStream: {} } }),
    ).getWrongExpectedVersion();
    expect(refused?.getCurrentRevision()).toBe(String(revision));
    expect(refused?.hasExpectedNoStream()).toBe(true);
    const value = wrongExpectedVersion.encode({ currentNoStream: {}, expectedRevision: revision });
    const batch = streams.BatchAppendResp.deserializeBinary(
      batchAppendResp.encode({
        correlationId: { text: 'c' },
        error: {
          code: 9,
          message: 'm',
          details: { typeUrl: 'type.googleapis.com/event_store.client.WrongExpectedVersion', value },
        },
      }),
    );
    const unpacked = batch
      .getError()
      ?.getDetails()
      ?.unpack(
        (packed) => shared.WrongExpectedVersion.deserializeBinary(packed),
        'event_store.client.WrongExpectedVersion',
      );
    expect(unpacked?.getExpectedStreamPosition()).toBe(String(revision));
    expect(unpacked?.hasCurrentNoStream()).toBe(true);
  });

  test('a filtered subscription from a position', () => {
    const expression = new streams.ReadReq.Options.FilterOptions.Expression();
    expression.setPrefixList(['a-', 'b-']);
    const filter = new streams.ReadReq.Options.FilterOptions();
    filter.setStreamIdentifier(expression);
    filter.setMax(32);
    filter.setCheckpointintervalmultiplier(3);
    const position = new streams.ReadReq.Options.Position();
    position.setCommitPosition('18446744073709551615');
    position.setPreparePosition('7');
    const all = new streams.ReadReq.Options.AllOptions();
    all.setPosition(position);
    const options = new streams.ReadReq.Options();
    options.setAll(all);
    options.setFilter(filter);
    options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
    const request = new streams.ReadReq();
    request.setOptions(options);
    expect(readReq.decode(Buffer.from(request.serializeBinary()))).toEqual({
      options: {
        all: { position: { commit: 2n ** 64n - 1n, prepare: 7n } },
        filter: { streamName: { prefixes: ['a-', 'b-'] }, max: 32, checkpointIntervalMultiplier: 3 },
        subscription: {},
      },
    });
  });

  test('groups: messages, acknowledgements, facts', () => {
    const event = persistent.ReadResp.deserializeBinary(
      groupReadResp.encode({ event: { commit: 5n, retryCount: 3 } }),
    ).getEvent();
    expect([event?.getCommitPosition(), event?.getRetryCount()]).toEqual(['5', 3]);
    const nack = new persistent.ReadReq.Nack();
    nack.setAction(persistent.ReadReq.Nack.Action.PARK);
    nack.setReason('why');
    const request = new persistent.ReadReq();
    request.setNack(nack);
    expect(groupReadReq.decode(Buffer.from(request.serializeBinary()))).toEqual({
      nack: { action: 1, reason: 'why' },
    });
    const info = persistent.GetInfoResp.deserializeBinary(
      groupInfoResp.encode({
        info: {
          eventSource: 's',
          group: 'g',
          connections: [{ from: 'f', availableSlots: 4 }],
          startFrom: '0',
          parkedMessageCount: 2n,
          maxSubscriberCount: 7,
          namedConsumerStrategy: 'Pinned',
        },
      }),
    ).getSubscriptionInfo();
    expect(info?.toObject()).toMatchObject({
      eventSource: 's',
      groupName: 'g',
      startFrom: '0',
      parkedMessageCount: '2',
      maxSubscriberCount: 7,
      namedConsumerStrategy: 'Pinned',
      connectionsList: [{ from: 'f', availableSlots: 4 }],
    });
  });
});
