import type { FairQueue } from './fair-queue';
import { fairQueue } from './fair-queue';
import type { OpenReceipt } from './open-receipt';
import type { Step } from './perform-step';

/** Receipts whose next step is due, each once. */
export interface WorkQueues {
  readonly asks: FairQueue;
  /** What may be with the provider already and is sent again. */
  readonly resends: FairQueue;
  readonly sends: FairQueue;
  /** Steps that call no provider, in the order in which they came due. */
  readonly nextPrompt: () => { readonly receiptId: string; readonly step: Step } | undefined;
  readonly add: (entry: OpenReceipt, step: Step) => void;
  readonly remove: (receiptId: string) => void;
  readonly size: () => number;
}

export const workQueues = (): WorkQueues => {
  const asks = fairQueue();
  const resends = fairQueue();
  const sends = fairQueue();
  // A map keeps the order of insertion.
  const prompt = new Map<string, Step>();

  const remove = (receiptId: string): void => {
    prompt.delete(receiptId);
    for (const queue of [asks, resends, sends]) queue.remove(receiptId);
  };

  return {
    asks,
    resends,
    sends,
    nextPrompt: () => {
      for (const [receiptId, step] of prompt) {
        prompt.delete(receiptId);
        return { receiptId, step };
      }
      return undefined;
    },
    add: ({ receipt, arrival }, step) => {
      const { receiptId, organisation, legalDeadline, attempt } = receipt;
      remove(receiptId);
      const waiting = {
        id: receiptId,
        organisation,
        deadline: legalDeadline,
        arrival,
        deviceId: attempt.route?.deviceId ?? '',
      };
      if (step === 'ask') asks.add(waiting);
      else if (step === 'resend') resends.add(waiting);
      else if (step === 'send') sends.add(waiting);
      else prompt.set(receiptId, step);
    },
    remove,
    size: () => asks.size() + resends.size() + sends.size() + prompt.size,
  };
};
