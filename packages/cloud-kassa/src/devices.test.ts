import type { DeviceOrder } from './devices';
import { connectionTo, errorOf, openShop, OTHER_INN, REGISTRATION, ruleOf, sure } from './shop.testing';

const device = (change: Partial<DeviceOrder> = {}): DeviceOrder => ({
  deviceId: 'second',
  title: 'Second',
  connection: connectionTo('other'),
  registration: REGISTRATION,
  ...change,
});

describe('a device', () => {
  it('is connected once; told again just so it is a duplicate, otherwise refused', async () => {
    const { kassa } = await openShop();
    expect(sure(await kassa.devices.register(device()))).toMatchObject({ duplicate: false });
    expect(sure(await kassa.devices.register(device()))).toMatchObject({ duplicate: true });
    const error = errorOf(await kassa.devices.register(device({ title: 'Third' })));
    expect(error).toMatchObject({ rule: 'already-registered', detail: { fields: 'title' } });
    expect(error.message).toBe('The device is registered with other data; the fields that differ are named.');
  });

  it('of a group that has one already is refused', async () => {
    const { kassa } = await openShop();
    expect(ruleOf(await kassa.devices.register(device({ connection: connectionTo('main') })))).toMatch(
      /^domain-taken/,
    );
  });

  it('with a name, a connection or a registration that does not fit is refused by field', async () => {
    const { kassa } = await openShop();
    const rules = [
      device({ deviceId: 'имя' }),
      device({ connection: { ...connectionTo('other'), provider: 'nobody' } }),
      device({ connection: { ...connectionTo('other'), secretRef: 'my secret' } }),
      device({ connection: { ...connectionTo('other'), baseUrl: 'ftp://kassa' } }),
      device({ connection: { ...connectionTo('other'), environment: 'production' } }),
      device({ connection: { ...connectionTo('other'), password: 'x' } as never }),
      device({ registration: { ...REGISTRATION, organisation: '7707083894' } }),
      device({ registration: { ...REGISTRATION, taxations: [] } }),
      device({ registration: { ...REGISTRATION, taxations: [3] } }),
      device({ registration: { ...REGISTRATION, colour: 'red' } as never }),
    ];
    const found = [];
    for (const order of rules) found.push(ruleOf(await kassa.devices.register(order)));
    expect(found).toEqual([
      'device-id deviceId',
      'provider-unknown connection.provider',
      'secret-ref connection.secretRef',
      'base-url connection.baseUrl',
      'base-url-insecure connection.baseUrl',
      'input-unknown-field connection.password',
      'input-shape registration.organisation',
      'taxations registration.taxations',
      'input-shape registration.taxations.0',
      'input-unknown-field registration.colour',
    ]);
  });

  it('is suspended and resumed, and receipts wait meanwhile', async () => {
    const { kassa, idle, provider } = await openShop();
    sure(await kassa.devices.suspend('garden', 'maintenance'));
    expect(sure(await kassa.devices.get('garden'))).toMatchObject({ obstacles: ['suspended'] });
    expect(ruleOf(await kassa.devices.suspend('garden', 'holidays' as never))).toBe('input-shape reason');
    await idle();
    expect(provider.sends).toEqual([]);
    sure(await kassa.devices.resume('garden'));
    expect(sure(await kassa.devices.get('garden')).obstacles).toEqual([]);
  });

  it('whose provider is not opened here says why', async () => {
    const { kassa } = await openShop();
    sure(await kassa.devices.register(device({ connection: connectionTo('unheard-of') })));
    const { notOpened } = sure(await kassa.devices.get('second'));
    expect(notOpened).toContain('connection.parameters.group');
  });

  it('changes its address, never its group', async () => {
    const { kassa } = await openShop();
    sure(
      await kassa.devices.changeConnection('garden', {
        ...connectionTo('main'),
        baseUrl: 'http://127.0.0.1:2',
      }),
    );
    expect(ruleOf(await kassa.devices.changeConnection('garden', connectionTo('other')))).toMatch(
      /^domain-changes/,
    );
    expect(errorOf(await kassa.devices.changeConnection('nobody', connectionTo('main')))).toMatchObject({
      code: 'not-found',
      what: 'deviceId',
    });
    sure(await kassa.devices.changeRegistration('garden', { ...REGISTRATION, taxations: [1, 2] }));
    expect(
      ruleOf(await kassa.devices.changeRegistration('garden', { ...REGISTRATION, organisation: OTHER_INN })),
    ).toMatch(/^organisation-changes/);
  });

  it('gets a drive, and is retired when nothing is attached and nothing unsettled', async () => {
    const { kassa } = await openShop();
    const drive = { serial: '9999078900000001', keyExpiresOn: '2028-01-01' } as never;
    expect(ruleOf(await kassa.devices.installDrive('garden', { registrationNumber: '1', drive }))).toBe(
      'registration-number registrationNumber',
    );
    sure(await kassa.devices.installDrive('garden', { registrationNumber: '0000000001032498', drive }));
    expect(ruleOf(await kassa.devices.retire('garden'))).toMatch(/^registers-attached/);
    sure(await kassa.registers.detach('site'));
    sure(await kassa.devices.retire('garden'));
    expect(sure(await kassa.devices.list())).toMatchObject([{ device: { status: 'retired' } }]);
  });

  it('is checked by its connection or by its name', async () => {
    const { kassa } = await openShop();
    expect(sure(await kassa.devices.check('garden'))).toMatchObject({ passed: true });
    expect(sure(await kassa.devices.check(connectionTo('other')))).toMatchObject({ passed: true });
    expect(errorOf(await kassa.devices.check('no such name'))).toMatchObject({ code: 'not-found' });
    expect(ruleOf(await kassa.devices.check({ ...connectionTo('other'), provider: 'nobody' }))).toBe(
      'provider-unknown connection.provider',
    );
    expect(kassa.devices.forms.map(({ provider }) => provider)).toEqual(['scripted']);
  });
});

