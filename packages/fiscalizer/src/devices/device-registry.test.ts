import * as E from 'fp-ts/Either';
import type { CloudDeviceCommand } from '@cloud-kassa/core';
import type { OpenDevice } from './open-devices';
import { INN, NOW, registered } from '../receipt.testing';
import { registerDevice } from './register-device';
import type { Town } from '../registration/registration.testing';
import {
  CARD,
  CONNECTION,
  DEVICE,
  MINUTE,
  OTHER_INN,
  REGISTER,
  USE,
  createTown,
  left,
  right,
  spoil,
} from '../registration/registration.testing';

const changeSecret: CloudDeviceCommand = {
  type: 'ChangeConnection',
  data: { now: NOW, dedupDomain: `quiet/${DEVICE}`, connection: { ...CONNECTION, secretRef: 'env:NEW' } },
};
const suspend: CloudDeviceCommand = { type: 'SuspendDevice', data: { now: NOW, reason: 'maintenance' } };
const retire: CloudDeviceCommand = { type: 'RetireDevice', data: { now: NOW, unsettledReceipts: 0 } };

const receipt = registered();
const up = (): boolean => true;

describe('registry of devices', () => {
  it('opens one provider for each device, anew when the connection changes, and closes it when the device is retired', async () => {
    const town = createTown();
    await town.connect({ card: 'none' });
    const { registry } = town.member();
    right(await registry.refresh()());
    expect(registry.provider(DEVICE)).toBe(town.opened[0]);

    await town.device(DEVICE, suspend);
    right(await registry.refresh()());
    expect(town.opened).toHaveLength(1);

    await town.device(DEVICE, { type: 'ResumeDevice', data: { now: NOW } });
    await town.device(DEVICE, changeSecret);
    right(await registry.refresh()());
    expect(town.opened.map(({ isClosed, openedWith }) => [openedWith.secretRef, isClosed])).toEqual([
      ['env:KASSA', true],
      ['env:NEW', false],
    ]);

    await town.device(DEVICE, retire);
    right(await registry.refresh()());
    expect(town.opened.every(({ isClosed }) => isClosed)).toBe(true);
    expect(registry.provider(DEVICE)).toBeUndefined();
    expect(registry.notOpened()).toEqual([]);
    expect(registry.get(DEVICE)?.status).toBe('retired');
  });

  it('a device of a long history is opened once, with the connection it has now', async () => {
    const town = createTown();
    await town.connect();
    await town.device(DEVICE, changeSecret);
    const { registry } = town.member();
    right(await registry.refresh()());
    expect(town.opened.map(({ openedWith }) => openedWith.secretRef)).toEqual(['env:NEW']);
  });

  it('closed, it opens nothing any more', async () => {
    const town = createTown();
    await town.connect();
    const { registry } = town.member();
    right(await registry.refresh()());
    registry.close();
    await town.device(DEVICE, changeSecret);
    right(await registry.refresh()());
    expect(town.opened.map(({ isClosed }) => isClosed)).toEqual([true]);
    expect(registry.provider(DEVICE)).toBeUndefined();
  });

  it('an adapter that computes another dedup domain than the device was registered with is not used: keys would go astray', async () => {
    const town = createTown();
    await town.connect();
    const open: OpenDevice = (_connection, device) =>
      E.right({
        name: 'other',
        capabilities: { askBy: 'key', horizonMs: 1, returnsContent: false },
        dedupDomain: `${device.dedupDomain}/other`,
        expressible: () => undefined,
        send: () => Promise.resolve({ _tag: 'Unknown', why: 'timeout' }),
        ask: () => Promise.resolve({ _tag: 'Absent' }),
        availability: () => Promise.resolve({ _tag: 'Unreachable' }),
        close: () => undefined,
      });
    const { registry } = town.member('process', { open });
    right(await registry.refresh()());
    expect(registry.notOpened()).toEqual([{ deviceId: DEVICE, reason: 'domain-differs' }]);
  });

  it('a device that could not be opened is shown with the reason, tried again, and told of when it is there', async () => {
    const town = createTown();
    await town.connect();
    let reason: string | undefined = 'no-secret';
    const provider = (): OpenDevice => {
      const other = createTown();
      return (connection, device) => {
        if (reason === 'throws') throw new Error('secret-value-in-a-text');
        if (reason !== undefined) return E.left(reason);
        return other.member().registry.provider(device.deviceId) === undefined
          ? E.right({
              name: connection.provider,
              capabilities: { askBy: 'key', horizonMs: 1, returnsContent: false },
              dedupDomain: device.dedupDomain,
              expressible: () => undefined,
              send: () => Promise.resolve({ _tag: 'Unknown', why: 'timeout' }),
              ask: () => Promise.resolve({ _tag: 'Absent' }),
              availability: () => Promise.resolve({ _tag: 'Unreachable' }),
              close: () => undefined,
            })
          : E.left('twice');
      };
    };
    const { registry } = town.member('process', { open: provider() });
    const told: string[] = [];
    registry.onChange(({ deviceId, organisation }) => told.push(`${deviceId} of ${organisation}`));
    const stop = new AbortController();
    const following = registry.follow(stop.signal);
    await town.kernel.run({ until: 1_000 });
    expect(registry.notOpened()).toEqual([{ deviceId: DEVICE, reason: 'no-secret' }]);
    expect(told).toEqual([`${DEVICE} of ${INN}`]);

    reason = 'throws';
    await town.kernel.run({ until: 61_000 });
    expect(registry.notOpened()).toEqual([{ deviceId: DEVICE, reason: 'adapter-threw' }]);
    expect(JSON.stringify(town.lines)).not.toContain('secret-value');

    reason = undefined;
    await town.kernel.run({ until: 121_000 });
    expect(registry.notOpened()).toEqual([]);
    expect(told).toHaveLength(2);
    stop.abort();
    await town.complete(() => following);
  });

  it('follows what others do, through a store that does not answer for a while', async () => {
    const town = createTown();
    const { registry, disturbance } = town.member();
    const stop = new AbortController();
    disturbance.isDown = true;
    const following = registry.follow(stop.signal);
    await town.kernel.run({ until: 500 });
    await town.connect();
    expect(registry.all()).toEqual([]);
    disturbance.isDown = false;
    await town.kernel.run({ until: 5 * MINUTE });
    expect(registry.get(DEVICE)?.registers.has(REGISTER)).toBe(true);
    await town.device(DEVICE, suspend);
    // Read twice, folded once.
    right(await registry.refresh()());
    await town.kernel.run({ until: 6 * MINUTE });
    expect(registry.get(DEVICE)?.revision).toBe(town.log.stream(`clouddevice-${DEVICE}`).length - 1);
    stop.abort();
    await town.complete(() => following);
    expect(town.lines.some(({ message }) => message.includes('broke off'))).toBe(true);
  });

  it('chooses among the devices whose provider is up, and tells of every other one of the organisation why not', async () => {
    const town = createTown();
    await town.connect({ deviceId: 'device-a', registration: { ffd: '1.05' }, card: { registerId: 'a' } });
    await town.connect({ deviceId: 'device-b', card: { registerId: 'b' } });
    await town.connect();
    await town.connect({ deviceId: 'device-z', dedupDomain: `quiet/${DEVICE}`, card: { registerId: 'z' } });
    await town.connect({
      deviceId: 'stranger',
      registration: { organisation: OTHER_INN as typeof USE.organisation },
      card: 'none',
    });
    const { registry } = town.member();
    right(await registry.refresh()());
    const chosen = right(await registry.choose(receipt, (deviceId) => deviceId !== 'device-b'));
    expect(chosen).toEqual({
      deviceId: DEVICE,
      refused: [
        { deviceId: 'device-a', reason: 'ffd-differs' },
        { deviceId: 'device-a', reason: 'no-register' },
        { deviceId: 'stranger', reason: 'other-organisation' },
        { deviceId: 'device-b', reason: 'down' },
        { deviceId: 'device-z', reason: 'domain-taken' },
      ],
    });
    expect(left(await registry.choose(receipt, (deviceId) => deviceId !== DEVICE))).toMatchObject({
      reason: 'no-device',
      refused: expect.arrayContaining([{ deviceId: DEVICE, reason: 'down' }]) as unknown,
    });
  });

  it('a device without a provider here is not chosen', async () => {
    const town = createTown();
    await town.connect();
    const { registry } = town.member('process', { open: () => E.left('no-adapter') });
    right(await registry.refresh()());
    expect(left(await registry.choose(receipt, up))).toEqual({
      reason: 'no-device',
      refused: [{ deviceId: DEVICE, reason: 'not-opened' }],
    });
  });

  it('a device whose stream can not be read is parked: closed, not chosen, shown', async () => {
    const town = createTown();
    await town.connect();
    spoil(town, `clouddevice-${DEVICE}`);
    const { registry } = town.member();
    right(await registry.refresh()());
    expect(registry.parked()).toMatchObject([
      { stream: `clouddevice-${DEVICE}`, failure: { _tag: 'UnknownType', revision: 3 } },
    ]);
    expect(registry.notOpened()).toEqual([{ deviceId: DEVICE, reason: 'undecodable' }]);
    expect(left(await registry.choose(receipt, up)).refused).toEqual([
      { deviceId: DEVICE, reason: 'undecodable' },
    ]);
    expect(town.lines.some(({ message }) => message.includes('parked'))).toBe(true);
  });
});

