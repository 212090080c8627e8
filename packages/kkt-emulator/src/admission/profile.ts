import type { VatRule } from '../arithmetic/vat-totals';

/** What registers and services decide differently, or what no source confirms: each is a setting of the emulated register. */
export interface AdmissionProfile {
  /** How the register computes VAT totals that the request leaves to it. */
  readonly vatRule: VatRule;
  /**
   * Rates of 20 % after 2025: `never`; `with-ground` = refunds, corrections of earlier settlements and payments of credit
   * (FNS letter АБ-4-20/11248@ of 15.12.2025); `always`, as a service that leaves the choice to its client.
   */
  readonly legacyVat: 'never' | 'with-ground' | 'always';
  /**
   * Which VAT rates, taxation systems and tags count as being in force: `by-clock` those of the day the document would bear; `any-time` all
   * the format has or ever had. The latter is for rehearsals of old receipts: the 1C provider API does not tell the day of a settlement, so
   * a service can only judge by its own clock. Absent in groups that were set up before the setting existed: `by-clock`.
   */
  readonly datedRules?: 'by-clock' | 'any-time';
  /** Cash on a register for Internet settlements only; the refusal follows from 54-FZ, article 1.2, clause 5, and is unconfirmed as a control. */
  readonly cashOnInternetRegister: 'refused' | 'accepted';
  /** Whether every receipt needs the buyer's contact (services demand it), or only one with 1125 = 1 (the format). */
  readonly contact: 'with-internet-sign' | 'every-receipt';
  /** Characters that CP866 lacks: OrangeData drops them silently. */
  readonly foreignCharacters: 'dropped' | 'refused';
  /** Whether goods are sold whose marking code was not confirmed in every respect (2106 = 15). */
  readonly unconfirmedMarking: 'accepted' | 'refused';
  /** Whether a line with a marking code needs a register registered for marked goods. */
  readonly markingRegistration: 'required' | 'not-checked';
}

export const USUAL_PROFILE: AdmissionProfile = {
  vatRule: 'per-line',
  legacyVat: 'with-ground',
  datedRules: 'by-clock',
  cashOnInternetRegister: 'refused',
  contact: 'with-internet-sign',
  foreignCharacters: 'dropped',
  unconfirmedMarking: 'accepted',
  markingRegistration: 'required',
};
