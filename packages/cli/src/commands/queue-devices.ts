import type { DeviceView } from '@cloud-kassa/cloud-kassa';
import type { QueuedReceipt } from '@cloud-kassa/projection-receipt-queue';
import { obstacle } from '../output/labels';
import type { View } from '../output/view';
import { text } from '../output/view';

/** What keeps a receipt that is routed already from going on; the rest of what is in a device's way concerns the choice of a device. */
const STOPS: ReadonlySet<string> = new Set([
  'suspended',
  'retired',
  'unavailable',
  'unreachable',
  'unauthorised',
]);

const stopsOf = ({ obstacles, notOpened }: DeviceView): ReadonlyArray<string> => [
  ...obstacles.filter((reason) => STOPS.has(reason)),
  ...(notOpened === undefined ? [] : ['not-opened']),
];

const isUnderWay = ({ status }: QueuedReceipt): boolean => status === 'new' || status === 'fiscalizing';

/** The devices that receipts of the list wait for, a line each, with what is in their way. */
export const waitingForDevices = (
  rows: ReadonlyArray<QueuedReceipt>,
  devices: ReadonlyArray<DeviceView>,
): ReadonlyArray<View> =>
  devices.flatMap((view) => {
    const { deviceId } = view.device;
    const stops = stopsOf(view);
    const waiting = rows.filter((row) => row.deviceId === deviceId && isUnderWay(row)).length;
    if (stops.length === 0 || waiting === 0) return [];
    const [english, russian] = [
      stops.map((reason) => obstacle(reason).english).join(', '),
      stops.map((reason) => obstacle(reason).russian).join(', '),
    ];
    return [
      text(
        `Receipts here that wait for the device ${deviceId}: ${waiting}. The device: ${english}.`,
        `Чеки в списке, которые ждут облачную ККТ ${deviceId}: ${waiting}. Облачная ККТ: ${russian}.`,
      ),
    ];
  });
