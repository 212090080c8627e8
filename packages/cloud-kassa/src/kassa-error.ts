import type { Refusal, RoutingRefusal } from '@cloud-kassa/core';
import type { HandlerError, KeyRingError, LoadError, StoreError } from '@cloud-kassa/event-store';
import { ruleText } from './rule-text';

/**
 * Why a call did not do what was asked. `message` is for people and never holds the value that was refused.
 *
 * - `refused`: a rule of law, format or domain; the rule has its line in docs/refusals.md, `field` is a dotted path.
 * - `no-route`: no device or register of the organisation can take the receipt; every device with its reason.
 * - `not-found`: what was named is not in the store.
 * - `conflict`: others changed the same thing at the same time, or the command id belongs to another command.
 * - `unavailable`: the store can not be reached or is full; certainly nothing was written.
 * - `outcome-unknown`: it may have been written; give the same command id again.
 * - `corrupt`: what is stored can not be read back as it was written.
 * - `cannot-open`: a part of the storage was not opened.
 * - `provider`: the provider did not answer, or its connection can not be used.
 * - `closed`: the library was closed.
 */
export type KassaError =
  | {
      readonly code: 'refused';
      readonly rule: string;
      readonly field: string;
      readonly message: string;
      readonly russian: string;
      readonly detail?: Refusal['detail'];
    }
  | {
      readonly code: 'no-route';
      readonly reason: string;
      readonly message: string;
      readonly russian: string;
      readonly refused: ReadonlyArray<RoutingRefusal>;
    }
  | { readonly code: 'not-found'; readonly what: string; readonly message: string }
  | { readonly code: 'conflict'; readonly message: string }
  | { readonly code: 'unavailable'; readonly message: string; readonly full?: boolean }
  | { readonly code: 'outcome-unknown'; readonly message: string }
  | {
      readonly code: 'corrupt';
      readonly stream: string;
      readonly revision?: number;
      readonly message: string;
    }
  | { readonly code: 'cannot-open'; readonly part: string; readonly why: string; readonly message: string }
  | { readonly code: 'provider'; readonly message: string }
  | { readonly code: 'closed'; readonly message: string };

export const refused = (refusal: Refusal): KassaError => ({
  code: 'refused',
  ...refusal,
  ...ruleText(refusal.rule),
});

export const notFound = (what: string, message: string): KassaError => ({ code: 'not-found', what, message });

const ofStore = (error: StoreError): KassaError => {
  switch (error._tag) {
    case 'Unavailable':
      return {
        code: 'unavailable',
        message: `The store can not be written or read now: ${error.why}.`,
        ...(error.full === undefined ? {} : { full: error.full }),
      };
    case 'OutcomeUnknown':
      return {
        code: 'outcome-unknown',
        message: `The store did not say whether it wrote: ${error.why}. Repeat the call with the same command id.`,
      };
    case 'Rejected':
      return error.rule === 'closed'
        ? { code: 'closed', message: 'The store was closed.' }
        : refused({ rule: `store-${error.rule}`, field: '' });
    case 'Corrupt':
      return {
        code: 'corrupt',
        stream: error.stream,
        message: `The stream ${error.stream} can not be read back as it was written: ${error.why}.`,
        ...(error.revision === undefined ? {} : { revision: error.revision }),
      };
  }
};

/** The error of a read. */
export const ofLoad = (error: LoadError | KeyRingError): KassaError => {
  switch (error._tag) {
    case 'UnknownType':
    case 'NewerVersion':
    case 'Undecodable':
      return {
        code: 'corrupt',
        stream: error.stream,
        revision: error.revision,
        message: `Event ${error.revision} of ${error.stream} (${error.type}) can not be read by this version: ${error._tag}.`,
      };
    case 'KeyRingUnavailable':
      return { code: 'unavailable', message: `The key ring does not answer: ${error.why}.` };
    case 'KeyRingCorrupt':
      return {
        code: 'corrupt',
        stream: 'key ring',
        message: `The key ring can not be read: ${error.why}.`,
      };
    default:
      return ofStore(error);
  }
};

/** The error of a command. */
export const ofHandler = <R extends Refusal>(error: HandlerError<R>): KassaError => {
  switch (error._tag) {
    case 'Refused':
      return refused(error.refusal);
    case 'CommandIdReused':
      return { code: 'conflict', message: `The command id belongs to another command of ${error.stream}.` };
    case 'CommandNotCanonical':
      return refused({ rule: `not-canonical-${error.rule}`, field: error.path });
    case 'TooContended':
      return {
        code: 'conflict',
        message: `Others wrote to ${error.stream} at each of ${error.attempts} attempts; try again.`,
      };
    case 'NotStorable':
      return {
        code: 'corrupt',
        stream: '',
        message: `An event that may not be stored was decided: ${error.type} at ${error.path} (${error.rule}).`,
      };
    default:
      return ofLoad(error);
  }
};
