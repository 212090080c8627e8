import type { GroupRoom } from '../../emulator/group-room';
import type { Machine } from '../../emulator/machine';
import type { StandingFault } from '../../faults/standing-faults';
import type { SubmissionResult } from '../../group/submission';
import type { UnitStatus } from '../../group/unit-status';
import { groupLedgerLine } from '../../ledger/ledger-line';
import type { LedgerEntry } from '../../ledger/ledger';

const documentObject = (entry: LedgerEntry, group: string): unknown =>
  JSON.parse(groupLedgerLine(group, entry));

/** State of one register; its registration is told by number, taxation and version. */
const unitReport = ({ registration, ...unit }: UnitStatus): object => ({
  ...unit,
  registrationNumber: registration?.registrationNumber,
  taxation: registration?.taxation,
  ffd: registration?.ffd,
});

export const groupReport = ({ id, registers }: GroupRoom): object => ({
  group: id,
  organisation: registers.settings.units[0]?.registration.organisation.inn,
  waiting: registers.waiting(),
  documents: registers.ledger.size(),
  units: registers.units().map(unitReport),
});

export const ledgerHead = ({ id, registers }: GroupRoom): object => ({
  group: id,
  organisation: registers.settings.units[0]?.registration.organisation.inn,
  head: registers.ledger.size(),
});

const resultReport = (result: SubmissionResult, group: string): unknown => {
  if (result._tag !== 'done') return result;
  const { entry, ...rest } = result;
  return { ...rest, document: documentObject(entry, group) };
};

/** What is known under a key, and every document that was made under it. */
export const keyReport = ({ id, registers }: GroupRoom, key: string): object => ({
  group: id,
  key,
  result: resultReport(registers.result(key), id),
  documents: registers.ledger.byKey(key).map((entry) => documentObject(entry, id)),
});

const faultReport = ({ fault, seen, left }: StandingFault): object => ({ ...fault, seen, left });

/** Every fault that is set, with its counts. */
export const faultsReport = (machine: Machine): object => ({
  http: machine.standingFaults().faults.map(faultReport),
  devices: machine
    .groups()
    .flatMap(({ id, registers }) => registers.faults().map((fault) => ({ group: id, ...fault }))),
});

export const healthReport = (machine: Machine, isSafe: boolean): object => {
  const groups = machine.groups();
  return {
    status: isSafe ? 'ok' : 'storage-failed',
    now: new Date(machine.now()).toISOString(),
    groups: groups.length,
    waiting: groups.reduce((sum, { registers }) => sum + registers.waiting(), 0),
    documents: groups.reduce((sum, { registers }) => sum + registers.ledger.size(), 0),
  };
};
