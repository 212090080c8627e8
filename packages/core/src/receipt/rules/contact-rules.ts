import type { Person } from '../buyer';
import { isErased } from '../../event-family';
import type { ReceiptContent } from '../content';
import type { AdmissionRule, ContentRule } from './admission';
import { unless } from './admission';

const PHONE = /^\+\d{7,18}$/;
const EMAIL = /^[^\s@]+@[^\s@]+$/;
const SITE = /^(?:https?:\/\/)?[^\s/.]+(?:\.[^\s/.]+)+(?:[/?#]\S*)?$/i;

/** Who the buyer is, unless the data were erased. */
export const personOf = ({ buyer }: Pick<ReceiptContent, 'buyer'>): Person | undefined =>
  buyer === undefined || isErased(buyer.person) ? undefined : buyer.person;

/**
 * A receipt needs the buyer's phone or e-mail (S27), a correction only with the Internet sign (order ЕД-7-20/236@, tags 1008, 1125). The
 * profile may waive it by legal ground, never for the Internet sign.
 */
export const contactPresent: AdmissionRule = ({ content, facts, profile }) => {
  const person = personOf(content);
  const waived =
    content.kind === 'correction' || profile.contactWaivedFor.includes(facts.register.legalGround);
  const given = person?.phone !== undefined || person?.email !== undefined;
  return unless(given || (waived && !content.internet), 'contact-required', 'buyer');
};

/** `+` and 7 to 18 digits, or x@x (order ЕД-7-20/662@, tag 1008). */
export const contactWellFormed: ContentRule = (content) => {
  const { phone, email } = personOf(content) ?? {};
  return (
    unless(phone === undefined || PHONE.test(phone), 'contact-malformed', 'buyer.person.phone') ??
    unless(email === undefined || EMAIL.test(email), 'contact-malformed', 'buyer.person.email')
  );
};

/** The sender's address is an e-mail (order ЕД-7-20/662@, tag 1117). */
export const senderWellFormed: ContentRule = ({ senderEmail }) =>
  unless(senderEmail === undefined || EMAIL.test(senderEmail), 'sender-email-malformed', 'senderEmail');

/** The first day of tag 1125 (order ЕД-7-20/236@). */
const INTERNET_SIGN_FROM = '2025-09-01';

/** The Internet sign exists from 2025-09-01 (order ЕД-7-20/236@, tag 1125). */
export const internetSignInForce: AdmissionRule = ({ content, facts }) =>
  unless(!content.internet || facts.rulesOn >= INTERNET_SIGN_FROM, 'internet-sign-not-in-force', 'internet');

/** With the Internet sign the place of settlement is the address of the site (order ЕД-7-20/236@, tag 1187). */
export const siteGiven: ContentRule = ({ internet, place }) =>
  unless(!internet || (place.place !== undefined && SITE.test(place.place)), 'site-required', 'place.place');
