import type * as t from 'io-ts';
import { fieldCodec, flagField, naturalField, oneOf, positiveField } from '../../codec/field-codec';
import { objectCodec } from '../../codec/object-codec';
import type { AdmissionProfile } from '../../admission/profile';
import { USUAL_GROUP } from '../../group/settings';
import type { UsageConditions } from '../../kkt/registration';

type Codecs<T> = Readonly<Record<keyof T, t.Mixed>>;

/** Conditions of use (1290), as flags by their names. */
export const conditionsField = objectCodec(
  {},
  {
    automatic: flagField,
    offline: flagField,
    encryption: flagField,
    printerInMachine: flagField,
    strictForms: flagField,
    internetOnly: flagField,
    excise: flagField,
    markedGoods: flagField,
    servicesOnly: flagField,
    gambling: flagField,
    lottery: flagField,
    pawnshop: flagField,
    insurance: flagField,
    vending: flagField,
    catering: flagField,
    wholesale: flagField,
  } satisfies Codecs<UsageConditions>,
  'strict',
);

/** How the register judges receipts. */
export const profileField = objectCodec(
  {},
  {
    vatRule: oneOf('per-line', 'per-total'),
    legacyVat: oneOf('never', 'with-ground', 'always'),
    datedRules: oneOf('by-clock', 'any-time'),
    cashOnInternetRegister: oneOf('refused', 'accepted'),
    contact: oneOf('with-internet-sign', 'every-receipt'),
    foreignCharacters: oneOf('dropped', 'refused'),
    unconfirmedMarking: oneOf('accepted', 'refused'),
    markingRegistration: oneOf('required', 'not-checked'),
  } satisfies Codecs<AdmissionProfile>,
  'strict',
);

const monthsField = fieldCodec('not-13-15-or-36', (input) =>
  input === 13 || input === 15 || input === 36 ? input : undefined,
);

/** Model of the drive: months of its key, and whether it works with marking codes. */
export const driveField = objectCodec({ months: monthsField, marking: flagField }, {}, 'strict');

const naturalOrNull = fieldCodec('not-a-natural-or-null', (input) =>
  input === null || naturalField.is(input) ? input : undefined,
);

const DAY = 86_400_000;

/** `manual`, `automatic`, or automatic with the milliseconds after which a shift is closed, a day at most. */
const shiftsField = fieldCodec('not-a-way-of-shifts', (input) => {
  if (input === 'manual') return { mode: 'manual' } as const;
  if (input === 'automatic') return USUAL_GROUP.shifts;
  return positiveField.is(input) && input <= DAY
    ? ({ mode: 'automatic', closeAfter: input } as const)
    : undefined;
});

/** How the service in front of the registers behaves. Milliseconds. */
export const serviceField = objectCodec(
  {},
  {
    queueLimit: positiveField,
    queueTimeout: naturalOrNull,
    keyMemory: naturalOrNull,
    judgeOnSubmit: flagField,
    shifts: shiftsField,
    resultDelay: naturalField,
    ofdDelay: naturalField,
  },
  'strict',
);
