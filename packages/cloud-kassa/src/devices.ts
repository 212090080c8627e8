import type {
  CloudDevice,
  CloudDeviceCommand,
  CloudDeviceEvent,
  CloudDeviceState,
  Connection,
  InstalledDrive,
  Refusal,
  RoutingReason,
  SuspensionReason,
} from '@cloud-kassa/core';
import { cloudDeviceStream, deviceObstacles } from '@cloud-kassa/core';
import type { Handled } from '@cloud-kassa/event-store';
import { isStreamName } from '@cloud-kassa/event-store';
import { exactRecordCodec } from '@cloud-kassa/ffd';
import { registerDevice } from '@cloud-kassa/fiscalizer';
import type { ConnectionForm } from '@cloud-kassa/provider';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import type { Caller, Written } from './caller';
import { contextOf, writtenOf } from './caller';
import { ConnectionInputCodec, InstalledDriveCodec, RegistrationInputCodec } from './device-codecs';
import { readInput } from './input';
import { SuspensionReasonCodec } from './input-codecs';
import { notFound, ofHandler, ofLoad, refused } from './kassa-error';
import type { Kit } from './kit';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';
import type { ConnectionRefusal, ConnectionReport, ProviderAdapter } from './provider-adapter';

/** What the units of a group are registered for with the tax authority. */
export interface RegistrationInput {
  /** INN of the user of the register. */
  readonly organisation: string;
  /** Taxation systems (tag 1062): 1 general, 2 simplified, 4 simplified minus expenses, 16 farm, 32 patent. */
  readonly taxations: ReadonlyArray<number>;
  readonly ffd: '1.05' | '1.1' | '1.2';
  /** Registered for settlements in the Internet only. */
  readonly internetOnly: boolean;
  /** Code of the zone of the place of settlement (tag 1011): 1 Kaliningrad, 2 Moscow … 11 Kamchatka. */
  readonly zone: number;
  /** Registration number (РНМ), where the group has one unit. */
  readonly registrationNumber?: string;
  readonly serial?: string;
}

/** A provider group to be connected. */
export interface DeviceOrder {
  /** A name of one's own: letters, digits, `.`, `_`, `-`. */
  readonly deviceId: string;
  readonly title: string;
  readonly connection: Connection;
  readonly registration: RegistrationInput;
}

/** A cloud device as it stands. */
export interface DeviceView {
  readonly device: CloudDevice;
  /** Why nothing new may be sent to it now; nothing where it may. */
  readonly obstacles: ReadonlyArray<RoutingReason>;
  /** Why its provider could not be opened in this process, if so. */
  readonly notOpened?: string;
}

/** Cloud devices (облачные ККТ, S15 to S18). */
export interface Devices {
  /** The forms by which a connection is described, one for each adapter. */
  readonly forms: ReadonlyArray<ConnectionForm>;
  readonly register: (order: DeviceOrder, caller?: Caller) => Promise<Outcome<Written>>;
  readonly changeConnection: (
    deviceId: string,
    connection: Connection,
    caller?: Caller,
  ) => Promise<Outcome<Written>>;
  readonly changeRegistration: (
    deviceId: string,
    registration: RegistrationInput,
    caller?: Caller,
  ) => Promise<Outcome<Written>>;
  readonly installDrive: (
    deviceId: string,
    drive: { readonly registrationNumber: string; readonly serial?: string; readonly drive: InstalledDrive },
    caller?: Caller,
  ) => Promise<Outcome<Written>>;
  readonly suspend: (
    deviceId: string,
    reason: SuspensionReason,
    caller?: Caller,
  ) => Promise<Outcome<Written>>;
  readonly resume: (deviceId: string, caller?: Caller) => Promise<Outcome<Written>>;
  /** For good. Refused while receipts routed to it have no final outcome. */
  readonly retire: (deviceId: string, caller?: Caller) => Promise<Outcome<Written>>;
  /** Tries the connection step by step and tells what is wrong; no receipt is made, nothing is recorded. */
  readonly check: (device: string | Connection, signal?: AbortSignal) => Promise<Outcome<ConnectionReport>>;
  readonly list: () => Promise<Outcome<ReadonlyArray<DeviceView>>>;
  readonly get: (deviceId: string) => Promise<Outcome<DeviceView>>;
}

