import type { RejectedRule, StoreError } from '@cloud-kassa/event-store';
import type { ClientFailure } from '../connection/client-failure';

export const rejected = (rule: RejectedRule, why: string): StoreError => ({ _tag: 'Rejected', rule, why });

export const CLOSED = rejected('closed', 'The store is closed.');
export const FOREIGN_POSITION = rejected('position', 'This is no position of this store.');
export const NOT_COUNTABLE = rejected('revision', 'Revisions and limits are integers from 0 on.');
export const NO_STREAM_NAME = rejected('stream-name', 'The name of a stream is category-id.');

/** What a failed read means: nothing was changed in any case. */
export const readError = (failure: ClientFailure): StoreError => {
  switch (failure._tag) {
    case 'Refused':
      return rejected(failure.rule, failure.why);
    case 'NotSent':
    case 'Unknown':
    case 'Unsupported':
      return { _tag: 'Unavailable', why: failure.why };
    case 'Conflict':
    case 'NotFound':
    case 'Exists':
      return { _tag: 'Unavailable', why: 'the server gave an answer to another question' };
  }
};

/** Another try does not help, or not soon: the server was not to be reached at all. */
export const isFinal = (failure: ClientFailure): boolean =>
  failure._tag === 'Refused' || (failure._tag === 'NotSent' && !failure.passing);
