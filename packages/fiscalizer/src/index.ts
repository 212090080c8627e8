// Settings and the handlers of the streams.
export type { BackoffSettings, BreakerSettings, FiscalizerSettings, WrongSetting } from './settings';
export { DEFAULT_SETTINGS, wrongSettings } from './settings';
export type { CloudDevices, Payments, Receipts, Shifts } from './handlers';

// Carrying receipts to their documents.
export type { Dispatcher, DispatcherOptions, DispatcherStatus } from './dispatch/dispatcher';
export type { ReceiptOutlook } from './dispatch/receipt-outlook';
export { dispatcher } from './dispatch/dispatcher';
export type { NextAction, Outlook } from './dispatch/next-action';
export { nextAction } from './dispatch/next-action';
export type { ParkedReceipt } from './dispatch/open-receipts';
export { payloadHashOf, traceTagOf } from './dispatch/payload-hash';
export { SHARDS, shardOf } from './dispatch/shard';

// Devices and their providers.
export type { ChosenDevice, Devices, NoDevice } from './devices/devices';
export type { DeviceDirectory } from './devices/device-directory';
export type { DeviceChange, DeviceRegistry, DeviceRegistryOptions } from './devices/device-registry';
export { deviceRegistry } from './devices/device-registry';
export type { ParkedDevice } from './devices/known-devices';
export type { DeviceNotOpened, OpenDevice } from './devices/open-devices';
export type {
  DeviceError,
  DeviceOrder,
  RegisterDeviceOptions,
  RegisteredDevice,
} from './devices/register-device';
export { deviceIdOf, registerDevice } from './devices/register-device';

// From a draft to a receipt in the queue.
export type { FindContact } from './registration/buyer-of-order';
export type { RoutableDevices } from './registration/prepare-registration';
export type {
  OrderFailure,
  OrderedBy,
  ReceiptCircumstances,
  Registration,
  RegistrationError,
  RegistrationOrder,
} from './registration/registration-order';
export type { Returned } from './registration/plan-reservation';
export type { ReturnedDocument } from './registration/refund-lines';
export type { RefundOfDocument, RefundOfReceipt, RefundOrder } from './registration/refund-order';
export type {
  CorrectionOrder,
  ErrorCorrection,
  MissedSettlement,
  RejectionCorrection,
  WrongReceipt,
} from './registration/correction-order';
export type { Examined, Registrar, RegistrarOptions } from './registration/registrar';
export { registrar } from './registration/registrar';
export { buyerOfOrder } from './registration/buyer-of-order';

// From confirmed money to a receipt.
export type { WaitingSettlement } from './payments/payment-carrier';
export type {
  ParkedPayment,
  PaymentProcess,
  PaymentProcessOptions,
  PaymentProcessSettings,
  PaymentProcessStatus,
} from './payments/payment-process';
export { DEFAULT_PAYMENT_SETTINGS, paymentProcess } from './payments/payment-process';

// Keepers of shifts and of health.
export type { HealthKeeper, HealthKeeperOptions, HealthKeeperSettings } from './keepers/health-keeper';
export { DEFAULT_HEALTH_SETTINGS, healthKeeper } from './keepers/health-keeper';
export type {
  ShiftCount,
  ShiftKeeper,
  ShiftKeeperOptions,
  ShiftKeeperSettings,
  ShiftKeeperStatus,
  ShiftTotalsOf,
  TotalsUnavailable,
  WaitingRegister,
} from './keepers/shift-keeper';
export { DEFAULT_SHIFT_SETTINGS, shiftKeeper } from './keepers/shift-keeper';
export type { ShiftObstacle } from './keepers/next-shift-step';
export type { ParkedShifts } from './keepers/shift-log';
export type { ShiftPolicy } from './keepers/shift-policy';
export { DEFAULT_SHIFT_POLICY, shiftClosesAt, wrongShiftPolicy } from './keepers/shift-policy';
export { observedHealth } from './keepers/observed-health';
