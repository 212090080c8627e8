/**
 * Why the content of a request was not admitted. Each rule names its source:
 * "format" is the fiscal data format (order ЕД-7-20/662@ as amended), "ATOL n" an error number of the ATOL register driver.
 */
export type AdmissionRule =
  /** Money is integer kopecks from 0 to the greatest VLN of six bytes (format). */
  | 'amount-not-kopecks'
  /** A quantity is a decimal above 0 of at most six places that fits eight bytes (format, tag 1023; ATOL 17). */
  | 'quantity-not-decimal'
  /** A code is one of its table (format; ATOL 144, 216, 217). */
  | 'code-unknown'
  /** A day or a moment exists in the calendar. */
  | 'date-invalid'
  /** A taxpayer number has its check digits. */
  | 'inn-invalid'
  /** A text is not empty, and not longer in CP866 than its tag allows (format). */
  | 'text-empty'
  | 'text-too-long'
  /** A character does not exist in CP866, and the profile does not let it be dropped. */
  | 'text-not-cp866'
  /** A text has the form of its tag (contact, site, country, digits). */
  | 'text-malformed'
  /** The request speaks of another taxpayer than the register (ATOL 2009). */
  | 'organisation-differs'
  /** A tag is obligatory in this form and version (format; ATOL 161). */
  | 'tag-required'
  /** A tag or a value does not exist in this form and version (format; ATOL 413). */
  | 'tag-not-in-format'
  /** 1043 = 1079 × 1023, half up (format, tag 1043). */
  | 'line-sum-differs'
  /** 1020 may lie below the lines only within the same rouble (order ММВ-7-20/229@, table 19, note 5; ATOL 227). */
  | 'total-outside-rouble'
  /** What is not cash may not exceed the total (ATOL 52). */
  | 'non-cash-above-total'
  /** 1031 + 1081 + 1215 + 1216 + 1217 = 1020 (ATOL 66). */
  | 'payments-differ-from-total'
  /** 1200 = 1043 × n / (100 + n), half up (ATOL 128 and 243). */
  | 'vat-sum-differs'
  /** VAT of the receipt follows one of the two rules over all its codes (ATOL 128 and 243). */
  | 'vat-totals-differ'
  /** 1200 is not sent for 0 % and "without VAT". */
  | 'vat-sum-without-rate'
  /** The VAT code is not in force yet, or no more and without a ground (FNS letter АБ-4-20/11248@ of 15.12.2025). */
  | 'vat-code-not-in-force'
  /** 1055 is one bit of the registered 1062 (ATOL 143). */
  | 'taxation-not-registered'
  /** ЕНВД was cancelled on 2021-01-01. */
  | 'taxation-not-in-force'
  /** A register for Internet settlements only takes no cash (54-FZ, article 1.2, clause 5; as a format control unconfirmed). */
  | 'cash-on-internet-register'
  /** 1125 = 1 says that the settlement is cashless (order ЕД-7-20/236@). */
  | 'cash-in-internet-settlement'
  /** 1125 and 1234 exist from 2025-09-01 (order ЕД-7-20/236@). */
  | 'tag-not-in-force'
  /** With 1125 = 1 tag 1008 holds the buyer's phone or e-mail (order ЕД-7-20/236@). */
  | 'contact-required'
  /** With 1125 = 1 tag 1187 holds the address of a site (order ЕД-7-20/236@). */
  | 'site-required'
  /** The sum of 1082 is 1081. */
  | 'cashless-details-differ'
  /** A correction of FFD 1.05 is of a sale or a purchase only: signs 1 and 3 (FNS guide on corrections). */
  | 'correction-sign'
  /** 1178 is not later than the document. */
  | 'correction-date-in-future'
  /** 1179 is given for a correction by prescription and only for it (1173 = 1). */
  | 'prescription-number'
  /** The agent sign of a receipt is among those registered (1057 of the registration report). */
  | 'agent-not-registered'
  /** 1226 is mandatory with 1222. */
  | 'supplier-inn-required'
  /** Marked goods with a code (1212 = 31, 33) carry it, those without (30, 32) do not (format, tags 1163 and 2106). */
  | 'marking-code-required'
  | 'marking-code-not-allowed'
  /** Part of a marked piece (1291) lies between nought and one: 1293 below 1294. */
  | 'fraction-not-proper'
  /** The register is registered for marked goods (1290, bit 0x100) and its drive is made for them; unconfirmed as a format control. */
  | 'marking-not-registered'
  /** The profile demands a marking code checked with every bit of 2106 set. */
  | 'marking-not-confirmed'
  /** The document or a block of it does not fit its greatest size (format, table of document sizes and lengths of blocks). */
  | 'document-too-large'
  /** A value its tag cannot hold on the wire. */
  | 'not-encodable';

/** A refusal of content: nothing was signed. `field` is a path in the request; the value is never repeated. */
export interface AdmissionRefusal {
  readonly _tag: 'AdmissionRefused';
  readonly rule: AdmissionRule;
  readonly field: string;
}

/** Why a register or its drive did not make a document though nothing is wrong with the content. */
export type DeviceRule =
  /** No fiscal drive is installed. */
  | 'no-drive'
  /** The drive is not in the phase the operation needs. */
  | 'wrong-phase'
  /** The register makes at most one document a pace; `until` says when it is free. */
  | 'busy'
  /** Receipts need an open shift (54-FZ, article 4.3, clause 2). */
  | 'shift-closed'
  /** Registration reports and the closing of the drive need a closed shift (ATOL 83; unconfirmed as a norm). */
  | 'shift-open'
  /** No receipt later than 24 hours after the shift opening report (54-FZ, article 4.3, clause 2; ATOL 68, 141). */
  | 'shift-over-24-hours'
  /** A document is not dated before the drive's last one (ATOL 36, 122, 142). */
  | 'time-went-back'
  /** The life of the drive's key is over (ATOL 120). */
  | 'key-expired'
  /** The drive has signed all the documents it can (ATOL 121). */
  | 'memory-full'
  /** The oldest document has waited for the OFD for more than 30 days (ATOL 140). */
  | 'ofd-queue-blocked'
  /** A counter would not fit its six bytes (ATOL 63). */
  | 'counter-overflow'
  /** Registration data contradict themselves or the drive; `field` names which. */
  | 'registration-invalid'
  /** There is no such document waiting for the OFD. */
  | 'nothing-to-confirm';

/** A refusal of the device. `until` is an instant in milliseconds. */
export interface DeviceRefusal {
  readonly _tag: 'DeviceRefused';
  readonly rule: DeviceRule;
  readonly field?: string;
  readonly until?: number;
}

export type Refusal = AdmissionRefusal | DeviceRefusal;

export const admissionRefusal = (rule: AdmissionRule, field: string): AdmissionRefusal => ({
  _tag: 'AdmissionRefused',
  rule,
  field,
});

export const deviceRefusal = (rule: DeviceRule, field?: string): DeviceRefusal => ({
  _tag: 'DeviceRefused',
  rule,
  ...(field === undefined ? {} : { field }),
});
