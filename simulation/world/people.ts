import * as E from 'fp-ts/Either';
import type { Parent, Receipt, ReceiptCommand, ReceiptContent } from '@cloud-kassa/core';
import { composeReceipt, composeSettingsOf, receiptIdOf, refundContent } from '@cloud-kassa/core';
import type { Instant, LocalDate } from '@cloud-kassa/ffd';
import { dateOf, instantFromMilliseconds, instantToLocal } from '@cloud-kassa/ffd';
import type { Receipts } from '@cloud-kassa/fiscalizer';
import type { Random, SeededRuntime } from '@cloud-kassa/runtime';
import type { FaultPlan } from './faults';
import type { SimulatedOrganisation } from './setting';
import { factsOf, saleDraft } from './setting';

export interface PeopleOptions {
  readonly receipts: Receipts;
  readonly runtime: SeededRuntime;
  readonly random: Random;
  readonly plan: () => FaultPlan;
  readonly organisations: ReadonlyArray<SimulatedOrganisation>;
  readonly noteFault: (kind: string) => void;
}

/** Gives a command again and again until the store has taken or refused it, as a careful caller does: with the same id. */
const giveSurely = async (
  options: PeopleOptions,
  receiptId: string,
  organisation: string,
  command: ReceiptCommand,
): Promise<Receipt | undefined> => {
  const { receipts, runtime, random } = options;
  const commandId = runtime.ids.next();
  for (;;) {
    const handled = await receipts.handle(receiptId, command, { commandId, actor: 'shop', organisation })();
    if (E.isRight(handled)) return handled.right.state;
    if (handled.left._tag === 'Refused' || handled.left._tag === 'CommandIdReused') return undefined;
    await runtime.sleep(200 + random.integer(5_000));
  }
};

const now = (runtime: SeededRuntime): Instant => runtime.wall() as Instant;
const today = (at: Instant): LocalDate => dateOf(instantToLocal(at, 2));

/** Time the law leaves in this world: long enough that faults decide, not the calendar. */
const DEADLINE_MS = 24 * 3_600_000;

const register = async (
  options: PeopleOptions,
  organisation: SimulatedOrganisation,
  settlementId: string,
  content: ReceiptContent,
  parents: ReadonlyArray<Parent>,
): Promise<string> => {
  const source = { document: `order-${settlementId}`, settlementId };
  const receiptId = receiptIdOf(organisation.inn, source);
  const at = now(options.runtime);
  await giveSurely(options, receiptId, organisation.inn, {
    type: 'RegisterReceipt',
    data: {
      now: at,
      receiptId,
      organisation: organisation.inn,
      source,
      content,
      facts: factsOf(organisation, today(at)),
      parents,
      legalDeadline: instantFromMilliseconds(Date.parse(at) + DEADLINE_MS),
      assumed: [],
    },
  });
  // Some shops hold a receipt back for a while.
  if (options.random.next() < 0.1) await options.runtime.sleep(options.random.integer(20 * 60_000));
  await giveSurely(options, receiptId, organisation.inn, { type: 'EnqueueReceipt', data: { now: at } });
  return receiptId;
};

/** The shop sells, sometimes twice by mistake, sometimes returns, sometimes cancels. */
export const sellOnce = async (options: PeopleOptions, number: number): Promise<void> => {
  const { runtime, random, organisations, plan, noteFault } = options;
  const organisation = organisations[random.integer(organisations.length)];
  if (organisation === undefined) return;
  const at = now(runtime);
  const isRefused = random.next() < plan().contentRefused;
  if (isRefused) noteFault('content-refused');
  const draft = saleDraft(organisation, instantToLocal(at, 2), number % 7, isRefused, random);
  const content = composeReceipt(draft, composeSettingsOf(factsOf(organisation, today(at))));
  if (E.isLeft(content))
    throw new Error(
      `the simulated shop made an unlawful receipt: ${content.left.rule} ${content.left.field}`,
    );
  const receiptId = await register(options, organisation, `sale-${number}`, content.right, []);
  // The same settlement again, as a shop that lost the answer does.
  if (random.next() < 0.2) await register(options, organisation, `sale-${number}`, content.right, []);
  if (random.next() < 0.15) {
    await runtime.sleep(random.integer(10 * 60_000));
    await giveSurely(options, receiptId, organisation.inn, {
      type: 'CancelReceipt',
      data: { by: 'shop', reason: 'order cancelled', now: now(runtime) },
    });
  } else if (random.next() < 0.2) {
    await runtime.sleep(random.integer(30 * 60_000));
    await refund(options, organisation, receiptId, content.right, number);
  }
};

const refund = async (
  options: PeopleOptions,
  organisation: SimulatedOrganisation,
  saleId: string,
  sale: ReceiptContent,
  number: number,
): Promise<void> => {
  const { runtime } = options;
  const settlementId = `refund-${number}`;
  const refundId = receiptIdOf(organisation.inn, { document: `order-${settlementId}`, settlementId });
  const items = sale.items.map(({ quantity, sum }, line) => ({ line, quantity, sum }));
  const reserved = await giveSurely(options, saleId, organisation.inn, {
    type: 'ReserveRefund',
    data: { now: now(runtime), refundId, items, sums: sale.payments },
  });
  const reservation = reserved?.fence.refunds.get(refundId);
  if (reservation === undefined) return;
  const at = now(runtime);
  const draft = refundContent(sale, reservation, { settledAt: instantToLocal(at, 2) });
  if (E.isLeft(draft)) throw new Error(`a reserved refund can not be written: ${draft.left.rule}`);
  const content = composeReceipt(draft.right, composeSettingsOf(factsOf(organisation, today(at))));
  if (E.isLeft(content))
    throw new Error(`the simulated shop made an unlawful refund: ${content.left.rule} ${content.left.field}`);
  await register(options, organisation, settlementId, content.right, [
    { relation: 'refunds', link: { kind: 'receipt', receiptId: saleId }, reservation: refundId },
  ]);
};
