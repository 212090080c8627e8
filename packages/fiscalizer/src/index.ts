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
