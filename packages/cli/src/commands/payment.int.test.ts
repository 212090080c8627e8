import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ended, Emulating, Workplace } from '../cli.testing';
import { INN, workplace } from '../cli.testing';

/*
 * What a shop keeper meets when the money does not fit the order, and mends by the command alone.
 */

let place: Workplace;
let emulator: Emulating;
beforeAll(async () => {
  place = workplace();
  emulator = await place.emulator();
  const set = await place.call([
    'init',
    '--emulator',
    emulator.url,
    '--organisation',
    INN,
    '--by',
    'Ivanova',
  ]);
  if (set.exit !== 0) throw new Error(set.error);
});
afterAll(() => place.close());

const basket = (price: number, quantity: number, change: object = {}): string => {
  const file = join(place.folder, `basket-${price}-${quantity}-${Object.keys(change).join('-')}.json`);
  writeFileSync(
    file,
    JSON.stringify({
      taxation: 1,
      items: [{ name: 'Гамак', price, quantity: String(quantity), vatCode: 11, measure: 0 }],
      buyer: { email: 'buyer@example.ru' },
      place: { place: 'https://sad.example' },
      ...change,
    }),
  );
  return file;
};

const payment = (words: string): Promise<Ended> => place.call(['payment', ...words.split(' ')]);
const request = (id: string, file: string): Promise<Ended> =>
  payment(`request ${id} --organisation ${INN} --basket ${file}`);
const confirm = (id: string, roubles: string, more = ''): Promise<Ended> =>
  payment(`confirm ${id} --organisation ${INN} --settlement bank-${id} --amount ${roubles}${more}`);

const work = async (): Promise<number> => (await place.call(['fiscalize', '--until-idle'])).exit;
const states = async (id: string): Promise<ReadonlyArray<unknown>> =>
  (
    (await place.ask('payment', 'show', id))['settlements'] as ReadonlyArray<{
      readonly fiscalization: { readonly state: string };
    }>
  ).map(({ fiscalization }) => fiscalization.state);

describe('money that waits for a person', () => {
  it('back in part without a basket: the command says what is missing, and takes it', async () => {
    expect((await request('order-1', basket(10_000, 3))).exit).toBe(0);
    expect((await confirm('order-1', '300')).exit).toBe(0);
    expect(await work()).toBe(0);
    const back = 'refund order-1 --refund back-1 --settlement bank-order-1 --amount 100';
    const mending = 'cloud-kassa payment resume order-1 --settlement back-1 --basket FILE';
    const told = await payment(back);
    expect(told).toMatchObject({ exit: 0, error: '' });
    expect(told.out).toContain('has gone back.');
    expect(told.out).toContain(`Say what is returned: ${mending}`);
    expect(await payment(`${back} --lang ru`)).toMatchObject({
      out: expect.stringContaining('ничего нового. Чека возврата back-1 пока нет'),
    });
    expect((await payment('show order-1')).out).toContain(mending);
    const late = await payment(`${back} --basket ${basket(10_000, 1)}`);
    expect(late).toMatchObject({ exit: 3, error: expect.stringContaining(mending) });
    const resume = `resume order-1 --settlement back-1 --basket ${basket(10_000, 1)}`;
    expect((await payment(resume)).out).toContain('back-1 of order-1 goes on.');
    expect((await payment(resume)).out).toContain('nothing new');
    expect(await work()).toBe(0);
    expect(await states('order-1')).toEqual(['linked', 'linked']);
  });

  it('back in part with its basket needs nothing more', async () => {
    const told = await payment(
      `refund order-1 --refund back-2 --settlement bank-order-1 --amount 100 --basket ${basket(10_000, 1)}`,
    );
    expect(told.out).toContain('The receipt of the refund is made by: ');
    expect(await work()).toBe(0);
    expect(await states('order-1')).toEqual(['linked', 'linked', 'linked']);
  });

  it('of another amount, without a contact, without an order', async () => {
    await request('order-2', basket(10_000, 2));
    expect((await confirm('order-2', '100')).out).toContain(
      'payment resume order-2 --settlement bank-order-2',
    );
    const other = await request('order-2', basket(10_000, 1));
    expect(other).toMatchObject({ exit: 3, error: expect.stringContaining('payment resume order-2') });
    await payment(`resume order-2 --settlement bank-order-2 --basket ${basket(10_000, 1)}`);

    const asked = await request('order-3', basket(10_000, 1, { buyer: undefined }));
    expect(asked).toMatchObject({ exit: 0, out: expect.stringContaining('Warning: ') });
    await confirm('order-3', '100');
    await confirm('order-4', '100');
    expect(await work()).toBe(8);
    expect((await payment('show order-3')).out).toContain('--email ADDRESS');
    expect(await payment('resume order-3 --settlement bank-order-3 --email nobody')).toMatchObject({
      exit: 3,
    });
    const resumed = await payment('resume order-3 --settlement bank-order-3 --phone +79123456789');
    expect(resumed).toMatchObject({ exit: 0, error: '' });
    await payment(`resume order-4 --settlement bank-order-4 --basket ${basket(10_000, 1)}`);
    expect(await work()).toBe(0);
    for (const id of ['order-2', 'order-3', 'order-4']) expect(await states(id)).toEqual(['linked']);
  });
});

describe('what is told again', () => {
  it('is nothing new, and the command says so', async () => {
    const file = basket(10_000, 1);
    expect((await request('order-5', file)).out).toBe('Payment order-5 is requested.\n');
    expect((await request('order-5', file)).out).toContain('nothing new');
    expect((await confirm('order-5', '100')).out).toContain('The money of order-5 has come.');
    expect((await confirm('order-5', '100')).out).toContain('nothing new');
    expect(await work()).toBe(0);
    expect((await confirm('order-5', '100')).out).toBe(
      'The money of order-5 was told before: nothing new.\n',
    );
    const back = 'refund order-5 --refund back-5 --settlement bank-order-5 --amount 100';
    expect((await payment(back)).out).toContain('has gone back');
    expect((await payment(back)).out).toContain('nothing new');
  });
});

describe('the time of the money', () => {
  it('is read as everywhere: to the second, and with an offset', async () => {
    await confirm('order-6', '100', ' --at 2026-11-27T10:21:48+03:00');
    expect(await place.ask('payment', 'show', 'order-6')).toMatchObject({
      settlements: [{ settledAt: '2026-11-27T07:21:48.000Z' }],
    });
    expect(await confirm('order-6', '100', ' --at yesterday')).toMatchObject({ exit: 2 });
    expect(
      await payment('refund order-6 --refund r --settlement bank-order-6 --amount 1 --at yesterday'),
    ).toMatchObject({ exit: 2 });
  });
});

describe('a request whose receipt could not be made now', () => {
  it('is stored, with a warning', async () => {
    const elsewhere = ['payment', 'request', 'order-7', '--organisation', '7725327863', '--basket'];
    const asked = await place.call([...elsewhere, basket(10_000, 1), '--json']);
    expect(asked).toMatchObject({
      exit: 0,
      data: {
        duplicate: false,
        preflight: { available: false, error: { code: 'no-route' } },
        warning: expect.any(String),
      },
    });
    expect((await place.call([...elsewhere, basket(10_000, 1), '--lang', 'ru'])).out).toContain('Внимание: ');
    expect((await place.ask('payment', 'show', 'order-7'))['phase']).toBe('requested');
    await emulator.stop();
    const alone = await request('order-8', basket(10_000, 1));
    expect(alone).toMatchObject({ exit: 0, out: expect.stringContaining('makes no receipts now') });
  });
});
