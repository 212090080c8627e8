import { literalCodec } from './guarded-codec';

/** Correction types in ascending order. */
export const CORRECTION_TYPE_LIST = [0, 1] as const;

/** Correction type (тип коррекции, tag 1173): 0 of one's own accord, 1 by order of the authority. */
export type CorrectionType = (typeof CORRECTION_TYPE_LIST)[number];

/** {@link CorrectionType} in stored and transferred data: a value of the list and nothing else. */
export const CorrectionTypeCodec = literalCodec<CorrectionType>(CORRECTION_TYPE_LIST, 'CorrectionType');

/** A correction type in words. */
export interface CorrectionTypeMeaning {
  readonly name: 'self' | 'by-order';
  readonly russian: string;
  /** Whether the number of the order (номер предписания, tag 1179) must be given. */
  readonly needsOrderNumber: boolean;
}

/** The codes of tag 1173 (order ЕД-7-20/662@). */
export const CORRECTION_TYPES: Readonly<Record<CorrectionType, CorrectionTypeMeaning>> = {
  0: { name: 'self', russian: 'самостоятельно', needsOrderNumber: false },
  1: { name: 'by-order', russian: 'по предписанию', needsOrderNumber: true },
};
