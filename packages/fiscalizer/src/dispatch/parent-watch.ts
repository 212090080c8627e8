import * as E from 'fp-ts/Either';
import type { OpenReceipt } from './open-receipt';
import type { Receipts } from '../handlers';

/** Children wait for the documents of their parents. */
export interface ParentWatch {
  readonly stateOf: (child: OpenReceipt) => Promise<'fiscalized' | 'waiting'>;
  /** The children that waited for a receipt which is finished now. */
  readonly released: (parentId: string) => ReadonlyArray<string>;
}

export const parentWatch = (receipts: Receipts): ParentWatch => {
  const children = new Map<string, Set<string>>();

  const isFiscalized = async (parentId: string): Promise<boolean> => {
    const loaded = await receipts.load(parentId)();
    return E.isRight(loaded) && loaded.right.state?.attempt.phase === 'Fiscalized';
  };

  return {
    stateOf: async ({ receipt }) => {
      for (const { link } of receipt.parents) {
        if (link.kind === 'external') continue;
        // Named as waiting before the look, so that a document made in between is not missed.
        const waiting = children.get(link.receiptId) ?? new Set<string>();
        waiting.add(receipt.receiptId);
        children.set(link.receiptId, waiting);
        if (!(await isFiscalized(link.receiptId))) return 'waiting';
        waiting.delete(receipt.receiptId);
      }
      return 'fiscalized';
    },
    released: (parentId) => {
      const waiting = children.get(parentId);
      children.delete(parentId);
      return waiting === undefined ? [] : [...waiting];
    },
  };
};
