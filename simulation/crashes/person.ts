import type { BasketInput, CloudKassa, Finding } from '@cloud-kassa/cloud-kassa';
import type { Receipt } from '@cloud-kassa/core';
import type { LogWatch } from './log-watch';
import type { MadeDocument, RegistersOffice } from './registers-office';

/** What a person settles a held receipt by. */
export interface Knowledge {
  /** Every document there is, under any key of the receipt. */
  readonly documents: ReadonlyArray<MadeDocument>;
  /** A rejection is believed without a look at the registers. */
  readonly believesRejections: boolean;
}

const FINAL: ReadonlySet<Receipt['attempt']['phase']> = new Set(['Fiscalized', 'Cancelled']);

const EVIDENCE = {
  providerRemembersFailure: false,
  ofdShowsNothing: true,
  unsentQueueEmpty: true,
  note: 'looked up in the ledger of the registers',
} as const;

/** The content once more, put right: what was refused must not be sent again as it was. */
const corrected = ({ content }: Receipt): BasketInput => {
  const { taxation, items, payments, total, place, internet } = content;
  return {
    taxation,
    items: items.map(({ name, price, quantity, vatCode, paymentMethod, subject, measure }) => ({
      name: `${name} *`,
      price,
      quantity,
      vatCode,
      paymentMethod,
      subject,
      ...(measure === undefined ? {} : { measure }),
    })),
    payments,
    total,
    place,
    internet,
  };
};

/** What is done about a held receipt, by the advice that the library gives for its reason. */
export const findingOf = (receipt: Receipt, { documents, believesRejections }: Knowledge): Finding => {
  const reason = receipt.attempt.held?.reason;
  const [made] = believesRejections && reason === 'rejected' ? [] : documents;
  if (made !== undefined) {
    const { fn, fd, fp } = made;
    return { how: 'document', document: { fn, fd, fp } };
  }
  switch (reason) {
    case 'rejected':
      return { how: 'amend', basket: corrected(receipt) };
    case 'invalid':
      return receipt.attempt.open > 0 ? { how: 'resume' } : { how: 'amend', basket: corrected(receipt) };
    case 'ambiguous':
      return { how: 'no-document', evidence: { ...EVIDENCE, providerRemembersFailure: true } };
    case 'horizon':
      return { how: 'resume', evidence: EVIDENCE };
    case 'poison':
    case 'exhausted':
    case 'no-handle':
    case undefined:
      return { how: 'resume' };
  }
};

/** What the person did in one round through the queue. */
export interface Settled {
  readonly settled: number;
  readonly resumed: number;
  /** Answers that were refused, by rule: others were faster, or the protocol does not allow it. */
  readonly refused: ReadonlyArray<string>;
}

/** A person with access to the queue and to the ledger of the registers. */
export interface Person {
  /** Goes through all open receipts once: settles what is held, and lets what was put off for want of a device go on. */
  readonly settle: () => Promise<Settled>;
  /** How many receipts were settled so far. */
  readonly settled: () => number;
}

export interface PersonOptions {
  readonly kassa: CloudKassa;
  readonly watch: LogWatch;
  readonly office: RegistersOffice;
  readonly believesRejections: boolean;
}

export const openPerson = ({ kassa, watch, office, believesRejections }: PersonOptions): Person => {
  let settledSoFar = 0;
  /** Receipts at whose end nobody has anything to do any more. */
  const ended = new Set<string>();

  /** `undefined` where there was nothing to do. */
  const lookAt = async (
    receiptId: string,
  ): Promise<'settled' | 'resumed' | { readonly refused: string } | undefined> => {
    const found = await kassa.receipts.get(receiptId);
    if (!found.ok) return { refused: found.error.code };
    const { attempt } = found.value;
    if (FINAL.has(attempt.phase)) ended.add(receiptId);
    if (attempt.phase !== 'Held') {
      if (attempt.postponed === undefined) return undefined;
      const resumed = await kassa.queue.resume(receiptId, { actor: 'operator-1' });
      return resumed.ok ? 'resumed' : { refused: resumed.error.code };
    }
    const keys = watch.keysOf(receiptId);
    // Looked up after the receipt was seen as held: whatever was sent before is there, or will be found by a repetition.
    const documents = (await office.documents()).filter(({ key }) => key !== undefined && keys.has(key));
    const done = await kassa.queue.settle(
      receiptId,
      findingOf(found.value, { documents, believesRejections }),
      { by: 'operator-1', secondBy: 'operator-2', epoch: attempt.epoch },
    );
    if (done.ok) return 'settled';
    return { refused: done.error.code === 'refused' ? done.error.rule : done.error.code };
  };

  return {
    settled: () => settledSoFar,
    settle: async () => {
      await watch.readToHead();
      let [settled, resumed] = [0, 0];
      const refused: string[] = [];
      for (const receiptId of watch.receiptIds()) {
        if (ended.has(receiptId)) continue;
        const came = await lookAt(receiptId);
        if (came === 'settled') settled += 1;
        else if (came === 'resumed') resumed += 1;
        else if (came !== undefined) refused.push(came.refused);
      }
      settledSoFar += settled;
      return { settled, resumed, refused };
    },
  };
};
