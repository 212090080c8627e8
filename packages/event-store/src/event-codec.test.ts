import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import { seededRuntime } from '@cloud-kassa/runtime';
import { accountFamily, type AccountEvent } from './account.testing';
import { owner, testKeyRing } from './banking.testing';
import { CHAIN_START, verifyNext } from './chain';
import type { AppendedEvent, Metadata, StoredEvent } from './envelope';
import { createEventCodec, createImpersonalReader } from './event-codec';
import { isWrittenFor } from './written-place';

const runtime = seededRuntime('codec');
const keyRing = testKeyRing(runtime);
const codec = createEventCodec({ family: accountFamily, keyRing, entropy: runtime.entropy });

const metadata: Metadata = {
  actor: 'teller',
  at: '2026-01-01T00:00:00.000Z',
  causationId: 'c1',
  commandHash: '0'.repeat(64),
  commandId: 'c1',
  correlationId: 'c1',
  organisation: '-',
};

const stream = 'account-a';
const opened: AccountEvent = { type: 'account.Opened', data: { owner, limit: 5 } };
const deposited: AccountEvent = { type: 'account.Deposited', data: { amount: 3 } };

const written = async (...events: ReadonlyArray<AccountEvent>) => {
  const outcome = await codec.write({ stream, after: CHAIN_START, metadata }, events)();
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
  return outcome.right;
};

const stored = (events: ReadonlyArray<AppendedEvent>): ReadonlyArray<StoredEvent> =>
  events.map((event, revision) => ({ ...event, stream, revision, position: String(revision + 1) }));

const read = async (...events: ReadonlyArray<StoredEvent>) => {
  const outcome = await codec.read(events)();
  if (E.isLeft(outcome)) throw new Error(outcome.left.why);
  return outcome.right;
};

const first = async (event: AccountEvent): Promise<StoredEvent> => {
  const [only] = stored((await written(event)).appended);
  if (only === undefined) throw new Error('Nothing was written.');
  return only;
};

const at = { stream, revision: 0 };

