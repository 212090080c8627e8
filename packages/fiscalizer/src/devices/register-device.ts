import type { Connection, Refusal, Registration } from '@cloud-kassa/core';
import type { HandlerError, KeyRingError, Position, StoreError } from '@cloud-kassa/event-store';
import { eventIdOf } from '@cloud-kassa/event-store';
import type { Instant } from '@cloud-kassa/ffd';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { DeviceRegistry } from './device-registry';
import type { CloudDevices } from '../handlers';

/** A provider group to be connected. */
export interface DeviceOrder {
  /** A name of one's own. Default: computed from the dedup domain, so that the same group is the same stream for whoever connects it. */
  readonly deviceId?: string;
  readonly title: string;
  /** Default `shared`, the only use a cloud device has (S16). */
  readonly use?: 'shared' | 'local';
  readonly connection: Connection;
  readonly registration: Registration;
  readonly commandId?: string;
  readonly actor: string;
  readonly correlationId?: string;
  readonly causationId?: string;
}

/** `Refused`: rule and field, of the device or of its adapter. `Failed`: store or key ring did not answer. */
export type DeviceError =
  | ({ readonly _tag: 'Refused' } & Refusal)
  | {
      readonly _tag: 'Failed';
      readonly failure:
        | Exclude<HandlerError<Refusal>, { readonly _tag: 'Refused' }>
        | StoreError
        | KeyRingError;
    };

export interface RegisteredDevice {
  readonly deviceId: string;
  readonly dedupDomain: string;
  readonly position: Position | undefined;
}

export interface RegisterDeviceOptions {
  readonly devices: CloudDevices;
  readonly registry: DeviceRegistry;
  readonly runtime: Runtime;
  /** The dedup domain as the adapter of the connection computes it. */
  readonly dedupDomainOf: (connection: Connection) => E.Either<Refusal, string>;
}

/** The id of the n-th device of a dedup domain, those before it being retired. */
export const deviceIdOf = (dedupDomain: string, retiredBefore: number): string =>
  eventIdOf('device', dedupDomain, retiredBefore);

const refused = (refusal: Refusal): E.Either<DeviceError, never> => E.left({ _tag: 'Refused', ...refusal });

/**
 * Connects a provider group as a cloud device (S15 to S18). A second device with an equal dedup domain is refused (`domain-taken`).
 *
 * Two processes that connect the same group at the same moment: without ids of their own both write to one stream, and that stream lets
 * in one of them. Under two ids both may be written, for no stream is common to them. Then the earlier one in the log counts for every
 * process from the first moment, the later one is never routed to, is told to its caller as refused, and is retired.
 */
export const registerDevice =
  ({ devices, registry, runtime, dedupDomainOf }: RegisterDeviceOptions) =>
  async (order: DeviceOrder): Promise<E.Either<DeviceError, RegisteredDevice>> => {
    const { title, use = 'shared', connection, registration } = order;
    const domain = dedupDomainOf(connection);
    if (E.isLeft(domain)) return refused(domain.left);
    const dedupDomain = domain.right;
    const read = await registry.refresh()();
    if (E.isLeft(read)) return E.left({ _tag: 'Failed', failure: read.left });

    const retired = registry
      .all()
      .filter((device) => device.dedupDomain === dedupDomain && device.status === 'retired');
    const deviceId = order.deviceId ?? deviceIdOf(dedupDomain, retired.length);
    const holder = registry.holderOf(dedupDomain);
    const now = (): Instant => runtime.wall() as Instant;
    const context = {
      commandId: order.commandId ?? runtime.ids.next(),
      actor: order.actor,
      organisation: registration.organisation,
      ...(order.correlationId === undefined ? {} : { correlationId: order.correlationId }),
      ...(order.causationId === undefined ? {} : { causationId: order.causationId }),
    };
    const data = { now: now(), deviceId, title, use, dedupDomain, connection, registration };
    const taken = holder === undefined ? {} : { domainTakenBy: holder.deviceId };
    const handled = await devices.handle(
      deviceId,
      { type: 'RegisterDevice', data: { ...data, ...taken } },
      context,
    )();
    if (E.isLeft(handled)) {
      const { left } = handled;
      return left._tag === 'Refused' ? refused(left.refusal) : E.left({ _tag: 'Failed', failure: left });
    }
    if (handled.right.state?.status === 'retired') return refused({ rule: 'retired', field: 'deviceId' });

    const seen = await registry.refresh()();
    if (E.isLeft(seen)) return E.left({ _tag: 'Failed', failure: seen.left });
    const first = registry.holderOf(dedupDomain);
    if (first === undefined || first.deviceId === deviceId)
      return E.right({ deviceId, dedupDomain, position: handled.right.position });
    // Nothing was ever routed to it. That it stays, should this fail, is harmless.
    await devices.handle(
      deviceId,
      { type: 'RetireDevice', data: { now: now(), unsettledReceipts: 0 } },
      { ...context, commandId: runtime.ids.next() },
    )();
    return refused({ rule: 'domain-taken', field: 'dedupDomain', detail: { deviceId: first.deviceId } });
  };
