import { admissionRefusal } from '../refusal';
import type { AdmissionCheck } from './context';

/**
 * Чек коррекции (forms 31 and 41): 1174 with the day of the corrected settlement is obligatory, 1179 belongs to a correction by
 * prescription and only to it; in FFD 1.05 the sign is 1 or 3 and there may be no lines, but a total; an ordinary receipt has no 1174.
 * Source: the format, tables 27, 65 and 120; FNS guide on corrections.
 */
export const checkCorrection: AdmissionCheck = (request, { registration }) => {
  const { correction } = request;
  if (request.kind === 'receipt') {
    return correction === undefined ? undefined : admissionRefusal('tag-not-in-format', 'correction');
  }
  if (correction === undefined) return admissionRefusal('tag-required', 'correction');
  if (registration.ffd === '1.05' && request.settlementSign !== 1 && request.settlementSign !== 3) {
    return admissionRefusal('correction-sign', 'settlementSign');
  }
  return (correction.number !== undefined) === (correction.type === 1)
    ? undefined
    : admissionRefusal('prescription-number', 'correction.number');
};
