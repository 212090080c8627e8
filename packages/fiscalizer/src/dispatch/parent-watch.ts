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

  const waits = (childId: string, parentId: string): void => {
    const waiting = children.get(parentId) ?? new Set<string>();
    waiting.add(childId);
    children.set(parentId, waiting);
  };

  const waitsNoMore = (childId: string, parentId: string): void => {
    const waiting = children.get(parentId);
    waiting?.delete(childId);
    if (waiting?.size === 0) children.delete(parentId);
  };

  const isFiscalized = async (parentId: string): Promise<boolean> => {
    const loaded = await receipts.load(parentId)();
    return E.isRight(loaded) && loaded.right.state?.attempt.phase === 'Fiscalized';
  };

  return {
    stateOf: async ({ receipt }) => {
      for (const { link } of receipt.parents) {
        if (link.kind === 'external') continue;
        // Named as waiting before the look, so that a document made in between is not missed.
        waits(receipt.receiptId, link.receiptId);
        if (!(await isFiscalized(link.receiptId))) return 'waiting';
        waitsNoMore(receipt.receiptId, link.receiptId);
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
