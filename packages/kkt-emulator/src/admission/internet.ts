import { admissionRefusal } from '../refusal';
import type { AdmissionCheck } from './context';

const PHONE = /^\+\d{5,18}$/u;
const EMAIL = /^[^\s@]{1,62}@[^\s@]{1,62}$/u;

/** 1008 is `+` and digits or an e-mail address (format, table 5). */
const isContact = (text: string): boolean => PHONE.test(text) || EMAIL.test(text);

/** A site address: a host name with a point, with or without a scheme, without spaces. */
export const isSite = (text: string): boolean => {
  const [host] = text.replace(/^https?:\/\//u, '').split(/[/?#]/u, 1);
  return host !== undefined && !/\s/u.test(text) && /^[^.@]+(?:\.[^.@]+)+$/u.test(host);
};

/**
 * A settlement in the Internet (1125 = 1): cashless, with the buyer's contact in 1008 and the address of a site in 1187
 * (order ЕД-7-20/236@). A register for such settlements only takes no cash (54-FZ, article 1.2, clause 5; a profile setting).
 */
export const checkInternet: AdmissionCheck = (request, { registration, profile }) => {
  const cash = (request.payments.cash ?? 0) > 0;
  if (cash && registration.conditions.internetOnly && profile.cashOnInternetRegister === 'refused') {
    return admissionRefusal('cash-on-internet-register', 'payments.cash');
  }
  if (request.contact !== undefined && !isContact(request.contact)) {
    return admissionRefusal('text-malformed', 'contact');
  }
  const everyReceipt = profile.contact === 'every-receipt' && request.kind === 'receipt';
  if (request.contact === undefined && (request.internet === true || everyReceipt)) {
    return admissionRefusal('contact-required', 'contact');
  }
  if (request.internet !== true) return undefined;
  if (cash) return admissionRefusal('cash-in-internet-settlement', 'payments.cash');
  return isSite(request.place ?? registration.place) ? undefined : admissionRefusal('site-required', 'place');
};

/** When single cashless payments are told (1234), they add up to 1081 and there is something to tell. */
export const checkCashlessDetails: AdmissionCheck = (request) => {
  if (request.cashlessDetails === undefined) return undefined;
  const told = request.cashlessDetails.reduce((sum, { amount }) => sum + amount, 0);
  const differs =
    request.cashlessDetails.length === 0 || told !== (request.payments.cashless ?? 0) || told === 0;
  return differs ? admissionRefusal('cashless-details-differ', 'cashlessDetails') : undefined;
};