describe('a register', () => {
  it('is attached once, with the notice a person has to be told', async () => {
    const { kassa } = await openShop();
    const again = sure(await kassa.registers.attach('garden', { registerId: 'site', name: 'sad.example' }));
    expect(again.duplicate).toBe(true);
    expect(again.notice.russian).toMatch(/[а-я]/);
    expect(ruleOf(await kassa.registers.attach('garden', { registerId: 'site', name: 'other' }))).toMatch(
      /^register-differs/,
    );
    expect(errorOf(await kassa.registers.attach('nobody', { registerId: 'x', name: 'x' }))).toMatchObject({
      code: 'not-found',
    });
    expect(
      ruleOf(await kassa.registers.attach('garden', { registerId: 'x', name: 'x', colour: 1 } as never)),
    ).toBe('input-unknown-field register.colour');
    expect(ruleOf(await kassa.registers.attach('garden', { registerId: 'x', name: 'x', zone: 99 }))).toBe(
      'input-shape register.zone',
    );
  });

  it('changes its policy and nothing else of its card', async () => {
    const { kassa } = await openShop();
    sure(await kassa.registers.changePolicy('site', { vatRule: 'per-total' }));
    const [view] = sure(await kassa.registers.list());
    expect(view).toMatchObject({ deviceId: 'garden', card: { vatRule: 'per-total', policy: '3.0.9' } });
    expect(ruleOf(await kassa.registers.changePolicy('site', { zone: 3 } as never))).toBe(
      'input-unknown-field policy.zone',
    );
    expect(ruleOf(await kassa.registers.changePolicy('site', { policy: '3.1' as never }))).toBe(
      'input-shape policy.policy',
    );
    // What is given as undefined is not given.
    sure(await kassa.registers.changePolicy('site', { policy: undefined } as never));
    expect(errorOf(await kassa.registers.changePolicy('nobody', {}))).toMatchObject({ code: 'not-found' });
  });

  it('is not detached while its shift is open', async () => {
    const { kassa, kernel } = await openShop();
    sure(await kernel.complete(() => kassa.shifts.open('site')));
    expect(ruleOf(await kassa.registers.detach('site'))).toMatch(/^shift-open/);
    sure(await kassa.shifts.close('site'));
    sure(await kassa.registers.detach('site'));
    expect(sure(await kassa.registers.list())).toEqual([]);
  });
});

describe('a shift', () => {
  it('is opened when the provider can fiscalise, and closed with its totals', async () => {
    const { kassa, kernel, idle, provider } = await openShop();
    provider.availability = () => ({ _tag: 'Unreachable' });
    expect(ruleOf(await kernel.complete(() => kassa.shifts.open('site')))).toMatch(/^device-/);
    provider.availability = () => ({ _tag: 'Available', units: [] });
    const { shiftId } = sure(await kernel.complete(() => kassa.shifts.open('site')));
    await idle();
    expect(sure(await kassa.shifts.close('site'))).toMatchObject({ shiftId });
    expect(sure(await kassa.status.shifts())).toMatchObject([{ registerId: 'site', number: 1 }]);
    expect(errorOf(await kassa.shifts.close('site'))).toMatchObject({ code: 'not-found' });
    expect(errorOf(await kassa.shifts.open('nobody'))).toMatchObject({ code: 'not-found' });
    expect(ruleOf(await kassa.shifts.open('site', { id: 'x' } as never))).toBe('input-unknown-field id');
    expect(sure(await kassa.shifts.get('no such name'))).toBeUndefined();
  });
});
