import {
  CLOUD_DEVICE,
  CLOUD_DEVICE_EVENTS,
  NO_TOTALS,
  RECEIPT,
  RECEIPT_EVENTS,
  SHIFT,
  SHIFT_EVENTS,
  type CloudDeviceState,
  type Receipt,
  type ReceiptState,
  type ShiftState,
  type ShiftTotals,
} from '@cloud-kassa/core';
import { createImpersonalReader, type StoredEvent } from '@cloud-kassa/event-store';
import { right } from './world.testing';

const receiptReader = createImpersonalReader(RECEIPT_EVENTS);
const shiftReader = createImpersonalReader(SHIFT_EVENTS);
const deviceReader = createImpersonalReader(CLOUD_DEVICE_EVENTS);

interface Made {
  readonly receipt: Receipt;
  readonly shift: string | undefined;
  readonly source: 'provider' | 'manual';
}

/** S10: what was last recorded; until then asked for, where the provider made the document of a receipt with a buyer. */
const copyOf = ({ buyerCopies, content }: Receipt, source: Made['source']) => {
  const last = buyerCopies.at(-1);
  const asked = source === 'provider' && content.buyer !== undefined;
  return {
    buyerCopy: last?.status ?? (asked ? 'requested' : undefined),
    buyerCopyBy: last?.by ?? (asked ? 'provider' : undefined),
    buyerCopyChannel: last?.channel,
    buyerCopyAt: last?.at,
  };
};

const one = <A>(list: ReadonlyArray<A>): A => {
  const [only] = list;
  if (only === undefined) throw new Error('nothing was read');
  return only;
};

/** What was fiscalised in a shift, summed up from its documents. */
const totalsOf = (made: ReadonlyArray<Made>): ShiftTotals => {
  const signs = ['sale', 'saleRefund', 'purchase', 'purchaseRefund'] as const;
  const sums = Object.fromEntries(
    signs.map((name, index) => {
      const contents = made
        .map(({ receipt }) => receipt.content)
        .filter(({ settlementSign }) => settlementSign === index + 1);
      const sum = (of: (content: Receipt['content']) => number): number =>
        contents.reduce((total, content) => total + of(content), 0);
      return [
        name,
        {
          receipts: contents.length,
          total: sum(({ total }) => total),
          payments: {
            cash: sum(({ payments }) => payments.cash),
            cashless: sum(({ payments }) => payments.cashless),
            prepaid: sum(({ payments }) => payments.prepaid),
            credit: sum(({ payments }) => payments.credit),
            provision: sum(({ payments }) => payments.provision),
          },
        },
      ];
    }),
  );
  const corrections = made.filter(({ receipt }) => receipt.content.kind === 'correction').length;
  return { ...NO_TOTALS, ...sums, corrections };
};

/** The status from the states that commands are decided on: all events once, in commit order, every aggregate as a whole. */
export const slowly = (events: ReadonlyArray<StoredEvent>) => {
  const receipts = new Map<string, ReceiptState>();
  const shifts = new Map<string, ShiftState>();
  const devices = new Map<string, CloudDeviceState>();
  const madeOf = new Map<string, Omit<Made, 'receipt'>>();
  const opened: Array<{ readonly registerId: string; readonly shiftId: string; readonly number: number }> =
    [];
  for (const stored of events) {
    const { stream } = stored;
    if (stream.startsWith('receipt-')) {
      const { event } = right(one(receiptReader([stored])));
      const receipt = RECEIPT.evolve(receipts.get(stream), event);
      receipts.set(stream, receipt);
      if (event.type === 'receipt.Fiscalized' && receipt !== undefined)
        madeOf.set(stream, {
          shift: shifts.get(`shift-${receipt.facts.register.registerId}`)?.open?.shiftId,
          source: event.data.source,
        });
    } else if (stream.startsWith('shift-')) {
      const { event } = right(one(shiftReader([stored])));
      shifts.set(stream, SHIFT.evolve(shifts.get(stream), event));
      if (event.type === 'shift.ShiftOpened') {
        const { registerId, shiftId, number } = event.data;
        opened.push({ registerId, shiftId, number });
      }
    } else {
      const { event } = right(one(deviceReader([stored])));
      devices.set(stream, CLOUD_DEVICE.evolve(devices.get(stream), event));
    }
  }
  const made = [...madeOf].flatMap(([stream, known]): ReadonlyArray<Made> => {
    const receipt = receipts.get(stream);
    return receipt === undefined ? [] : [{ receipt, ...known }];
  });
  const seenDevices = [...devices.values()].flatMap((device) => (device === undefined ? [] : [device]));
  const isOpen = (receipt: ReceiptState): boolean =>
    receipt !== undefined && !['Fiscalized', 'Cancelled', 'Disputed'].includes(receipt.attempt.phase);
  return {
    documents: made.map(({ receipt, shift, source }) => ({
      receiptId: receipt.receiptId,
      registerId: receipt.facts.register.registerId,
      deviceId: receipt.attempt.route?.deviceId ?? receipt.facts.register.deviceId,
      shiftId: shift,
      fn: receipt.attempt.document?.fn,
      fd: receipt.attempt.document?.fd,
      fp: receipt.attempt.document?.fp,
      kktShift: receipt.attempt.document?.shiftNumber,
      numberInShift: receipt.attempt.document?.numberInShift,
      madeAt: receipt.attempt.document?.madeAt,
      kind: receipt.content.kind,
      sign: receipt.content.settlementSign,
      total: receipt.content.total,
      payments: receipt.content.payments,
      taxation: receipt.content.taxation,
      vatTotals: receipt.content.vatTotals,
      contentChecked: receipt.attempt.contentChecked,
      ofdConfirmedAt: receipt.ofdConfirmedAt,
      disputes: receipt.attempt.disputed?.found.length ?? 0,
      compensatedBy: receipt.attempt.compensatedBy,
      buyerKeyId: receipt.content.buyer?.keyId,
      ...copyOf(receipt, source),
    })),
    shifts: opened.map(({ registerId, shiftId, number }) => ({
      registerId,
      shiftId,
      number,
      isOpen: shifts.get(`shift-${registerId}`)?.open?.shiftId === shiftId,
      totals: totalsOf(
        made.filter(
          ({ receipt, shift }) => shift === shiftId && receipt.facts.register.registerId === registerId,
        ),
      ),
    })),
    disputes: [...receipts.values()].flatMap((receipt) => receipt?.attempt.disputed?.found ?? []).length,
    devices: seenDevices,
    openReceipts: (registerId: string): number =>
      [...receipts.values()].filter(
        (receipt) => isOpen(receipt) && receipt?.facts.register.registerId === registerId,
      ).length,
    openShift: (registerId: string) => shifts.get(`shift-${registerId}`)?.open,
  };
};