describe('writing events', () => {
  it('seals, chains and numbers them, and reads them back as they were', async () => {
    const { appended, events, head } = await written(opened, deposited);
    expect(events).toEqual([opened, deposited]);
    expect(JSON.stringify(appended)).not.toContain('example.org');
    expect(head).toEqual({ revision: 1, hash: appended[1]?.hash });
    const page = stored(appended);
    expect(await read(...page)).toEqual([
      E.right({ event: opened, stored: page[0] }),
      E.right({ event: deposited, stored: page[1] }),
    ]);
    const one = verifyNext(stream, CHAIN_START, page[0] ?? never());
    expect(E.chain((link: typeof CHAIN_START) => verifyNext(stream, link, page[1] ?? never()))(one)).toEqual(
      E.right(page[1]),
    );
  });

  it('gives the same events the same ids, by stream, command and index', async () => {
    const ids = (await written(opened, deposited)).appended.map(({ eventId }) => eventId);
    expect(ids).toEqual(['50edf6b0-5fae-5d40-ad1e-f566d94f1ce9', '54308b6d-aa7b-50e8-9d6b-cf71afb2c74b']);
    expect((await written(deposited, opened)).appended.map(({ eventId }) => eventId)).toEqual(ids);
  });

  it('vouches for the text of what it wrote, in its place and as it is', async () => {
    const { appended } = await written(opened, deposited);
    const [event = never(), next = never()] = appended;
    expect(isWrittenFor(event, stream, 0)).toBe(true);
    expect(isWrittenFor(next, stream, 1)).toBe(true);
    expect(isWrittenFor(event, stream, 1)).toBe(false);
    expect(isWrittenFor(event, 'account-b', 0)).toBe(false);
    expect(isWrittenFor({ ...event }, stream, 0)).toBe(false);
    expect(Object.isFrozen(event)).toBe(true);
  });

  it('writes the newest version', async () => {
    expect((await first(opened)).version).toBe(2);
    expect((await first(deposited)).version).toBe(1);
  });

  it('leaves out a key whose value is undefined', async () => {
    const { canonicalText } = await first(
      Object.assign({}, deposited, { data: { amount: 3, note: undefined } }),
    );
    expect(canonicalText).toContain('{"data":{"amount":3},');
  });

  it.each([
    [
      { type: 'account.Closed', data: {} },
      { path: '', rule: 'unknown-type' },
    ],
    [
      { type: '__proto__', data: {} },
      { path: '', rule: 'unknown-type' },
    ],
    [
      { type: 'account.Deposited', data: { amount: '3' } },
      { path: 'amount', rule: 'codec' },
    ],
    [
      { type: 'account.Deposited', data: { amount: 2 ** 60 } },
      { path: 'amount', rule: 'integer-range' },
    ],
    [
      { type: 'account.Deposited', data: { amount: 1, note: '\ud800' } },
      { path: 'note', rule: 'lone-surrogate' },
    ],
    [
      { type: 'account.Opened', data: { owner: { keyId: 'k1', person: { email: '\ud800' } }, limit: 1 } },
      { path: 'owner', rule: 'lone-surrogate' },
    ],
    [
      { type: 'account.Deposited', data: { amount: 1, payer: owner } },
      { path: 'payer', rule: 'person-open' },
    ],
  ])('refuses %j', async (event, why) => {
    const outcome = await codec.write({ stream, after: CHAIN_START, metadata }, [event as AccountEvent])();
    expect(outcome).toEqual(E.left({ _tag: 'NotStorable', type: event.type, ...why }));
  });

  it('ends with the failure of the key ring', async () => {
    const failure = { _tag: 'KeyRingUnavailable', why: 'locked' } as const;
    const locked = createEventCodec({
      family: accountFamily,
      keyRing: { ...keyRing, keyFor: () => TE.left(failure), find: () => TE.left(failure) },
      entropy: runtime.entropy,
    });
    expect(await locked.write({ stream, after: CHAIN_START, metadata }, [opened])()).toEqual(E.left(failure));
    expect(await locked.read([await first(opened)])()).toEqual(E.left(failure));
    expect(E.isRight(await locked.read([await first(deposited)])())).toBe(true);
  });
});

