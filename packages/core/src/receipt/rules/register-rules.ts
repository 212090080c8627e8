import { addDays, dateOf, taxationExistsOn } from '@cloud-kassa/ffd';
import type { AdmissionRule } from './admission';
import { refuse, unless } from './admission';

/** Receipt, register and device belong to one organisation (54-FZ, art. 4.2). */
export const organisationAgrees: AdmissionRule = ({
  facts: { register, device },
  claims: { organisation },
}) =>
  unless(
    register.organisation === device.organisation,
    'organisation-differs',
    'facts.device.organisation',
  ) ??
  unless(
    organisation === undefined || organisation === register.organisation,
    'organisation-differs',
    'organisation',
  );

/** The register card points at the device (S21). */
export const deviceAgrees: AdmissionRule = ({ facts: { register, device } }) =>
  unless(register.deviceId === device.deviceId, 'device-differs', 'facts.device.deviceId');

/** The version of the format is the device's (order ЕД-7-20/662@, tags 1189, 1209). */
export const versionAgrees: AdmissionRule = ({ content, facts: { device } }) =>
  content.ffd === device.ffd ? undefined : refuse('ffd-differs', 'ffd', { device: device.ffd });

/** The local time is that of the register's zone (tag 1011): dated rules are applied in it. */
export const zoneAgrees: AdmissionRule = ({ content, facts: { register } }) =>
  content.zone === register.zone ? undefined : refuse('zone-differs', 'zone', { register: register.zone });

/** VAT totals are computed the register's way. */
export const vatRuleAgrees: AdmissionRule = ({ content, facts: { register } }) =>
  content.vatRule === register.vatRule
    ? undefined
    : refuse('vat-rule-differs', 'vatRule', { register: register.vatRule });

/** Policy 3.0.8 takes payments of the fast payment system and nothing else (S12, S24, S35). */
export const policyAllows: AdmissionRule = ({ facts: { register, origin, instrument } }) => {
  if (register.policy !== '3.0.8') return undefined;
  if (origin === 'manual') return refuse('register-policy', 'facts.origin', { policy: register.policy });
  return instrument === 'sbp'
    ? undefined
    : refuse('register-policy', 'facts.instrument', { policy: register.policy });
};

/** A receipt made by hand needs an open shift; receipts of payments and exchange need none (S25). */
export const shiftOpen: AdmissionRule = ({ facts: { origin, shiftId } }) =>
  unless(origin !== 'manual' || shiftId !== undefined, 'shift-not-open', 'facts.shiftId');

/** The settlement is not later than the date of the rules (tag 1012). */
export const notInFuture: AdmissionRule = ({ content, facts }) =>
  unless(dateOf(content.settledAt) <= facts.rulesOn, 'settled-in-future', 'settledAt');

/** A settlement older than the profile allows is receipted by a correction (54-FZ, art. 1.2 cl. 5.4, art. 4.3 cl. 4). */
export const notTooOld: AdmissionRule = ({ content, facts, profile }) => {
  if (content.kind === 'correction') return undefined;
  const days = profile.oldestSettlementDays[facts.register.legalGround];
  const oldest = addDays(facts.rulesOn, -days);
  return dateOf(content.settledAt) >= oldest ? undefined : refuse('needs-correction', 'settledAt', { days });
};

/** The device is registered with the taxation system (tags 1055, 1062). */
export const taxationRegistered: AdmissionRule = ({ content, facts: { device } }) =>
  unless(device.taxations.includes(content.taxation), 'taxation-not-registered', 'taxation');

/** The taxation system existed at the date of the settlement, in a correction at the corrected date (97-FZ, art. 5). */
export const taxationInForce: AdmissionRule = ({ content, facts }) =>
  unless(
    taxationExistsOn(content.taxation, content.correction?.settledOn ?? facts.rulesOn),
    'taxation-not-in-force',
    'taxation',
  );
