import type { Instant } from '@cloud-kassa/ffd';
import type { DeviceAvailability } from '../cloud-device/device-facts';
import type { ShiftActor } from './events';
import type { ShiftTotals } from './shift-totals';

interface Command<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data & { readonly now: Instant };
}

/** Opens a shift on a register, by hand or by the shift keeper. `device` is what its device said, as read when the command was made. */
export type OpenShift = Command<
  'OpenShift',
  {
    readonly registerId: string;
    readonly shiftId: string;
    readonly openedBy: ShiftActor;
    readonly device: DeviceAvailability;
  }
>;

/** A fiscal document or the state of a unit has shown the number of a KKT shift. */
export type ObserveKktShift = Command<
  'ObserveKktShift',
  { readonly registrationNumber: string; readonly drive?: string; readonly kktShift: number }
>;

/**
 * Closes the shift. The totals come from a projection that has read up to `upToPosition`; `ofdDiffers` says that the operator of fiscal
 * data shows other totals. A person must say `forced` to close over open receipts or a difference; the keeper waits for nothing.
 */
export type CloseShift = Command<
  'CloseShift',
  {
    readonly shiftId: string;
    readonly closedBy: ShiftActor;
    readonly totals: ShiftTotals;
    readonly upToPosition: string;
    readonly openReceipts: number;
    readonly ofdDiffers?: boolean;
    readonly forced?: boolean;
  }
>;

export type ShiftCommand = OpenShift | ObserveKktShift | CloseShift;
