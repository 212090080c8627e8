import * as E from 'fp-ts/Either';
import { confirmByOfd } from '../kkt/drive-reports';
import type { GroupState, Unit } from './group-state';
import { isStanding } from './group-state';

/** The instant at which the OFD confirms the first waiting document of a unit, or `undefined` while nothing waits or it is silent. */
export const confirmationAt = (state: GroupState, unit: Unit): number | undefined => {
  const { drive } = unit.kkt;
  if (drive === null || drive.queue.firstAt === null || unit.ofdSince === null) return undefined;
  const entry = state.ledger.find(drive.serial, drive.queue.confirmed + 1);
  return entry === undefined ? undefined : Math.max(entry.madeAt, unit.ofdSince) + state.settings.ofdDelay;
};

/** The OFD confirms the first waiting document of a unit. */
export const confirmNext = (state: GroupState, index: number): void => {
  const unit = state.units[index];
  const drive = unit?.kkt.drive;
  if (unit === undefined || drive === undefined || drive === null) return;
  const first = drive.queue.confirmed + 1;
  const document = state.ledger.find(drive.serial, first)?.document;
  if (document === undefined) return;
  const next = state.ledger.find(drive.serial, first + 1)?.document;
  const confirmed = confirmByOfd(unit.kkt, document, next, state.now);
  if (E.isLeft(confirmed)) return;
  state.units[index] = { ...unit, kkt: confirmed.right.kkt };
  state.ledger.confirm(confirmed.right.confirmation);
};

/** Notes since when the OFD answers each unit, after the switches were changed. */
export const updateOfdLines = (state: GroupState): void => {
  for (const [index, unit] of state.units.entries()) {
    const silent = isStanding(state, 'ofd-unreachable', unit);
    if (silent !== (unit.ofdSince === null)) {
      state.units[index] = { ...unit, ofdSince: silent ? null : state.now };
    }
  }
};
