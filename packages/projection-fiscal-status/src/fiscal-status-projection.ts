import {
  CLOUD_DEVICE_EVENTS,
  RECEIPT_EVENTS,
  SHIFT_EVENTS,
  type CloudDeviceEvent,
  type ReceiptEvent,
  type ShiftEvent,
} from '@cloud-kassa/core';
import { joinFamilies, projection, type Projection } from '@cloud-kassa/projections';
import { DEVICES, DRIVES, REGISTERS } from './device-tables';
import { AWAITED, DISPUTED_DOCUMENTS, DOCUMENTS } from './document-tables';
import { projectDevice } from './project-device';
import { projectReceipt } from './project-receipt';
import { projectShift } from './project-shift';
import { OPEN_SHIFTS, SHIFTS } from './shift-tables';

export type StatusEvent = ReceiptEvent | CloudDeviceEvent | ShiftEvent;

const isReceiptEvent = (event: StatusEvent): event is ReceiptEvent => event.type.startsWith('receipt.');
const isShiftEvent = (event: StatusEvent): event is ShiftEvent => event.type.startsWith('shift.');

/**
 * The fiscal status for people: documents, registers, drives and shifts. A document belongs to the shift that is open when it becomes
 * known, so the order between streams counts.
 */
export const FISCAL_STATUS: Projection<StatusEvent> = projection<StatusEvent>({
  name: 'fiscal-status',
  version: 1,
  prefixes: ['receipt-', 'clouddevice-', 'shift-'],
  family: joinFamilies(joinFamilies(RECEIPT_EVENTS, SHIFT_EVENTS), CLOUD_DEVICE_EVENTS),
  tables: [AWAITED, DOCUMENTS, DISPUTED_DOCUMENTS, SHIFTS, OPEN_SHIFTS, DEVICES, REGISTERS, DRIVES],
  order: 'across-streams',
  project: ({ event, stored }, rows) => {
    if (isReceiptEvent(event)) return projectReceipt(event, stored, rows);
    return isShiftEvent(event) ? projectShift(event, stored, rows) : projectDevice(event, stored, rows);
  },
});
