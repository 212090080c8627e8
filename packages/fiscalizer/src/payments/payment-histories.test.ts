import * as fc from 'fast-check';
import type { PaymentCommand } from '@cloud-kassa/core';
import { basketOf } from '@cloud-kassa/core';
import type { Inn, Kopecks } from '@cloud-kassa/ffd';
import { INN, NOW } from '../receipt.testing';
import type { Town } from '../registration/registration.testing';
import {
  CARD,
  DEVICE,
  REGISTER,
  anonymous,
  basket,
  createTown,
  right,
  roubles,
} from '../registration/registration.testing';

/** What happens in a town: somebody pays or gets money back, the devices change, a process makes a pass or dies in one. */
type Step =
  | { readonly do: 'pay'; readonly commands: Given }
  | {
      readonly do: 'device';
      readonly what: 'connect' | 'attach' | 'suspend' | 'resume' | 'detach' | '3.0.8' | '3.0.9';
    }
  | { readonly do: 'customer'; readonly phone: string }
  | { readonly do: 'erase' }
  | { readonly do: 'pass'; readonly processes: 1 | 2 }
  | { readonly do: 'die'; readonly appendsLeft: number; readonly isWritten: boolean };

const WHOLE = 3;

const paymentId = fc.constantFrom('p1', 'p2');
const settlementId = fc.constantFrom('t1', 't2');
const refundId = fc.constantFrom('r1', 'r2', 'r3');
const pieces = fc.constantFrom(1, 1, 2, WHOLE);
/** Most of what is paid is what was asked for. */
const amount: fc.Arbitrary<Kopecks> = fc
  .constantFrom(WHOLE, WHOLE, WHOLE, WHOLE, 2)
  .map((count) => roubles(100 * count));
const settlement = fc.oneof(
  { arbitrary: fc.constant(basket(WHOLE)), weight: 4 },
  { arbitrary: fc.constant(anonymous(WHOLE, { customerId: 'c1' })), weight: 2 },
  { arbitrary: fc.constant(basket(WHOLE, { customerId: 'c1' })), weight: 2 },
  fc.constant(anonymous(WHOLE)),
  fc.constant(basket(WHOLE, { place: { place: 'no site' } })),
);

const organisation = INN as Inn;
const instrument = fc.constantFrom('sbp' as const, 'card' as const);

type Given = ReadonlyArray<readonly [paymentId: string, command: PaymentCommand]>;

const requested: fc.Arbitrary<Given> = fc
  .tuple(paymentId, settlement, instrument)
  .map(([id, document, by]): Given => [
    [
      id,
      {
        type: 'RequestPayment',
        data: {
          now: NOW,
          paymentId: id,
          organisation,
          sourceDocument: 'order',
          instrument: by,
          settlement: document,
        },
      },
    ],
  ]);

const confirmed: fc.Arbitrary<Given> = fc
  .tuple(paymentId, settlementId, amount, instrument)
  .map(([id, operation, money, by]): Given => [
    [
      id,
      {
        type: 'ConfirmPayment',
        data: {
          now: NOW,
          paymentId: id,
          settlementId: operation,
          organisation,
          instrument: by,
          amount: money,
          paidAt: NOW,
        },
      },
    ],
  ]);

const refunded: fc.Arbitrary<Given> = fc
  .tuple(paymentId, refundId, settlementId, pieces, fc.constantFrom('named', 'named', 'unnamed'))
  .map(([id, refund, of, count, how]): Given => {
    const about = { now: NOW, refundId: refund, settlementId: of, amount: roubles(100 * count) };
    const back: PaymentCommand = { type: 'ConfirmRefund', data: { ...about, refundedAt: NOW } };
    const asked: PaymentCommand = { type: 'RequestRefund', data: { ...about, basket: basket(count) } };
    return how === 'named'
      ? [
          [id, asked],
          [id, back],
        ]
      : [[id, back]];
  });

const resumed: fc.Arbitrary<Given> = fc
  .tuple(paymentId, fc.oneof(settlementId, refundId), pieces)
  .map(([id, of, count]): Given => [
    [id, { type: 'ResumeFiscalization', data: { now: NOW, settlementId: of, basket: basket(count) } }],
  ]);

const command: fc.Arbitrary<Given> = fc.oneof(
  { arbitrary: requested, weight: 3 },
  { arbitrary: confirmed, weight: 4 },
  { arbitrary: refunded, weight: 3 },
  resumed,
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: command.map((commands): Step => ({ do: 'pay', commands })),
    weight: 8,
  },
  {
    arbitrary: fc
      .constantFrom('connect', 'attach', 'attach', 'suspend', 'resume', 'resume', 'detach', '3.0.8', '3.0.9')
      .map((what): Step => ({ do: 'device', what })),
    weight: 2,
  },
  fc.constantFrom('+79123456789', '12', '+79990001122').map((phone): Step => ({ do: 'customer', phone })),
  fc.constant<Step>({ do: 'erase' }),
  fc.constantFrom<Step>({ do: 'pass', processes: 1 }, { do: 'pass', processes: 2 }),
  {
    arbitrary: fc
      .record({ appendsLeft: fc.integer({ min: 1, max: 12 }), isWritten: fc.boolean() })
      .map((death): Step => ({ do: 'die', ...death })),
    weight: 2,
  },
);

const pass = async (town: Town, label = 'pass'): Promise<void> => {
  right(await town.complete(() => town.member(label).process.catchUp()));
};

