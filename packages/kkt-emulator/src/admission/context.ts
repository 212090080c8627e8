import type { LocalSeconds } from '../arithmetic/calendar';
import type { Registration } from '../kkt/registration';
import type { AdmissionRefusal } from '../refusal';
import type { ReceiptRequest } from '../request';
import type { AdmissionProfile } from './profile';

/** What a request is judged against. */
export interface AdmissionContext {
  /** The moment the document would bear (1012). */
  readonly at: LocalSeconds;
  readonly registration: Registration;
  readonly profile: AdmissionProfile;
}

/** One group of rules: the first that is broken, or `undefined`. */
export type AdmissionCheck = (
  request: ReceiptRequest,
  context: AdmissionContext,
) => AdmissionRefusal | undefined;

/** The first refusal over a list, or `undefined`. */
export const firstOver = <T>(
  list: ReadonlyArray<T>,
  check: (element: T, index: number) => AdmissionRefusal | undefined,
): AdmissionRefusal | undefined => {
  for (const [index, element] of list.entries()) {
    const refusal = check(element, index);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
};
