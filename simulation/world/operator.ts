import * as E from 'fp-ts/Either';
import type { Receipt, SettleReceipt } from '@cloud-kassa/core';
import type { Instant } from '@cloud-kassa/ffd';
import { dateOf } from '@cloud-kassa/ffd';
import type { LedgerEntry } from '@cloud-kassa/kkt-emulator';
import type { PeopleOptions } from './people';
import type { SimulatedOrganisation } from './setting';
import { ORGANISATIONS, factsOf } from './setting';
import { REFUSED_MARK } from './virtual-provider';
import type { World } from './world';
import { CHAOS_MS, HORIZON_MS, HOUR } from './world';

const EVERY_MS = 10 * 60_000;

type Settlement = SettleReceipt['data']['settlement'];

/** What an honest operator knows: the registers themselves, with their unsent queues drained. */
interface OperatorKnowledge {
  readonly documentsOf: (receiptId: string) => ReadonlyArray<LedgerEntry>;
  readonly organisationOf: (inn: string) => SimulatedOrganisation | undefined;
  /** Whether a request may still be travelling or waiting at the provider. */
  readonly isQuiet: (receiptId: string) => boolean;
  /** Whether the provider's cabinet shows the receipt's key as failed. */
  readonly isRememberedAsFailed: (receipt: Receipt) => boolean;
}

/** How an operator settles a held receipt, by the book; `undefined` = not yet. A reckless one amends what may still be printed. */
const settlementOf = (
  receipt: Receipt,
  knowledge: OperatorKnowledge,
  at: Instant,
  isReckless: boolean,
): Settlement | undefined => {
  const { attempt, content } = receipt;
  const [entry] = knowledge.documentsOf(receipt.receiptId);
  const organisation = knowledge.organisationOf(receipt.organisation);
  if (attempt.held === undefined || organisation === undefined) return undefined;
  if (entry !== undefined) {
    const { document } = entry;
    return { how: 'document', document: { fn: document.fn, fd: document.fd, fp: document.fp } };
  }
  const isRemembered = knowledge.isRememberedAsFailed(receipt);
  const evidence = {
    providerRemembersFailure: isRemembered,
    ofdShowsNothing: true,
    unsentQueueEmpty: true,
    note: 'asked the provider and the OFD',
  };
  const noDocument: Settlement = { how: 'no-document', evidence, horizonMs: HORIZON_MS };
  const isPastHorizon =
    attempt.lastIntentAt !== undefined && Date.parse(at) - Date.parse(attempt.lastIntentAt) >= HORIZON_MS;
  switch (attempt.held.reason) {
    case 'invalid':
    case 'rejected': {
      if (attempt.held.reason === 'invalid' && attempt.open > 0 && !isReckless)
        return isPastHorizon ? noDocument : undefined;
      const items = content.items.map((item) => ({
        ...item,
        name: item.name.replace(` ${REFUSED_MARK}`, ''),
      }));
      return {
        how: 'amend',
        content: { ...content, items },
        facts: factsOf(organisation, dateOf(content.settledAt)),
      };
    }
    case 'ambiguous':
      return knowledge.isQuiet(receipt.receiptId) && isRemembered ? noDocument : undefined;
    case 'poison':
    case 'horizon':
    case 'exhausted':
    case 'no-handle':
      if (!knowledge.isQuiet(receipt.receiptId)) return undefined;
      return isRemembered && attempt.held.reason !== 'exhausted'
        ? noDocument
        : { how: 'resume', horizonMs: HORIZON_MS, evidence };
  }
};

const knowledgeOf = ({ kernel, judge, services }: World): OperatorKnowledge => ({
  documentsOf: judge.documentsOf,
  organisationOf: (inn) => ORGANISATIONS.find((organisation) => organisation.inn === inn),
  // The last request that could still travel was delayed by half an hour at most.
  isQuiet: () => kernel.now() > CHAOS_MS + HOUR,
  isRememberedAsFailed: ({ attempt }) => {
    const service = services.get(attempt.route?.deviceId ?? '');
    const key = attempt.route?.key ?? '';
    return (
      service !== undefined && (service.refusedKeys.has(key) || service.group.result(key)._tag === 'failed')
    );
  },
});

/** An operator who looks at what is held every few minutes and settles what the rules allow. */
export const startOperator = (world: World, { receipts, runtime }: PeopleOptions): void => {
  const knowledge = knowledgeOf(world);
  const isReckless = world.sabotage.recklessOperator === true;

  const settle = async (receiptId: string): Promise<void> => {
    const loaded = await receipts.load(receiptId)();
    const receipt = E.isRight(loaded) ? loaded.right.state : undefined;
    if (receipt === undefined) return;
    const now = runtime.wall() as Instant;
    const settlement = settlementOf(receipt, knowledge, now, isReckless);
    if (settlement === undefined) return;
    await receipts.handle(
      receiptId,
      {
        type: 'SettleReceipt',
        data: { by: 'operator-1', secondBy: 'operator-2', epoch: receipt.attempt.epoch, settlement, now },
      },
      { commandId: runtime.ids.next(), actor: 'operator-1', organisation: receipt.organisation },
    )();
  };

  const look = (): void => {
    for (const { receiptId, attempt } of world.judge.receipts().values())
      if (attempt.phase === 'Held') void settle(receiptId);
    world.kernel.schedule(EVERY_MS, look);
  };
  world.kernel.schedule(EVERY_MS, look);
};
