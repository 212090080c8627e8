import { fc } from '@fast-check/jest';
import {
  ALL_RECEIPT_RULES,
  CLOUD_DEVICE_RULES,
  CONTACT_RULES,
  PAYMENT_RULES,
  SHIFT_RULES,
} from '@cloud-kassa/core';
import { INPUT_RULES } from './input-rules';
import type { Outcome } from './outcome';
import { BASKET, INN, openShop, order, REGISTRATION, connectionTo } from './shop.testing';

const RULES: ReadonlySet<string> = new Set(
  [ALL_RECEIPT_RULES, CLOUD_DEVICE_RULES, CONTACT_RULES, PAYMENT_RULES, SHIFT_RULES, INPUT_RULES].flatMap(
    (table) => Object.keys(table),
  ),
);

type Path = ReadonlyArray<string>;

const placesOf = (value: unknown, path: Path = []): ReadonlyArray<Path> => [
  path,
  ...(typeof value === 'object' && value !== null
    ? [
        [...path, 'unheardOf'],
        ...Object.entries(value).flatMap(([key, each]) => placesOf(each, [...path, key])),
      ]
    : []),
];

const put = (value: unknown, [key, ...rest]: Path, other: unknown): unknown => {
  if (key === undefined) return other;
  const members = value as Record<string, unknown>;
  const changed = { ...members, [key]: put(members[key], rest, other) };
  return Array.isArray(value) ? Object.values(changed) : changed;
};

const STRANGE: ReadonlyArray<unknown> = [
  undefined,
  null,
  '',
  0,
  -1,
  0.5,
  Number.NaN,
  -0,
  1n,
  true,
  Symbol('x'),
  new Map(),
  () => 1,
  '\ud800',
  [],
  [null],
  {},
  { a: undefined },
];

/** The example with something else in one place, or with one place more: everything of the list everywhere. */
const damaged = (example: unknown): ReadonlyArray<unknown> =>
  placesOf(example).flatMap((path) => STRANGE.map((other) => put(example, path, other)));

/** The same with any JSON in the place. */
const damagedByJson = (example: unknown) =>
  fc
    .tuple(fc.constantFrom(...placesOf(example)), fc.jsonValue())
    .map(([path, other]) => put(example, path, other));

const isAnswer = (outcome: Outcome<unknown>): void => {
  if (outcome.ok) return;
  const { error } = outcome;
  expect(['refused', 'no-route', 'not-found', 'conflict']).toContain(error.code);
  expect(error.message).not.toBe('');
  expect(error.russian).toMatch(/[А-Яа-я]/);
  if (error.code === 'refused') expect([...RULES]).toContain(error.rule);
};

/** Calls of JavaScript bring anything. Every one is answered, and no refusal lacks its words. */
const answers = async (
  example: unknown,
  call: (kassa: Awaited<ReturnType<typeof openShop>>['kassa'], input: never) => Promise<Outcome<unknown>>,
): Promise<number> => {
  const { kassa } = await openShop();
  const isGiven = (input: unknown): boolean => typeof input === 'object' && input !== null;
  for (const input of damaged(example)) if (isGiven(input)) isAnswer(await call(kassa, input as never));
  await fc.assert(
    fc.asyncProperty(damagedByJson(example), async (input) => {
      fc.pre(isGiven(input));
      isAnswer(await call(kassa, input as never));
    }),
    { numRuns: 100 },
  );
  return damaged(example).length;
};

const FULL_BASKET = {
  ...BASKET,
  total: 490_000,
  payments: { cashless: 490_000, prepaid: 0 },
  customerId: 'c',
  internet: true,
  cashier: { name: 'Иванова', inn: '500100732259' },
  userAttribute: { name: 'a', value: 'b' },
  items: [{ ...BASKET.items[0], sum: 490_000, paymentMethod: 4, subject: 1, marking: { code: '01' } }],
};

describe('whatever is given is answered, never thrown', () => {
  it('receipts.register', async () => {
    const calls = await answers({ ...order(1), ...FULL_BASKET, offsets: [], parents: [] }, (kassa, input) =>
      kassa.receipts.register(input),
    );
    expect(calls).toBeGreaterThan(50);
  });

  it('receipts.refund', async () => {
    const calls = await answers(
      {
        organisation: INN,
        document: 'd',
        settlementId: 's',
        receiptId: 'r',
        items: [{ line: 0, quantity: '1' }],
      },
      (kassa, input) => kassa.receipts.refund(input),
    );
    expect(calls).toBeGreaterThan(50);
  });

  it('receipts.correct', async () => {
    const calls = await answers(
      {
        organisation: INN,
        document: 'd',
        settlementId: 's',
        receiptId: 'r',
        right: FULL_BASKET,
        ground: { type: 0 },
      },
      (kassa, input) => kassa.receipts.correct(input),
    );
    expect(calls).toBeGreaterThan(50);
  });

  it('payments.request', async () => {
    const calls = await answers(
      { paymentId: 'p', organisation: INN, sourceDocument: 'd', basket: FULL_BASKET },
      (kassa, input) => kassa.payments.request(input),
    );
    expect(calls).toBeGreaterThan(50);
  });

  it('payments.examine', async () => {
    const calls = await answers(
      { paymentId: 'p', organisation: INN, sourceDocument: 'd', basket: FULL_BASKET },
      (kassa, input) => kassa.payments.examine(input),
    );
    expect(calls).toBeGreaterThan(50);
  });

  it('payments.confirm', async () => {
    const calls = await answers(
      {
        settlementId: 's',
        organisation: INN,
        amount: 1,
        paidAt: '2026-11-27T06:00:00.000Z',
        instrument: 'sbp',
      },
      (kassa, input) => kassa.payments.confirm('p', input),
    );
    expect(calls).toBeGreaterThan(50);
  });

  it('devices.register', async () => {
    const calls = await answers(
      { deviceId: 'd', title: 't', connection: connectionTo('other'), registration: REGISTRATION },
      (kassa, input) => kassa.devices.register(input),
    );
    expect(calls).toBeGreaterThan(50);
  });

  it('registers.attach', async () => {
    const calls = await answers(
      { registerId: 'r', name: 'n', zone: 2, policy: '3.0.9', outlet: 'o' },
      (kassa, input) => kassa.registers.attach('garden', input),
    );
    expect(calls).toBeGreaterThan(50);
  });

  it('queue.settle', async () => {
    const calls = await answers(
      {
        finding: { how: 'document', document: { fn: '9999078900000001', fd: 1, fp: 1 } },
        settlers: { by: 'I' },
      },
      async (kassa, { finding, settlers }: { finding: never; settlers: never }) => {
        if (typeof finding !== 'object' || finding === null) return { ok: true, value: undefined };
        await kassa.receipts.register(order(1));
        return kassa.queue.settle(kassa.receipts.idOf(order(1)), finding, settlers);
      },
    );
    expect(calls).toBeGreaterThan(50);
  });
});

describe('a name or a telephone in the wrong place', () => {
  it('is refused before it could be stored in clear', async () => {
    const { kassa } = await openShop();
    for (const basket of [
      { ...BASKET, cashier: { name: 'Иванова', phone: '+79123456789' } },
      { ...BASKET, place: { place: 'https://sad.example', contact: 'buyer@example.ru' } },
      { ...BASKET, phone: '+79123456789' },
    ])
      expect(
        await kassa.payments.request({ paymentId: 'p', organisation: INN, sourceDocument: 'p', basket }),
      ).toMatchObject({ error: { rule: 'input-unknown-field' } });
  });
});
