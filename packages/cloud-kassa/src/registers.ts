import type { CardPolicy, CloudDevice, RegisterCard } from '@cloud-kassa/core';
import { DEFAULT_REGISTER_POLICY, RESTRICTION_NOTICES } from '@cloud-kassa/core';
import { exactRecordCodec } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Caller, Written } from './caller';
import { contextOf, writtenOf } from './caller';
import { PolicyChangeCodec, RegisterCardInputCodec } from './device-codecs';
import { readInput } from './input';
import { notFound, ofHandler, ofLoad } from './kassa-error';
import type { Kit } from './kit';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';

/** A register card (Касса ККМ, S19 to S21). What is left out has the usual value. */
export interface RegisterInput {
  readonly registerId: string;
  readonly name: string;
  /** Default: `kkt-with-ofd`; the only kind that can work through a cloud device. */
  readonly type?: RegisterCard['type'];
  /** Default: the organisation of the device. */
  readonly organisation?: string;
  readonly outlet?: string;
  readonly department?: string;
  /** Default `3.0.9`: any cashless payment; `3.0.8`: payments of the fast payment system only. */
  readonly policy?: CardPolicy['policy'];
  /** Default: cashless over the Internet. */
  readonly legalGround?: CardPolicy['legalGround'];
  /** Default `per-line`. */
  readonly vatRule?: CardPolicy['vatRule'];
  /** Zone of the place of settlement; default: that of the device. */
  readonly zone?: number;
}

/** A card with the device it is attached to. */
export interface RegisterView {
  readonly deviceId: string;
  readonly card: RegisterCard;
}

/** Register cards (Кассы ККМ). */
export interface Registers {
  /** `notice` is what the person who attaches a register has to be told once (S22). */
  readonly attach: (
    deviceId: string,
    register: RegisterInput,
    caller?: Caller,
  ) => Promise<
    Outcome<Written & { readonly notice: { readonly english: string; readonly russian: string } }>
  >;
  readonly changePolicy: (
    registerId: string,
    policy: Partial<CardPolicy>,
    caller?: Caller,
  ) => Promise<Outcome<Written>>;
  /** Refused while a shift is open on it. */
  readonly detach: (registerId: string, caller?: Caller) => Promise<Outcome<Written>>;
  readonly list: () => Promise<Outcome<ReadonlyArray<RegisterView>>>;
}

const InputCodec = exactRecordCodec(
  'RegisterInput',
  { registerId: t.string, name: t.string },
  {
    type: t.unknown,
    organisation: t.unknown,
    outlet: t.unknown,
    department: t.unknown,
    policy: t.unknown,
    legalGround: t.unknown,
    vatRule: t.unknown,
    zone: t.unknown,
  },
);

const NO_DEVICE = notFound('deviceId', 'There is no such device.', 'Такой облачной ККТ нет.');
const NO_REGISTER = notFound('registerId', 'There is no such register.', 'Такой кассы нет.');

const cardOf = (input: RegisterInput, device: CloudDevice): unknown => ({
  registerId: input.registerId,
  name: input.name,
  type: input.type ?? 'kkt-with-ofd',
  ownership: {
    organisation: input.organisation ?? device.registration.organisation,
    currency: 'RUB',
    ...(input.outlet === undefined ? {} : { outlet: input.outlet }),
    ...(input.department === undefined ? {} : { department: input.department }),
  },
  policy: input.policy ?? DEFAULT_REGISTER_POLICY,
  legalGround: input.legalGround ?? 'internet-cashless',
  vatRule: input.vatRule ?? 'per-line',
  zone: input.zone ?? device.registration.zone,
});

export const registersOn = (kit: Kit): Registers => {
  const { handlers, registry, now } = kit;

  const devices = async (): Promise<Outcome<ReadonlyArray<CloudDevice>>> => {
    const read = await registry.refresh()();
    return E.isLeft(read) ? failed(ofLoad(read.left)) : done(registry.all());
  };

  const holderOf = async (registerId: string): Promise<Outcome<CloudDevice>> => {
    const all = await devices();
    if (!all.ok) return all;
    const holder = all.value.find(({ registers }) => registers.has(registerId));
    return holder === undefined ? failed(NO_REGISTER) : done(holder);
  };

  const refresh = async (written: Written): Promise<Outcome<Written>> => {
    const read = await devices();
    return read.ok ? done(written) : read;
  };

  return {
    attach: async (deviceId, input, caller = {}) => {
      const known = readInput(InputCodec, input, 'register');
      if (E.isLeft(known)) return failed(known.left);
      const all = await devices();
      if (!all.ok) return all;
      const device = all.value.find((one) => one.deviceId === deviceId);
      if (device === undefined) return failed(NO_DEVICE);
      const card = readInput(RegisterCardInputCodec, cardOf(input, device), 'register');
      if (E.isLeft(card)) return failed(card.left);
      const holder = all.value.find(({ registers }) => registers.has(input.registerId));
      const handled = await handlers.devices.handle(
        deviceId,
        {
          type: 'AttachRegister',
          data: {
            now: now(),
            register: card.right,
            ...(holder === undefined ? {} : { attachedTo: holder.deviceId }),
          },
        },
        contextOf(caller, card.right.ownership.organisation, kit),
      )();
      if (E.isLeft(handled)) return failed(ofHandler(handled.left, 'device'));
      const written = await refresh(writtenOf(handled.right));
      return written.ok
        ? done({ ...written.value, notice: RESTRICTION_NOTICES[card.right.policy] })
        : written;
    },

    changePolicy: async (registerId, policy, caller = {}) => {
      const change = readInput(PolicyChangeCodec, policy, 'policy');
      if (E.isLeft(change)) return failed(change.left);
      const holder = await holderOf(registerId);
      if (!holder.ok) return holder;
      const { deviceId, registers, registration } = holder.value;
      const card = registers.get(registerId);
      if (card === undefined) return failed(NO_REGISTER);
      const { policy: kind, legalGround, vatRule } = { ...card, ...change.right };
      const handled = await handlers.devices.handle(
        deviceId,
        {
          type: 'ChangeRegisterPolicy',
          data: { now: now(), registerId, policy: kind, legalGround, vatRule },
        },
        contextOf(caller, registration.organisation, kit),
      )();
      return E.isLeft(handled)
        ? failed(ofHandler(handled.left, 'device'))
        : refresh(writtenOf(handled.right));
    },

    detach: async (registerId, caller = {}) => {
      const holder = await holderOf(registerId);
      if (!holder.ok) return holder;
      const shifts = await handlers.shifts.load(registerId)();
      if (E.isLeft(shifts)) return failed(ofLoad(shifts.left));
      const open = shifts.right.state?.open;
      const handled = await handlers.devices.handle(
        holder.value.deviceId,
        {
          type: 'DetachRegister',
          data: { now: now(), registerId, ...(open === undefined ? {} : { openShiftId: open.shiftId }) },
        },
        contextOf(caller, holder.value.registration.organisation, kit),
      )();
      return E.isLeft(handled)
        ? failed(ofHandler(handled.left, 'device'))
        : refresh(writtenOf(handled.right));
    },

    list: async () => {
      const all = await devices();
      return all.ok
        ? done(
            all.value.flatMap(({ deviceId, registers }) =>
              [...registers.values()].map((card) => ({ deviceId, card })),
            ),
          )
        : all;
    },
  };
};