describe('reading events', () => {
  it('lifts an older version to the newest', async () => {
    const old = {
      ...(await first(opened)),
      version: 1,
      data: { owner: { keyId: 'k1', person: { erased: true } } },
    };
    expect(await read(old)).toEqual([
      E.right({
        event: {
          type: 'account.Opened',
          data: { owner: { keyId: 'k1', person: { erased: true } }, limit: 1000 },
        },
        stored: old,
      }),
    ]);
  });

  it('keeps keys that it does not know', async () => {
    const more = { ...(await first(deposited)), data: { amount: 3, colour: 'red' } };
    expect(await read(more)).toMatchObject([E.right({ event: { data: { amount: 3, colour: 'red' } } })]);
  });

  it('answers for each event by itself, by name', async () => {
    const event = await first(deposited);
    expect(
      await read(
        event,
        { ...event, type: 'shift.Opened' },
        { ...event, type: 'constructor' },
        { ...event, version: 2 },
        { ...event, version: 0 },
        { ...event, version: 0.5 },
        { ...event, data: { amount: 'secret' } },
        { ...(await first(opened)), data: { owner: { keyId: 'k1', person: { email: 'open' } }, limit: 5 } },
        event,
      ),
    ).toEqual([
      E.right({ event: deposited, stored: event }),
      E.left({ _tag: 'UnknownType', ...at, type: 'shift.Opened' }),
      E.left({ _tag: 'UnknownType', ...at, type: 'constructor' }),
      E.left({ _tag: 'NewerVersion', ...at, type: 'account.Deposited', version: 2, newestKnown: 1 }),
      E.left({ _tag: 'Undecodable', ...at, type: 'account.Deposited', path: '', rule: 'version' }),
      E.left({ _tag: 'Undecodable', ...at, type: 'account.Deposited', path: '', rule: 'version' }),
      E.left({ _tag: 'Undecodable', ...at, type: 'account.Deposited', path: 'amount', rule: 'codec' }),
      E.left({ _tag: 'Undecodable', ...at, type: 'account.Opened', path: 'owner', rule: 'person-open' }),
      E.right({ event: deposited, stored: event }),
    ]);
  });

  it('does not open a contact that was moved to another event', async () => {
    const [mine, theirs] = stored((await written(opened, opened)).appended);
    const moved = { ...(mine ?? never()), data: theirs?.data ?? never() };
    expect(await read(moved)).toMatchObject([
      E.left({ _tag: 'Undecodable', path: 'owner', rule: 'seal-broken' }),
    ]);
  });

  it('reads an erased person as erased while the chain still verifies', async () => {
    const person = { keyId: 'to be erased', person: { email: 'gone@example.org' } };
    const event = await first({ type: 'account.Opened', data: { owner: person, limit: 5 } });
    await keyRing.erase('to be erased')();
    expect(await read(event)).toMatchObject([
      E.right({ event: { data: { owner: { keyId: 'to be erased', person: { erased: true } }, limit: 5 } } }),
    ]);
    expect(E.isRight(verifyNext(stream, CHAIN_START, event))).toBe(true);
  });

  it('keeps a person who came back after the erasure apart from the one before', async () => {
    const person = { keyId: 'comes back', person: { email: 'back@example.org' } };
    const before = await first({ type: 'account.Opened', data: { owner: person, limit: 5 } });
    await keyRing.erase('comes back')();
    const after = await first({ type: 'account.Opened', data: { owner: person, limit: 5 } });
    expect(await read(before, after)).toMatchObject([
      E.right({ event: { data: { owner: { person: { erased: true } } } } }),
      E.right({ event: { data: { owner: person } } }),
    ]);
  });

  it('names the path of what does not fit, without the branches of unions and intersections', async () => {
    const event = await first(opened);
    const wrong = { ...event, data: { ...(event.data as object), limit: '5' } };
    expect(await read(wrong)).toMatchObject([E.left({ path: 'limit', rule: 'codec' })]);
  });
});

describe('reading without persons', () => {
  const readImpersonally = createImpersonalReader(accountFamily);

  it('gives every person as erased and asks for no key, and all else as it is', async () => {
    const events = stored((await written(opened, deposited)).appended);
    expect(readImpersonally(events)).toEqual([
      E.right({
        event: { ...opened, data: { ...opened.data, owner: { keyId: 'k1', person: { erased: true } } } },
        stored: events[0],
      }),
      E.right({ event: deposited, stored: events[1] }),
    ]);
  });

  it('reads the same before and after a person is erased', async () => {
    const person = { keyId: 'read before', person: { email: 'before@example.org' } };
    const event = await first({ type: 'account.Opened', data: { owner: person, limit: 5 } });
    const before = readImpersonally([event]);
    await keyRing.erase('read before')();
    expect(readImpersonally([event])).toEqual(before);
    expect(await read(event)).toEqual(before);
  });

  it('lifts old versions and answers for each event by itself, as the codec does', async () => {
    const event = await first(deposited);
    const old = {
      ...(await first(opened)),
      version: 1,
      data: { owner: { keyId: 'k1', person: { erased: true } } },
    };
    const page = [old, { ...event, type: 'shift.Opened' }, { ...event, version: 2 }, { ...event, data: {} }];
    expect(readImpersonally(page)).toEqual(await read(...page));
  });
});

describe('a family of events', () => {
  it('whose older version has no way to the next one is refused when the codec is made', () => {
    const family = {
      aggregate: 'gap',
      definitions: {
        'gap.Made': { versions: [{ codec: t.unknown }, { codec: t.unknown }] as const, sealed: [] },
      },
    };
    expect(() => createEventCodec({ family, keyRing, entropy: runtime.entropy })).toThrow(TypeError);
    expect(() => createImpersonalReader(family)).toThrow(TypeError);
  });
});

const never = (): never => {
  throw new Error('There is no such event.');
};
