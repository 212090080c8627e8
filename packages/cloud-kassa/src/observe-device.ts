import type { CloudDevice } from '@cloud-kassa/core';
import { observedHealth } from '@cloud-kassa/fiscalizer';
import * as E from 'fp-ts/Either';
import { notFound, ofHandler, ofLoad } from './kassa-error';
import type { Kit } from './kit';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';

/** Asks the provider of a device for its state, records what has changed, and answers with the device as it then stands (S23, S36). */
export const observeDevice = async (kit: Kit, deviceId: string): Promise<Outcome<CloudDevice>> => {
  const { registry, handlers, runtime, actor, now } = kit;
  const device = registry.get(deviceId);
  if (device === undefined)
    return failed(notFound('deviceId', 'There is no such device.', 'Такой облачной ККТ нет.'));
  const provider = registry.provider(deviceId);
  const answer = await (provider?.availability() ?? Promise.resolve({ _tag: 'Unreachable' } as const));
  const handled = await handlers.devices.handle(
    deviceId,
    { type: 'RecordHealth', data: { now: now(), ...observedHealth(answer, device) } },
    { commandId: runtime.ids.next(), actor, organisation: device.registration.organisation },
  )();
  if (E.isLeft(handled)) return failed(ofHandler(handled.left, 'device'));
  const read = await registry.refresh()();
  if (E.isLeft(read)) return failed(ofLoad(read.left));
  return done(handled.right.state ?? device);
};
