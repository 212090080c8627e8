import type { Refusal, RouteRefusal } from '@cloud-kassa/core';
import type { HandlerError, KeyRingError, LoadError, StoreError } from '@cloud-kassa/event-store';
import type { RuleOwner } from './rule-text';
import { ruleText } from './rule-text';

/** What is told to people of an error, in both languages. It never holds the value that was refused. */
export interface Told {
  readonly message: string;
  readonly russian: string;
}

/**
 * Why a call did not do what was asked.
 *
 * - `refused`: a rule of law, format, domain or input; the rule has its line in docs/refusals.md, `field` is a dotted path.
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
export type KassaError = Told &
  (
    | {
        readonly code: 'refused';
        readonly rule: string;
        readonly field: string;
        readonly detail?: Refusal['detail'];
      }
    | {
        readonly code: 'no-route';
        readonly reason: 'no-device' | 'no-register' | 'policy';
        readonly refused: ReadonlyArray<RouteRefusal>;
      }
    | { readonly code: 'not-found'; readonly what: string }
    | { readonly code: 'conflict' }
    | { readonly code: 'unavailable'; readonly full?: boolean }
    | { readonly code: 'outcome-unknown' }
    | { readonly code: 'corrupt'; readonly stream: string; readonly revision?: number }
    | { readonly code: 'cannot-open'; readonly part: string; readonly why: string }
    | { readonly code: 'provider' }
    | { readonly code: 'closed' }
  );

export const refused = (refusal: Refusal, owner?: RuleOwner): KassaError => ({
  code: 'refused',
  ...refusal,
  ...ruleText(refusal.rule, owner),
});

export const notFound = (what: string, message: string, russian: string): KassaError => ({
  code: 'not-found',
  what,
  message,
  russian,
});

export const CLOSED: KassaError = {
  code: 'closed',
  message: 'The library was closed.',
  russian: 'Библиотека закрыта.',
};

const KEY_RING_CLOSED = 'the key ring is closed';

const ofStore = (error: StoreError): KassaError => {
  switch (error._tag) {
    case 'Unavailable':
      return {
        code: 'unavailable',
        message: `The store can not be written or read now: ${error.why}.`,
        russian: `Хранилище сейчас не пишется или не читается: ${error.why}.`,
        ...(error.full === undefined ? {} : { full: error.full }),
      };
    case 'OutcomeUnknown':
      return {
        code: 'outcome-unknown',
        message: `The store did not say whether it wrote: ${error.why}. Repeat the call with the same command id.`,
        russian: `Хранилище не сообщило, записало ли оно: ${error.why}. Повторите вызов с тем же именем команды.`,
      };
    case 'Rejected':
      return error.rule === 'closed' ? CLOSED : refused({ rule: `store-${error.rule}`, field: '' });
    case 'Corrupt':
      return {
        code: 'corrupt',
        stream: error.stream,
        message: `The stream ${error.stream} can not be read back as it was written: ${error.why}.`,
        russian: `Поток ${error.stream} не читается таким, каким был записан: ${error.why}.`,
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
        russian: `Событие ${error.revision} потока ${error.stream} (${error.type}) не читается этой версией: ${error._tag}.`,
      };
    case 'KeyRingUnavailable':
      // The key ring has no error of its own for it.
      if (error.why === KEY_RING_CLOSED) return CLOSED;
      return {
        code: 'unavailable',
        message: `The key ring does not answer: ${error.why}.`,
        russian: `Хранилище ключей не отвечает: ${error.why}.`,
      };
    case 'KeyRingCorrupt':
      return {
        code: 'corrupt',
        stream: 'key ring',
        message: `The key ring can not be read: ${error.why}.`,
        russian: `Хранилище ключей не читается: ${error.why}.`,
      };
    default:
      return ofStore(error);
  }
};

/** The error of a command to an aggregate. */
export const ofHandler = <R extends Refusal>(error: HandlerError<R>, owner: RuleOwner): KassaError => {
  switch (error._tag) {
    case 'Refused':
      return refused(error.refusal, owner);
    case 'CommandIdReused':
      return {
        code: 'conflict',
        message: `The command id belongs to another command of ${error.stream}.`,
        russian: `Имя команды принадлежит другой команде потока ${error.stream}.`,
      };
    case 'CommandNotCanonical':
      return refused({ rule: `not-canonical-${error.rule}`, field: error.path });
    case 'TooContended':
      return {
        code: 'conflict',
        message: `Others wrote to ${error.stream} at each of ${error.attempts} attempts; try again.`,
        russian: `В поток ${error.stream} при каждой из ${error.attempts} попыток писали другие; повторите.`,
      };
    case 'NotStorable':
      return refused({
        rule: 'input-not-storable',
        field: error.path,
        detail: { event: error.type, rule: error.rule },
      });
    default:
      return ofLoad(error);
  }
};
