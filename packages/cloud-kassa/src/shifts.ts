import type { CloudDevice, RegisterShifts } from '@cloud-kassa/core';
import { deviceAvailability } from '@cloud-kassa/core';
import { exactRecordCodec } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Caller, Written } from './caller';
import { contextOf, writtenOf } from './caller';
import { readInput } from './input';
import { NameCodec, StreamPartCodec } from './input-codecs';
import { notFound, ofHandler, ofLoad } from './kassa-error';
import type { Kit } from './kit';
import { observeDevice } from './observe-device';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';

/** Book-keeping shifts of registers (кассовые смены, S13, S25, S36). */
export interface Shifts {
  /** Opens a shift. The provider is asked first whether it can fiscalise; silence is an obstacle too. */
  readonly open: (
    registerId: string,
    shift?: { readonly shiftId?: string },
    caller?: Caller,
  ) => Promise<Outcome<Written & { readonly shiftId: string }>>;
  /** Closes the open shift with its totals. Over open receipts only when `forced`. */
  readonly close: (
    registerId: string,
    how?: { readonly forced?: boolean },
    caller?: Caller,
  ) => Promise<Outcome<Written & { readonly shiftId: string }>>;
  readonly get: (registerId: string) => Promise<Outcome<RegisterShifts | undefined>>;
}

const OpeningCodec = exactRecordCodec('ShiftToOpen', {}, { shiftId: NameCodec });
const ClosingCodec = exactRecordCodec('ShiftToClose', {}, { forced: t.boolean });

const NO_SHIFT = notFound(
  'registerId',
  'No shift is open on this register.',
  'На этой кассе нет открытой смены.',
);
const NO_REGISTER = notFound('registerId', 'There is no such register.', 'Такой кассы нет.');

export const shiftsOn = (kit: Kit): Shifts => {
  const { handlers, registry, runtime, now, readModels } = kit;

  const deviceOf = async (registerId: string): Promise<Outcome<CloudDevice>> => {
    const read = await registry.refresh()();
    if (E.isLeft(read)) return failed(ofLoad(read.left));
    const device = registry.all().find(({ registers }) => registers.has(registerId));
    return device === undefined ? failed(NO_REGISTER) : done(device);
  };

  const stateOf = async (registerId: string): Promise<Outcome<RegisterShifts | undefined>> => {
    if (!StreamPartCodec.is(registerId)) return done(undefined);
    const loaded = await handlers.shifts.load(registerId)();
    return E.isLeft(loaded) ? failed(ofLoad(loaded.left)) : done(loaded.right.state);
  };

  return {
    open: async (registerId, shift = {}, caller = {}) => {
      const read = readInput(OpeningCodec, shift);
      if (E.isLeft(read)) return failed(read.left);
      const { shiftId = runtime.ids.next() } = read.right;
      const held = await deviceOf(registerId);
      if (!held.ok) return held;
      const seen = await observeDevice(kit, held.value.deviceId);
      if (!seen.ok) return seen;
      const device = seen.value;
      const handled = await handlers.shifts.handle(
        registerId,
        {
          type: 'OpenShift',
          data: {
            now: now(),
            registerId,
            shiftId,
            openedBy: 'person',
            device: deviceAvailability(device, now()),
          },
        },
        contextOf(caller, device.registration.organisation, kit),
      )();
      return E.isLeft(handled)
        ? failed(ofHandler(handled.left, 'shift'))
        : done({ ...writtenOf(handled.right), shiftId });
    },

    close: async (registerId, how = {}, caller = {}) => {
      const read = readInput(ClosingCodec, how);
      if (E.isLeft(read)) return failed(read.left);
      const { forced } = read.right;
      const device = await deviceOf(registerId);
      if (!device.ok) return device;
      const state = await stateOf(registerId);
      if (!state.ok) return state;
      const open = state.value?.open;
      if (open === undefined) return failed(NO_SHIFT);
      const { shiftId } = open;
      const totals = await readModels.shiftTotals(registerId, shiftId);
      if (!totals.ok) return totals;
      const handled = await handlers.shifts.handle(
        registerId,
        {
          type: 'CloseShift',
          data: {
            now: now(),
            shiftId,
            closedBy: 'person',
            ...totals.value,
            ...(forced === undefined ? {} : { forced }),
          },
        },
        contextOf(caller, device.value.registration.organisation, kit),
      )();
      return E.isLeft(handled)
        ? failed(ofHandler(handled.left, 'shift'))
        : done({ ...writtenOf(handled.right), shiftId });
    },

    get: stateOf,
  };
};
