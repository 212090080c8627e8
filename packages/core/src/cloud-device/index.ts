export type { Availability } from './availability';
export type {
  AttachRegister,
  ChangeConnection,
  ChangeRegisterPolicy,
  ChangeRegistration,
  CloudDeviceCommand,
  DetachRegister,
  InstallFiscalDrive,
  RecordHealth,
  RegisterDevice,
  ResumeDevice,
  RetireDevice,
  SuspendDevice,
} from './commands';
export type { Connection, Environment } from './connection';
export { ConnectionCodec } from './connection';
export { CLOUD_DEVICE, decideCloudDevice } from './decide';
export type { DeviceAvailability } from './device-facts';
export { deviceAvailability, deviceFacts, registerFacts } from './device-facts';
export type {
  CloudDeviceEvent,
  ConnectionChanged,
  DeviceRegistered,
  DeviceResumed,
  DeviceRetired,
  DeviceSuspended,
  FiscalDriveInstalled,
  HealthRecorded,
  InstalledDrive,
  RegisterAttached,
  RegisterDetached,
  RegisterPolicyChanged,
  RegistrationChanged,
  RestrictionNoticeGiven,
  SuspensionReason,
} from './events';
export { CLOUD_DEVICE_EVENTS } from './events';
export { cloudDeviceStream } from './identifier';
export type { KktShift, KktUnit, SeenDrive, UnsentDocuments } from './kkt-unit';
export type { DeviceObstacle } from './obstacles';
export { deviceObstacles } from './obstacles';
export type { CardPolicy, Ownership, RegisterCard, RegisterType } from './register-card';
export { RegisterCardCodec } from './register-card';
export type { Registration } from './registration';
export { RegistrationCodec } from './registration';
export type { CloudDeviceRefusal, CloudDeviceRule } from './rejections';
export { CLOUD_DEVICE_RULES } from './rejections';
export { RESTRICTION_NOTICES } from './restriction-notice';
export { looksSecret, namesSecret } from './secret-shape';
export type { SeenUnit } from './seen-unit';
export type { CloudDevice, CloudDeviceState } from './state';
export { evolveCloudDevice } from './state';
export type { HealthThresholds, UnitHealth } from './unit-health';
export { HEALTH_THRESHOLDS, unitHealth } from './unit-health';
