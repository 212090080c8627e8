import type { LegacyVat } from '@cloud-kassa/ffd';
import type { Refusal } from '../../refusal';
import type { ReceiptContent } from '../content';
import type { AdmissionFacts } from '../facts';
import type { AdmissionProfile } from './profile';
import type { ReceiptField } from './receipt-fields';
import type { ReceiptRule } from './receipt-rules';

export type ReceiptRefusal = Refusal<ReceiptRule>;

/** What the caller says about a receipt beside its content. */
export interface AdmissionClaims {
  /** Whose receipt it is; compared with the owner of the register and of the device. */
  readonly organisation?: string;
  /** Why a VAT rate whose time is over is still right, and the date it goes back to. A correction needs none: its date is in it. */
  readonly legacyVat?: LegacyVat;
}

/** All that the rules look at. */
export interface Admission {
  readonly content: ReceiptContent;
  readonly facts: AdmissionFacts;
  readonly profile: AdmissionProfile;
  readonly claims: AdmissionClaims;
  /** The fields of the content that have a tag of their own. */
  readonly fields: ReadonlyArray<ReceiptField>;
}

/** What can be judged without a register. */
export type Composition = Pick<Admission, 'content' | 'profile' | 'fields'>;

/** A rule that needs no register. */
export type CompositionRule = (composition: Composition) => ReceiptRefusal | undefined;

/** One rule: why the receipt is refused, or `undefined`. */
export type AdmissionRule = (admission: Admission) => ReceiptRefusal | undefined;

/** A rule that looks at the content alone. */
export type ContentRule = (content: ReceiptContent) => ReceiptRefusal | undefined;

export const refuse = (rule: ReceiptRule, field: string, detail?: Refusal['detail']): ReceiptRefusal =>
  detail === undefined ? { rule, field } : { rule, field, detail };

/** A refusal if the condition is broken. */
export const unless = (holds: boolean, rule: ReceiptRule, field: string): ReceiptRefusal | undefined =>
  holds ? undefined : refuse(rule, field);

/** The first refusal over a list, or `undefined`. */
export const firstRefusalOf = <T>(
  list: ReadonlyArray<T>,
  check: (element: T, index: number) => ReceiptRefusal | undefined,
): ReceiptRefusal | undefined => {
  for (const [index, element] of list.entries()) {
    const refusal = check(element, index);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
};
