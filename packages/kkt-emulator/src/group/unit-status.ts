import type { DriveFlags, DrivePhase } from '../drive/fiscal-drive';
import { driveFlags, keyDaysLeft } from '../drive/fiscal-drive';
import type { UnsentDocuments } from '../drive/ofd-queue';
import { unsentDocuments } from '../drive/ofd-queue';
import { clockOf } from '../kkt/kkt';
import type { OpenShift } from '../kkt/kkt';
import type { Registration } from '../kkt/registration';
import type { GroupState, Unit } from './group-state';
import { isAble, isReachable, kktOf } from './units';

/** What a service can tell about one of its registers. */
export interface UnitStatus {
  readonly serial: string;
  readonly registration: Registration | null;
  readonly drive: {
    readonly serial: string;
    readonly phase: DrivePhase;
    readonly documents: number;
    readonly capacity: number;
    readonly keyDaysLeft: number;
    readonly flags: DriveFlags;
    readonly unsent: UnsentDocuments;
  } | null;
  /** The open shift, or `null`. */
  readonly shift: OpenShift | null;
  readonly lastShift: number;
  /** Instant from which it is free. */
  readonly busyUntil: number;
  readonly reachable: boolean;
  /** True when a receipt would not be refused for the register's own sake. */
  readonly able: boolean;
}

/** The status of a unit at the group's time. */
export const unitStatus = (state: GroupState, unit: Unit): UnitStatus => {
  const kkt = kktOf(state, unit);
  const at = clockOf(kkt, state.now);
  const { drive } = kkt;
  return {
    serial: kkt.settings.serial,
    registration: kkt.registration,
    drive:
      drive === null
        ? null
        : {
            serial: drive.serial,
            phase: drive.phase,
            documents: drive.documents,
            capacity: drive.capacity,
            keyDaysLeft: keyDaysLeft(drive, at),
            flags: driveFlags(drive, at),
            unsent: unsentDocuments(drive.queue, drive.documents, drive.counters),
          },
    shift: kkt.shift,
    lastShift: kkt.lastShift,
    busyUntil: kkt.busyUntil,
    reachable: isReachable(state, unit),
    able: isReachable(state, unit) && isAble(state, unit),
  };
};