describe('two devices with an equal dedup domain', () => {
  const connecting = (member: ReturnType<Town['member']>) =>
    registerDevice({
      devices: member.devices,
      registry: member.registry,
      runtime: member.runtime,
      dedupDomainOf: ({ parameters }) =>
        parameters['group'] === undefined
          ? E.left({ rule: 'required', field: 'connection.parameters.group' })
          : E.right(`quiet/${parameters['group']}`),
    });
  const order = { title: 'ККТ', connection: CONNECTION, registration: USE, actor: 'person' };

  it('a second one is refused, and names the first', async () => {
    const town = createTown();
    const connect = connecting(town.member());
    expect(right(await connect({ ...order, deviceId: 'one' }))).toMatchObject({
      deviceId: 'one',
      dedupDomain: 'quiet/one',
    });
    expect(left(await connect({ ...order, deviceId: 'two' }))).toEqual({
      _tag: 'Refused',
      rule: 'domain-taken',
      field: 'dedupDomain',
      detail: { deviceId: 'one' },
    });
    expect(left(await connect({ ...order, connection: { ...CONNECTION, parameters: {} } }))).toMatchObject({
      rule: 'required',
    });
  });

  it('without a name of its own the same group is the same stream, for every process', async () => {
    const town = createTown();
    const [one, other] = await Promise.all([
      connecting(town.member('a'))(order),
      connecting(town.member('b'))(order),
    ]);
    expect(right(one).deviceId).toBe(right(other).deviceId);
    expect(town.log.events.filter(({ type }) => type === 'clouddevice.DeviceRegistered')).toHaveLength(1);
    const third = await connecting(town.member('c'))({ ...order, title: 'другая' });
    expect(left(third)).toMatchObject({ _tag: 'Refused' });
  });

  it('a group whose device was retired may be connected again, as another device', async () => {
    const town = createTown();
    const member = town.member();
    const first = right(await connecting(member)(order));
    await town.device(first.deviceId, retire);
    const second = right(await connecting(member)(order));
    expect(second.deviceId).not.toBe(first.deviceId);
    expect(member.registry.candidates().map(({ deviceId }) => deviceId)).toEqual([
      first.deviceId,
      second.deviceId,
    ]);
    expect(left(await connecting(member)({ ...order, deviceId: first.deviceId }))).toMatchObject({
      rule: 'retired',
    });
  });

  it('two processes at the same moment under two names: both are written, the earlier one counts, the later one is refused and retired', async () => {
    const town = createTown();
    const members = [town.member('a'), town.member('b')];
    for (const { registry } of members) right(await registry.refresh()());
    const outcomes = await Promise.all(
      members.map((member, index) => connecting(member)({ ...order, deviceId: `device-${index}` })),
    );
    const written = town.log.events.filter(({ type }) => type === 'clouddevice.DeviceRegistered');
    expect(written).toHaveLength(2);
    const winner = written[0]?.stream.slice('clouddevice-'.length);
    expect(outcomes.filter(E.isRight).map(({ right: { deviceId } }) => deviceId)).toEqual([winner]);
    expect(outcomes.filter(E.isLeft).map(({ left: error }) => error)).toMatchObject([
      { rule: 'domain-taken' },
    ]);
    expect(town.types(written[1]?.stream ?? '')).toContain('DeviceRetired');
  });

  it('the later one is never routed to while the earlier one lives, even if its caller died before it was retired', async () => {
    const town = createTown();
    await town.connect({ deviceId: 'first', dedupDomain: 'same', card: 'none' });
    await town.connect({ deviceId: 'a-later', dedupDomain: 'same', card: CARD });
    const { registry } = town.member();
    right(await registry.refresh()());
    expect(left(await registry.choose(receipt, up)).refused).toEqual([
      { deviceId: 'first', reason: 'no-register' },
      { deviceId: 'a-later', reason: 'domain-taken' },
    ]);
    await town.device('first', retire);
    right(await registry.refresh()());
    expect(right(await registry.choose(receipt, up)).deviceId).toBe('a-later');
  });
});
