import type { Receipt } from '@cloud-kassa/core';
import type { Instant } from '@cloud-kassa/ffd';
import type { PeopleOptions } from './people';
import type { Workers } from './workers';
import type { World } from './world';
import { CHAOS_MS, HOUR } from './world';

/** Whether nothing more will happen to a receipt by itself. */
export const isSettled = ({ attempt }: Receipt): boolean =>
  attempt.phase === 'Fiscalized' || attempt.phase === 'Cancelled' || attempt.phase === 'Disputed';

/** Schedules what happens to the world from outside: deaths, pauses, wrong clocks, outages, webhooks, cancellations. */
export const disturb = (world: World, workers: Workers, shop: PeopleOptions): void => {
  const { kernel, judge, services, noteFault } = world;
  const plan = world.plan();
  const random = world.random.split('disturbances');

  const repeat = (every: number | undefined, work: () => void): void => {
    if (every === undefined) return;
    const next = (): void => {
      if (kernel.now() >= CHAOS_MS) return;
      work();
      kernel.schedule(every * (0.2 + 1.6 * random.next()), next);
    };
    kernel.schedule(every * random.next(), next);
  };

  const anyOf = <A>(list: ReadonlyArray<A>): A | undefined => list[random.integer(Math.max(1, list.length))];
  const anyWorker = () => workers.anyRunning(random.integer);
  const now = (): Instant => shop.runtime.wall() as Instant;
  const context = (actor: string, { organisation }: Receipt) => ({
    commandId: shop.runtime.ids.next(),
    actor,
    organisation,
  });

  repeat(plan.crashEvery, () => {
    const victim = anyWorker();
    if (victim !== undefined) workers.hurt(victim, 'crash');
  });
  repeat(plan.suspendEvery, () => {
    const victim = anyWorker();
    if (victim !== undefined) workers.hurt(victim, 'suspend');
  });
  repeat(plan.clockJumpEvery, () => {
    noteFault('clock-jump');
    anyWorker()?.clock.jump(random.integer(6 * HOUR) - 3 * HOUR);
  });
  repeat(plan.outageEvery, () => {
    const service = anyOf([...services.values()]);
    if (service !== undefined) service.outageUntil = kernel.now() + random.integer(30 * 60_000);
  });
  repeat(plan.lagEvery, () => {
    const service = anyOf([...services.values()]);
    if (service !== undefined) service.lagUntil = kernel.now() + random.integer(60 * 60_000);
  });
  repeat(plan.webhookEvery, () => {
    const receipt = anyOf([...judge.receipts().values()]);
    if (receipt === undefined) return;
    noteFault('webhook');
    void shop.receipts.handle(
      receipt.receiptId,
      { type: 'NoteWebhook', data: { now: now() } },
      context('webhook', receipt),
    )();
  });
  repeat(plan.cancelEvery, () => {
    const receipt = anyOf([...judge.receipts().values()].filter((candidate) => !isSettled(candidate)));
    if (receipt === undefined) return;
    noteFault('cancel');
    void shop.receipts.handle(
      receipt.receiptId,
      { type: 'CancelReceipt', data: { by: 'shop', reason: 'order cancelled', now: now() } },
      context('shop', receipt),
    )();
  });
};
