import type { Receipt } from '@cloud-kassa/core';
import { receiptStream } from '@cloud-kassa/core';
import { isStreamName } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Handlers } from './handlers';
import { notFound, ofLoad } from './kassa-error';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';

const NO_RECEIPT = notFound('receiptId', 'There is no such receipt.', 'Такого чека нет.');

/** A receipt as it stands in the store; what can be no name of a receipt is none. */
export const findReceipt = async (
  { shown }: Pick<Handlers, 'shown'>,
  receiptId: string,
): Promise<Outcome<Receipt>> => {
  if (!isStreamName(receiptStream(receiptId))) return failed(NO_RECEIPT);
  const loaded = await shown.receipts.load(receiptId)();
  if (E.isLeft(loaded)) return failed(ofLoad(loaded.left));
  const { state } = loaded.right;
  return state === undefined ? failed(NO_RECEIPT) : done(state);
};
