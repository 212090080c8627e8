export type { BackoffSettings, BreakerSettings, FiscalizerSettings, WrongSetting } from './settings';
export { DEFAULT_SETTINGS, wrongSettings } from './settings';
export type { Dispatcher, DispatcherOptions, DispatcherStatus } from './dispatcher';
export type { ReceiptOutlook } from './receipt-outlook';
export { dispatcher } from './dispatcher';
export type { ChosenDevice, Devices, NoDevice, Receipts } from './ports';
export type { NextAction, Outlook } from './next-action';
export { nextAction } from './next-action';
export type { ParkedReceipt } from './open-receipts';
export { payloadHashOf, traceTagOf } from './payload-hash';
export { SHARDS, shardOf } from './shard';
export type { CloudDevices, DeviceDirectory, Shifts } from './keeper-ports';
export type { HealthKeeper, HealthKeeperOptions, HealthKeeperSettings } from './health-keeper';
export { DEFAULT_HEALTH_SETTINGS, healthKeeper } from './health-keeper';
export type {
  ShiftCount,
  ShiftKeeper,
  ShiftKeeperOptions,
  ShiftKeeperSettings,
  ShiftKeeperStatus,
  ShiftTotalsOf,
  TotalsUnavailable,
  WaitingRegister,
} from './shift-keeper';
export { DEFAULT_SHIFT_SETTINGS, shiftKeeper } from './shift-keeper';
export type { ShiftObstacle } from './next-shift-step';
export type { ParkedShifts } from './shift-log';
export type { ShiftPolicy } from './shift-policy';
export { DEFAULT_SHIFT_POLICY, shiftClosesAt, wrongShiftPolicy } from './shift-policy';
export type { Payments } from './payments';
export type { DeviceChange, DeviceRegistry, DeviceRegistryOptions } from './device-registry';
export { deviceRegistry } from './device-registry';
export type { ParkedDevice } from './known-devices';
export type { DeviceNotOpened, OpenDevice } from './open-devices';
export type { DeviceError, DeviceOrder, RegisterDeviceOptions, RegisteredDevice } from './register-device';
export { deviceIdOf, registerDevice } from './register-device';
export type { FindContact } from './buyer-of-order';
export type { RoutableDevices } from './prepare-registration';
export type {
  OrderFailure,
  OrderedBy,
  ReceiptCircumstances,
  Registration,
  RegistrationError,
  RegistrationOrder,
} from './registration-order';
export type { Returned } from './plan-reservation';
export type { ReturnedDocument } from './refund-lines';
export type { RefundOfDocument, RefundOfReceipt, RefundOrder } from './refund-order';
export type {
  CorrectionOrder,
  ErrorCorrection,
  MissedSettlement,
  RejectionCorrection,
  WrongReceipt,
} from './correction-order';
export type { Examined, Registrar, RegistrarOptions } from './registrar';
export { registrar } from './registrar';
export type { WaitingSettlement } from './payment-carrier';
export type {
  ParkedPayment,
  PaymentProcess,
  PaymentProcessOptions,
  PaymentProcessSettings,
  PaymentProcessStatus,
} from './payment-process';
export { DEFAULT_PAYMENT_SETTINGS, paymentProcess } from './payment-process';
export { observedHealth } from './observed-health';
export { buyerOfOrder } from './buyer-of-order';
