import * as E from 'fp-ts/Either';
import { newDrive } from '../drive/fiscal-drive';
import { closeDrive, removeDrive, reportState } from '../kkt/drive-reports';
import type { Issued, Kkt } from '../kkt/kkt';
import { changeRegistration, registerDrive } from '../kkt/register';
import type { Registration } from '../kkt/registration';
import { closeShift, openShift } from '../kkt/shift';
import type { LedgerEntry } from '../ledger/ledger';
import { deviceRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import type { Cashier } from '../request';
import type { GroupState } from './group-state';
import type { DriveSettings } from './settings';
import { kktOf } from './units';
import { record } from './work';

/** What a person or a service does to one register, apart from receipts. */
export type Operation =
  | { readonly kind: 'open-shift'; readonly cashier?: Cashier }
  | { readonly kind: 'close-shift'; readonly cashier?: Cashier }
  | { readonly kind: 'close-drive'; readonly cashier?: Cashier }
  | { readonly kind: 'report-state' }
  | { readonly kind: 'change-registration'; readonly registration: Registration }
  /** A new drive; the registration is kept when none is given. */
  | { readonly kind: 'install-drive'; readonly drive: DriveSettings; readonly registration?: Registration }
  /** The drive is taken out, closed or broken; makes no document. */
  | { readonly kind: 'remove-drive' };

const perform = (kkt: Kkt, operation: Operation, now: number, seed: string): E.Either<Refusal, Issued> => {
  if (operation.kind === 'open-shift') return openShift(kkt, now, operation.cashier);
  if (operation.kind === 'close-shift') return closeShift(kkt, now, operation.cashier);
  if (operation.kind === 'close-drive') return closeDrive(kkt, now, operation.cashier);
  if (operation.kind === 'report-state') return reportState(kkt, now);
  if (operation.kind === 'change-registration') return changeRegistration(kkt, operation.registration, now);
  if (operation.kind === 'remove-drive') return E.left(deviceRefusal('no-drive'));
  const registration = operation.registration ?? kkt.registration;
  if (registration === null) return E.left(deviceRefusal('registration-invalid', 'registration'));
  const { serial, model, capacity } = operation.drive;
  return E.chain((drive: Parameters<typeof registerDrive>[1]) =>
    registerDrive(kkt, drive, registration, now),
  )(newDrive(serial, model, seed, capacity));
};

/**
 * Performs an operation on the register with this serial. `Right` is the document it made, or `undefined` for the removal of a drive.
 * `Left` when there is no such register or it refuses; a busy one says until when.
 */
export const operateUnit = (
  state: GroupState,
  serial: string,
  operation: Operation,
): E.Either<Refusal, LedgerEntry | undefined> => {
  const index = state.units.findIndex(({ kkt }) => kkt.settings.serial === serial);
  const unit = state.units[index];
  if (unit === undefined) return E.left(deviceRefusal('registration-invalid', 'unit'));
  if (operation.kind === 'remove-drive') {
    state.units[index] = { ...unit, kkt: removeDrive(unit.kkt) };
    return E.right(undefined);
  }
  return E.map(({ kkt, document }: Issued) => {
    state.units[index] = { ...unit, kkt };
    return record(state, kkt, document);
  })(perform(kktOf(state, unit), operation, state.now, state.settings.seed));
};
