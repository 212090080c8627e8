import type { Reader } from '../../codec/object-codec';
import { ONE_C_VAT_RATES } from './vat-rates';
import type { OneCVatRate } from './vat-rates';

/** How the emulated provider behaves where 1C's modules leave room, or where nothing confirms what they leave to the provider. */
export interface OneCSettings {
  readonly reader: Reader;
  readonly vatRates: ReadonlyArray<OneCVatRate>;
  /** VATAmount: 1C:UNF 3.0.8.73 fills it with the constant 20, so that a service computes VAT itself; `judged` takes it for 1200. */
  readonly vatAmount: 'ignored' | 'judged';
  /**
   * What `receiptNumber` holds: the number of the fiscal document (1040) or of the receipt in the shift (1042). Unconfirmed. The default is
   * that of the adapter `provider-one-c`, so that both understand each other unless somebody sets one of them alone.
   */
  readonly receiptNumberMeans: 'fiscal-document' | 'number-in-shift';
  /** What `KKTSerialNumber` holds: 1C stores it as the registration number (1037). */
  readonly kktSerialNumberMeans: 'registration-number' | 'serial';
  /**
   * Form of `receiptDate`. 1C takes `-`, `:` and `T` out, drops the last five characters and reads the rest: so it fits `+03:00` at the end
   * (`with-offset`) or `.000Z`; `local` has nothing at the end.
   */
  readonly receiptDate: 'with-offset' | 'milliseconds' | 'local';
  /** A known operationId with another content: the first content stays, or 422. Nothing confirms either. */
  readonly otherContent: 'first-wins' | 'refused';
  /**
   * What a failure of the device that leaves the document in doubt looks like. `in-progress` keeps REJECTED truthful: it then proves that
   * nothing was made. `rejected` breaks that assumption when the document was signed.
   */
  readonly deviceFailureMeans: 'in-progress' | 'rejected';
  /** Where the lack of phone and e-mail is NO_CONTACT_INFO. */
  readonly contact: 'receipts' | 'every-document' | 'not-required';
  /** Which of phone and e-mail becomes tag 1008 when both are given. */
  readonly preferredContact: 'email' | 'phone';
  /** Whether agentType and calculationAgent are the number of the agent's bit (0 to 6) or the mask of tag 1057. Unconfirmed. */
  readonly agentSign: 'bit-number' | 'mask';
  /** Признак расчета в «Интернет» (1125) of receipts: the protocol has no field for it. */
  readonly internetSign: boolean;
  /** Result of checking a marking code (2106) of lines with a code: the provider checks it. */
  readonly markingCheckResult: number;
  /** Life of a token. */
  readonly tokenMinutes: number;
  /** After so many attempts with wrong credentials in a row an account is blocked for so long; 1C tells its user to wait 30 minutes. */
  readonly badCredentials: { readonly attempts: number; readonly blockedMinutes: number };
}

export const USUAL_ONE_C: OneCSettings = {
  reader: 'tolerant',
  vatRates: ONE_C_VAT_RATES,
  vatAmount: 'ignored',
  receiptNumberMeans: 'number-in-shift',
  kktSerialNumberMeans: 'registration-number',
  receiptDate: 'with-offset',
  otherContent: 'first-wins',
  deviceFailureMeans: 'in-progress',
  contact: 'receipts',
  preferredContact: 'email',
  agentSign: 'bit-number',
  internetSign: false,
  markingCheckResult: 15,
  tokenMinutes: 1440,
  badCredentials: { attempts: 5, blockedMinutes: 30 },
};
