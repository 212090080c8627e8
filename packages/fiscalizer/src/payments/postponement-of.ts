import type { PostponementReason, ReceiptObjection } from '@cloud-kassa/core';
import { CONTACT_RULES } from '@cloud-kassa/core';
import type { OrderFailure, RegistrationError } from '../registration/registration-order';

/** What a settlement has to do that got no receipt: wait for a reason that people see, or be tried again soon. */
export type Postponement =
  | { readonly _tag: 'Postpone'; readonly reason: PostponementReason; readonly objection?: ReceiptObjection }
  | { readonly _tag: 'TryAgain'; readonly why: string };

const postpone = (reason: PostponementReason, objection?: ReceiptObjection): Postponement =>
  objection === undefined ? { _tag: 'Postpone', reason } : { _tag: 'Postpone', reason, objection };

/** What the shop's own record of its customer holds may be no contact at all: that ends when the record is put right. */
const isOfContact = (rule: string): boolean =>
  rule === 'contact-required' || Object.hasOwn(CONTACT_RULES, rule);

const ofRefusal = ({ rule, field }: ReceiptObjection): Postponement => {
  if (rule === 'register-policy') return postpone('policy');
  return isOfContact(rule) ? postpone('no-contact', { rule, field }) : postpone('refused', { rule, field });
};

const ofFailure = (failure: OrderFailure): Postponement => {
  switch (failure._tag) {
    case 'UnknownType':
    case 'NewerVersion':
    case 'Undecodable':
    case 'Corrupt':
      return postpone('undecodable', { rule: failure._tag, field: failure.stream });
    case 'CommandNotCanonical':
      return postpone('refused', { rule: failure.rule, field: failure.path });
    case 'NotStorable':
      return postpone('refused', { rule: failure.rule, field: failure.path });
    case 'Rejected':
      return failure.rule === 'too-large'
        ? postpone('refused', { rule: failure.rule, field: 'receipt' })
        : { _tag: 'TryAgain', why: failure._tag };
    default:
      return { _tag: 'TryAgain', why: failure._tag };
  }
};

/** Why a settlement has no receipt yet, as its payment says it (S38). */
export const postponementOf = (error: RegistrationError): Postponement => {
  switch (error._tag) {
    case 'NoRoute':
      return postpone(error.reason);
    case 'Refused':
      return ofRefusal(error);
    case 'Failed':
      return ofFailure(error.failure);
  }
};
