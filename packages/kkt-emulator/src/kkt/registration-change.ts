import type { Registration, UsageConditions } from './registration';

const OTHER = 0x80000000;
const DRIVE_REPLACED = 0x1;

/** Bits of 1205 for a condition left and entered. The order of the pair for strict-reporting forms is unconfirmed. */
const TURNS: ReadonlyArray<readonly [name: keyof UsageConditions, left: number, entered: number]> = [
  ['offline', 0x10, 0x20],
  ['automatic', 0x200, 0x400],
  ['strictForms', 0x1000, 0x800],
  ['internetOnly', 0x2000, 0x4000],
  ['gambling', 0x20000, 0x40000],
  ['lottery', 0x80000, 0x100000],
];

const changed = (is: boolean, bit: number): number => (is ? bit : 0);

const turned = (before: boolean, after: boolean, left: number, entered: number): number =>
  before === after ? 0 : after ? entered : left;

/**
 * Коды причин изменения сведений о ККТ (1205) between two registrations: a bit mask, "other" when nothing listed has changed.
 * Source: the format, values of tag 1205.
 */
export const registrationReasons = (
  before: Registration,
  after: Registration,
  driveReplaced: boolean,
): number => {
  const reasons =
    changed(driveReplaced, DRIVE_REPLACED) +
    changed(before.ofd?.inn !== after.ofd?.inn || before.ofd?.name !== after.ofd?.name, 0x2) +
    changed(before.organisation.name !== after.organisation.name, 0x4) +
    changed(before.address !== after.address || before.place !== after.place, 0x8) +
    changed(before.taxation !== after.taxation, 0x80) +
    changed(before.machineNumber !== after.machineNumber, 0x100) +
    turned((before.agents ?? 0) > 0, (after.agents ?? 0) > 0, 0x8000, 0x10000) +
    changed(before.ffd !== after.ffd, 0x200000) +
    TURNS.reduce(
      (sum, [name, left, entered]) =>
        sum + turned(before.conditions[name], after.conditions[name], left, entered),
      0,
    );
  return reasons === 0 ? OTHER : reasons;
};

/**
 * The same reasons as codes of tag 1101 (FFD 1.05): 1 drive replaced, 2 another OFD, 3 data of the user, 4 settings of the register.
 */
export const registrationReasonCodes = (reasons: number): ReadonlyArray<number> => {
  const rest = reasons - (reasons & 0x7);
  return [
    ...((reasons & DRIVE_REPLACED) === 0 ? [] : [1]),
    ...((reasons & 0x2) === 0 ? [] : [2]),
    ...((reasons & 0x4) === 0 ? [] : [3]),
    ...(rest === 0 ? [] : [4]),
  ];
};