const device = async (town: Town, what: Extract<Step, { do: 'device' }>['what']): Promise<void> => {
  switch (what) {
    case 'connect':
      return town.connect({ card: 'none' });
    case 'attach':
      return town.device(DEVICE, { type: 'AttachRegister', data: { now: NOW, register: CARD } });
    case 'suspend':
      return town.device(DEVICE, { type: 'SuspendDevice', data: { now: NOW, reason: 'maintenance' } });
    case 'resume':
      return town.device(DEVICE, { type: 'ResumeDevice', data: { now: NOW } });
    case '3.0.8':
    case '3.0.9':
      return town.device(DEVICE, {
        type: 'ChangeRegisterPolicy',
        data: {
          now: NOW,
          registerId: REGISTER,
          policy: what,
          legalGround: 'internet-cashless',
          vatRule: 'per-line',
        },
      });
    case 'detach':
      return town.device(DEVICE, { type: 'DetachRegister', data: { now: NOW, registerId: REGISTER } });
  }
};

const happen = async (town: Town, one: Step): Promise<void> => {
  switch (one.do) {
    case 'pay':
      // What is refused changes nothing; histories are random.
      for (const [id, given] of one.commands) await town.pay(id, given).catch(() => undefined);
      return;
    case 'device':
      return device(town, one.what).catch(() => undefined);
    case 'customer':
      town.customers.set('c1', { phone: one.phone });
      return;
    case 'erase':
      right(await town.keyRing.erase('buyer-1')());
      return;
    case 'pass': {
      const members = Array.from({ length: one.processes }, (_, index) => town.member(`process ${index}`));
      await town.complete(() => Promise.all(members.map(({ process }) => process.catchUp())));
      return;
    }
    case 'die': {
      const { appendsLeft, isWritten } = one;
      const dying = town.member('dying');
      Object.assign(dying.disturbance, { appendsLeft, isWritten });
      await town.complete(() => Promise.race([dying.process.catchUp(), dying.died]));
    }
  }
};

/** Every confirmed settlement with where it stands. */
const settlements = async (town: Town) => {
  const known = ['p1', 'p2'].filter((id) => town.log.stream(`payment-${id}`).length > 0);
  const payments = await Promise.all(known.map((id) => town.payment(id)));
  return payments.flatMap((payment) =>
    [...payment.settlements.values()].map((one) => ({ payment, settlement: one })),
  );
};

/** What contradicts the promise: silence, two receipts for one settlement, one for two, one for none, or one of another amount. */
const faultsIn = async (town: Town): Promise<ReadonlyArray<string>> => {
  const faults: string[] = [];
  const linked: string[] = [];
  for (const { settlement: one } of await settlements(town)) {
    const { fiscalization, settlementId: id, kind, amount: money } = one;
    if (fiscalization.state === 'due') faults.push(`${id} is silent`);
    if (fiscalization.state === 'postponed' && !(fiscalization.since >= NOW))
      faults.push(`${id} waits without a date`);
    if (fiscalization.state !== 'linked') continue;
    const { content, attempt } = await town.receipt(fiscalization.receiptId);
    linked.push(fiscalization.receiptId);
    if (!attempt.enqueued) faults.push(`the receipt of ${id} is not in the queue`);
    if (content.payments.cashless !== money) faults.push(`the receipt of ${id} has another amount`);
    if (content.settlementSign !== (kind === 'payment' ? 1 : 2))
      faults.push(`the receipt of ${id} has another direction`);
  }
  for (const receiptId of town.receipts()) {
    const { attempt } = await town.receipt(receiptId);
    const count = linked.filter((id) => id === receiptId).length;
    if (count > 1) faults.push(`${receiptId} belongs to ${count} settlements`);
    if (attempt.enqueued && count === 0) faults.push(`${receiptId} belongs to nobody`);
  }
  return faults;
};

describe('every confirmed settlement is linked to exactly one receipt, or postponed with a reason and a date', () => {
  it('for random histories of payments, devices, contacts, deaths and processes at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 8, maxLength: 30, size: 'max' }),
        fc.boolean(),
        async (steps, isConnected) => {
          const town = createTown('histories');
          if (isConnected) await town.connect();
          for (const one of steps) await happen(town, one);
          await pass(town);
          expect(await faultsIn(town)).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);

  it('and in a world where nothing is missing any more only what a person has to correct still waits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24, size: 'max' }), async (steps) => {
        const town = createTown('calm');
        for (const one of steps) await happen(town, one);
        for (const what of ['connect', 'resume', 'attach', '3.0.9'] as const)
          await device(town, what).catch(() => undefined);
        town.customers.set('c1', { phone: '+79123456789' });
        await pass(town, 'calm');
        expect(await faultsIn(town)).toEqual([]);
        const waiting = (await settlements(town)).filter(
          ({ settlement: { fiscalization } }) => fiscalization.state === 'postponed',
        );
        for (const { payment, settlement: one } of waiting) {
          const reason = one.fiscalization.state === 'postponed' ? one.fiscalization.reason : '';
          const document = basketOf(payment, one.settlementId);
          // An erased buyer whom the shop does not know has no contact any more.
          expect(['no-basket', 'amount-differs', 'refused', 'no-contact']).toContain(reason);
          expect(reason === 'no-contact' && document?.customerId !== undefined).toBe(false);
        }
        const before = town.log.events.length;
        await pass(town, 'again');
        expect(town.log.events).toHaveLength(before);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
