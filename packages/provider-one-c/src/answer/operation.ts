import * as E from 'fp-ts/Either';
import type { FiscalDocument } from '@cloud-kassa/core';
import type { JsonRead } from '@cloud-kassa/provider';
import type { ResultSettings } from './fiscal-result';
import { fiscalResult } from './fiscal-result';
import { at, textAt } from './wire-answer';

/** The state of an operation as `POST /kkts/receipts` and `GET /kkts/receipts/{receiptId}` tell it. */
export type OperationState =
  | { readonly _tag: 'Waiting'; readonly handle?: string }
  | { readonly _tag: 'Done'; readonly document: FiscalDocument; readonly handle?: string }
  | { readonly _tag: 'Rejected'; readonly description: string; readonly handle?: string }
  /** Nothing can be learnt from it; `field` is what is wrong. `foreign`: it speaks of another operation. */
  | { readonly _tag: 'Unreadable'; readonly field: string; readonly foreign: boolean };

const LONGEST_HANDLE = 200;

/** `receiptId` as the handle of a receipt. */
const handleOf = (response: JsonRead | undefined): { readonly handle?: string } => {
  const id = at(response, 'receiptId');
  const text = typeof id === 'number' ? String(id) : id;
  return typeof text === 'string' && text !== '' && text.length <= LONGEST_HANDLE ? { handle: text } : {};
};

const unreadable = (field: string, foreign = false): OperationState => ({
  _tag: 'Unreadable',
  field,
  foreign,
});

/**
 * Reads the answer about the operation with this id. An answer about another operation is never taken for this one; a status other than
 * `IN_PROGRESS`, `SUCCESS` and `REJECTED` and a success without its data say nothing.
 */
export const operationState = (
  body: JsonRead,
  operationId: string,
  settings: ResultSettings,
): OperationState => {
  const response = at(body, 'operationResponse');
  const id = textAt(response, 'operationId');
  if (id === undefined) return unreadable('operationResponse.operationId');
  if (id.toLowerCase() !== operationId.toLowerCase())
    return unreadable('operationResponse.operationId', true);
  const handle = handleOf(response);
  switch (textAt(response, 'operationStatus')) {
    case 'IN_PROGRESS':
      return { _tag: 'Waiting', ...handle };
    case 'REJECTED':
      return {
        _tag: 'Rejected',
        description: textAt(response, 'operationStatusDescription') ?? '',
        ...handle,
      };
    case 'SUCCESS': {
      const document = fiscalResult(at(body, 'receiptResponse'), settings);
      return E.isLeft(document)
        ? unreadable(`receiptResponse.${document.left.field}`)
        : { _tag: 'Done', document: document.right, ...handle };
    }
    default:
      return unreadable('operationResponse.operationStatus');
  }
};