const connectionRefusal = (refusals: ReadonlyArray<ConnectionRefusal>): Refusal => {
  const [first] = refusals;
  return {
    rule: `connection-${first?.rule ?? 'unknown'}`,
    field: first?.field ?? 'connection',
    detail: { fields: refusals.map(({ field }) => field).join(', ') },
  };
};

const OrderCodec = exactRecordCodec('DeviceOrder', {
  deviceId: t.string,
  title: t.string,
  connection: ConnectionInputCodec,
  registration: RegistrationInputCodec,
});

const InstallationCodec = exactRecordCodec(
  'Installation',
  { registrationNumber: t.string, drive: InstalledDriveCodec },
  { serial: t.string },
);

const NO_DEVICE = notFound('deviceId', 'There is no such device.', 'Такой облачной ККТ нет.');

export const devicesOn = (kit: Kit): Devices => {
  const { handlers, registry, adapters, runtime, secrets, now } = kit;

  const adapterOf = (connection: Connection): Outcome<ProviderAdapter> => {
    const adapter = adapters.get(connection.provider);
    return adapter === undefined
      ? failed(refused({ rule: 'provider-unknown', field: 'connection.provider' }))
      : done(adapter);
  };

  const domainOf = (connection: Connection): Outcome<string> => {
    const adapter = adapterOf(connection);
    if (!adapter.ok) return adapter;
    const domain = adapter.value.dedupDomain(connection);
    return E.isLeft(domain) ? failed(refused(connectionRefusal(domain.left))) : done(domain.right);
  };

  const refreshed = async (): Promise<Outcome<void>> => {
    const read = await registry.refresh()();
    return E.isLeft(read) ? failed(ofLoad(read.left)) : done(undefined);
  };

  const find = async (deviceId: string): Promise<Outcome<CloudDevice>> => {
    if (!isStreamName(cloudDeviceStream(deviceId))) return failed(NO_DEVICE);
    const loaded = await handlers.devices.load(deviceId)();
    if (E.isLeft(loaded)) return failed(ofLoad(loaded.left));
    const state: CloudDeviceState = loaded.right.state;
    return state === undefined ? failed(NO_DEVICE) : done(state);
  };

  const give = async (
    deviceId: string,
    command: CloudDeviceCommand,
    organisation: string,
    caller: Caller,
  ): Promise<Outcome<Written>> => {
    const handled = await handlers.devices.handle(deviceId, command, contextOf(caller, organisation, kit))();
    if (E.isLeft(handled)) return failed(ofHandler(handled.left, 'device'));
    // What this process routes by has to know of it at once.
    const read = await refreshed();
    return read.ok ? done(writtenOf(handled.right)) : read;
  };

  const change = async (
    deviceId: string,
    caller: Caller,
    command: (device: CloudDevice) => Outcome<CloudDeviceCommand> | Promise<Outcome<CloudDeviceCommand>>,
  ): Promise<Outcome<Written>> => {
    const device = await find(deviceId);
    if (!device.ok) return device;
    const made = await command(device.value);
    return made.ok ? give(deviceId, made.value, device.value.registration.organisation, caller) : made;
  };

  const viewOf = (device: CloudDevice): DeviceView => {
    const notOpened = registry.notOpened().find(({ deviceId }) => deviceId === device.deviceId);
    return {
      device,
      obstacles: deviceObstacles(device, now()),
      ...(notOpened === undefined ? {} : { notOpened: notOpened.reason }),
    };
  };

  return {
    forms: [...adapters.values()].map(({ form }) => form),

    register: async (order, caller = {}) => {
      const read = readInput(OrderCodec, order);
      if (E.isLeft(read)) return failed(read.left);
      const { deviceId, title, connection, registration } = read.right;
      if (!isStreamName(cloudDeviceStream(deviceId)))
        return failed(refused({ rule: 'device-id', field: 'deviceId' }, 'device'));
      const adapter = adapterOf(connection);
      if (!adapter.ok) return adapter;
      let appended = 0;
      const made = await registerDevice({
        devices: {
          ...handlers.devices,
          // Whether anything was appended is known to the handler alone.
          handle: (id, command, context) =>
            TE.map((handled: Handled<CloudDeviceState, CloudDeviceEvent>) => {
              appended += handled.events.length;
              return handled;
            })(handlers.devices.handle(id, command, context)),
        },
        registry,
        runtime,
        dedupDomainOf: (given) => E.mapLeft(connectionRefusal)(adapter.value.dedupDomain(given)),
      })({
        deviceId,
        title,
        connection,
        registration,
        actor: caller.actor ?? kit.actor,
        ...(caller.commandId === undefined ? {} : { commandId: caller.commandId }),
        ...(caller.correlationId === undefined ? {} : { correlationId: caller.correlationId }),
        ...(caller.causationId === undefined ? {} : { causationId: caller.causationId }),
      });
      if (E.isRight(made))
        return done({
          duplicate: appended === 0,
          ...(made.right.position === undefined ? {} : { position: made.right.position }),
        });
      if (made.left._tag === 'Failed') return failed(ofHandler(made.left.failure, 'device'));
      const { _tag, ...refusal } = made.left;
      return failed(refused(refusal, 'device'));
    },

    changeConnection: (deviceId, connection, caller = {}) =>
      change(deviceId, caller, () => {
        const link = readInput(ConnectionInputCodec, connection, 'connection');
        if (E.isLeft(link)) return failed(link.left);
        const domain = domainOf(link.right);
        return domain.ok
          ? done({
              type: 'ChangeConnection',
              data: { now: now(), connection: link.right, dedupDomain: domain.value },
            })
          : domain;
      }),

    changeRegistration: (deviceId, registration, caller = {}) =>
      change(deviceId, caller, () => {
        const use = readInput(RegistrationInputCodec, registration, 'registration');
        return E.isLeft(use)
          ? failed(use.left)
          : done({ type: 'ChangeRegistration', data: { now: now(), registration: use.right } });
      }),

    installDrive: (deviceId, installation, caller = {}) =>
      change(deviceId, caller, (device) => {
        const read = readInput(InstallationCodec, installation);
        if (E.isLeft(read)) return failed(read.left);
        const unit = device.units.get(read.right.registrationNumber);
        return done({
          type: 'InstallFiscalDrive',
          data: {
            now: now(),
            ...read.right,
            unsentDocuments: unit?.unsent?.documents ?? 0,
            shiftOpen: unit?.shift?.open ?? false,
          },
        });
      }),

    suspend: (deviceId, reason, caller = {}) =>
      change(deviceId, caller, () => {
        const why = readInput(SuspensionReasonCodec, reason, 'reason');
        return E.isLeft(why)
          ? failed(why.left)
          : done({ type: 'SuspendDevice', data: { now: now(), reason: why.right } });
      }),

    resume: (deviceId, caller = {}) =>
      change(deviceId, caller, () => done({ type: 'ResumeDevice', data: { now: now() } })),

    retire: (deviceId, caller = {}) =>
      change(deviceId, caller, async () => {
        const unsettled = await kit.readModels.unsettledOfDevice(deviceId);
        return unsettled.ok
          ? done({ type: 'RetireDevice', data: { now: now(), unsettledReceipts: unsettled.value } })
          : unsettled;
      }),

    check: async (device, signal) => {
      const connection = typeof device === 'string' ? await find(device) : done({ connection: device });
      if (!connection.ok) return connection;
      const { connection: link } = connection.value;
      const adapter = adapterOf(link);
      return adapter.ok
        ? done(await adapter.value.check({ connection: link, secrets, runtime }, signal))
        : adapter;
    },

    list: async () => {
      const read = await refreshed();
      return read.ok ? done(registry.all().map(viewOf)) : read;
    },

    get: async (deviceId) => {
      const read = await refreshed();
      if (!read.ok) return read;
      const device = registry.get(deviceId);
      return device === undefined ? failed(NO_DEVICE) : done(viewOf(device));
    },
  };
};
