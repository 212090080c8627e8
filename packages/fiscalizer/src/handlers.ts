import type {
  CloudDeviceCommand,
  CloudDeviceEvent,
  CloudDeviceRefusal,
  CloudDeviceState,
  PaymentCommand,
  PaymentEvent,
  PaymentRefusal,
  PaymentState,
  ReceiptCommand,
  ReceiptEvent,
  ReceiptRefusal,
  ReceiptState,
  ShiftCommand,
  ShiftEvent,
  ShiftRefusal,
  ShiftState,
} from '@cloud-kassa/core';
import type { CommandHandler } from '@cloud-kassa/event-store';

/** The handler of the receipts' streams. */
export type Receipts = CommandHandler<string, ReceiptCommand, ReceiptState, ReceiptEvent, ReceiptRefusal>;

/** The handler of the payments' streams. */
export type Payments = CommandHandler<string, PaymentCommand, PaymentState, PaymentEvent, PaymentRefusal>;

/** The handler of the devices' streams. */
export type CloudDevices = CommandHandler<
  string,
  CloudDeviceCommand,
  CloudDeviceState,
  CloudDeviceEvent,
  CloudDeviceRefusal
>;

/** The handler of the streams of the registers' shifts. */
export type Shifts = CommandHandler<string, ShiftCommand, ShiftState, ShiftEvent, ShiftRefusal>;
