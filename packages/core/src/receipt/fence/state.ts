import type { Kopecks, Payments } from '@cloud-kassa/ffd';
import type { FenceEvent, ReservedItem } from './events';

/** What a refund holds. */
export interface RefundReservation {
  readonly items: ReadonlyArray<ReservedItem>;
  readonly sums: Payments;
}

/** What of a receipt is taken by its refunds and offsets. Ids that were ever released are kept, so that a second release is told from an unknown one. */
export interface FenceState {
  readonly refunds: ReadonlyMap<string, RefundReservation>;
  readonly offsets: ReadonlyMap<string, Kopecks>;
  readonly releasedRefunds: ReadonlySet<string>;
  readonly releasedOffsets: ReadonlySet<string>;
}

/** Nothing is taken. */
export const INITIAL_FENCE: FenceState = {
  refunds: new Map(),
  offsets: new Map(),
  releasedRefunds: new Set(),
  releasedOffsets: new Set(),
};

const withKey = <V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> =>
  new Map(map).set(key, value);

const withoutKey = <V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> =>
  new Map([...map].filter(([other]) => other !== key));

const withMember = (set: ReadonlySet<string>, member: string): ReadonlySet<string> =>
  new Set(set).add(member);

/** Folds one event of the fence. */
export const evolveFence = (state: FenceState, event: FenceEvent): FenceState => {
  switch (event.type) {
    case 'receipt.RefundReserved': {
      const { refundId, items, sums } = event.data;
      return { ...state, refunds: withKey(state.refunds, refundId, { items, sums }) };
    }
    case 'receipt.RefundReleased':
      return {
        ...state,
        refunds: withoutKey(state.refunds, event.data.refundId),
        releasedRefunds: withMember(state.releasedRefunds, event.data.refundId),
      };
    case 'receipt.OffsetReserved':
      return { ...state, offsets: withKey(state.offsets, event.data.offsetId, event.data.amount) };
    case 'receipt.OffsetReleased':
      return {
        ...state,
        offsets: withoutKey(state.offsets, event.data.offsetId),
        releasedOffsets: withMember(state.releasedOffsets, event.data.offsetId),
      };
  }
};

/** Does any refund or offset hold a part of the receipt? Such a receipt is not cancelled. */
export const isFenceHeld = (state: FenceState): boolean => state.refunds.size > 0 || state.offsets.size > 0;
