// The kernel's vocabulary.
export type { Decider, Tagged } from './decider';
export type { Erased, EventDefinition, EventFamily, EventVersion, Personal } from './event-family';
export { isErased } from './event-family';
export type { Refusal, RuleDescription, RuleTable } from './refusal';
export type { Json, NotCanonical } from './canonical-json';
export { canonicalJson, parseCanonical } from './canonical-json';

// Receipts and the attempt protocol.
export * from './receipt';

// The other aggregates.
export * from './cloud-device';
export * from './shift';
export * from './payment';

// Contacts of buyers.
export type { Contact } from './contact/normalise-contact';
export { CONTACT_LENGTH, CONTACT_RULES, normaliseContact } from './contact/normalise-contact';
export type { ContactRefusal, ContactRule } from './contact/normalise-contact';
export { maskContact } from './contact/mask-contact';
export { contactIdentity } from './contact/contact-identity';
export { receiptContact } from './contact/receipt-contact';

// Dated policy.
export type { AlarmPercent } from './policy/deadline-alarms';
export { ALARM_PERCENTS, alarmsDue } from './policy/deadline-alarms';
export { DEADLINE_RULES, TECHNICAL_GRACE_MS, alarmDeadline, legalDeadline } from './policy/legal-deadline';
export { LEGAL_GROUNDS, LEGAL_GROUND_LIST, LegalGroundCodec } from './policy/legal-ground';
export { POLICY_VERSION } from './policy/policy-version';
export type { ProductionCalendar } from './policy/production-calendar';
export { WEEKDAYS_ONLY, isWorkingDay, nextWorkingDay } from './policy/production-calendar';
export type { PolicyQuestion } from './policy/register-policy';
export {
  DEFAULT_REGISTER_POLICY,
  REGISTER_POLICIES,
  RegisterPolicyCodec,
  admitsByPolicy,
} from './policy/register-policy';

// The choice of a device.
export type {
  ChosenRoute,
  NoRoute,
  RoutingQuestion,
  RoutingReason,
  RoutingRefusal,
} from './routing/route-receipt';
export { routeReceipt } from './routing/route-receipt';
