import { DEFAULT_PROFILE } from '../rules/profile';

/** How refunds are counted where no source settles it. */
export interface FenceProfile {
  /**
   * How the part of a receipt that was an offset (tag 1215) goes back: as an offset again, as money, or as the caller says. No source
   * confirms either.
   */
  readonly refundOfOffsets: 'as-offset' | 'as-money' | 'either';
  /**
   * VAT of a part of a line: of its own sum, half up; or moved by at most `refundVatDrift` kopecks so that the parts of a line add up to
   * its VAT. Only registers that compute VAT per line see the difference. Must be the same as in the admission profile.
   */
  readonly refundVat: 'remainder' | 'half-up';
  readonly refundVatDrift: number;
}

export const DEFAULT_FENCE_PROFILE: FenceProfile = {
  refundOfOffsets: 'either',
  refundVat: DEFAULT_PROFILE.refundVat,
  refundVatDrift: DEFAULT_PROFILE.refundVatDrift,
};
