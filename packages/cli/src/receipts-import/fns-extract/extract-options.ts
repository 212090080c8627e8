import type { PaymentInstrument, Person } from '@cloud-kassa/core';
import { normaliseContact } from '@cloud-kassa/core';
import type {
  FfdVersion,
  Measure,
  PaymentMethod,
  PaymentSubject,
  Taxation,
  VatCode,
  VatRule,
} from '@cloud-kassa/ffd';
import { isInn, isInnOrPlaceholder } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { IdentityOptions } from '../identity';
import type { ImportRefusal } from '../import-rules';
import { refuse } from '../import-rules';

/**
 * What the command says about all lines of an extract. Each `…Default` fills what a line lacks; the path of what was filled is recorded
 * with the receipt as assumed. Without a default what is missing is refused, here or when the receipt is registered.
 */
export interface ExtractOptions extends IdentityOptions {
  /** INN under which all receipts are fiscalised, whoever made them: a rehearsal of foreign receipts. Default: that of the line. */
  readonly organisation?: string;
  /**
   * Dated rules (VAT rates, taxation systems, the age of a settlement) are applied at the date of each receipt itself. Without it an old
   * receipt is refused as `needs-correction`.
   */
  readonly rehearsal?: boolean;
  /**
   * Version of the format of the registers that take the receipts. `1.2` unless said otherwise: it can say the most of real receipts
   * through the 1C provider API, which has a code for a measure and no place for a unit as text.
   */
  readonly ffd?: FfdVersion;
  /**
   * Register cards by the way they compute VAT totals. A receipt goes to one whose way its own totals follow, per line where they follow both.
   * Without a register of the right way, routing chooses, and another way is refused when the receipt is registered (`vat-totals-differ`).
   */
  readonly registers?: Readonly<Partial<Record<VatRule, string>>>;
  /** Extracts do not tell the instrument; `other` unless said. */
  readonly instrument?: PaymentInstrument;
  readonly taxationDefault?: Taxation;
  readonly methodDefault?: PaymentMethod;
  readonly subjectDefault?: PaymentSubject;
  /** For lines without a code in receipts that state no VAT total at all. */
  readonly vatDefault?: VatCode;
  readonly measureDefault?: Measure;
  /** INN of the supplier of agents' lines that name none; twelve zeros say that the supplier has none. */
  readonly supplierDefault?: string;
  /** A telephone or an e-mail address of the buyer: S27 demands one, and extracts have none. */
  readonly contactDefault?: string;
}

/** The contact of the options in its written form, or what is wrong with the options; the field is the name of the option. */
export const checkedOptions = (
  options: ExtractOptions,
): E.Either<ImportRefusal, { readonly contact?: Person }> => {
  const { organisation, supplierDefault, contactDefault } = options;
  if (organisation !== undefined && !isInn(organisation))
    return E.left(refuse('inn-invalid', 'organisation'));
  if (supplierDefault !== undefined && !isInnOrPlaceholder(supplierDefault))
    return E.left(refuse('inn-invalid', 'supplierDefault'));
  if (contactDefault === undefined) return E.right({});
  const contact = normaliseContact(contactDefault, 'contactDefault');
  if (E.isLeft(contact)) return contact;
  const { right } = contact;
  return E.right({ contact: right.kind === 'phone' ? { phone: right.phone } : { email: right.email } });
};
