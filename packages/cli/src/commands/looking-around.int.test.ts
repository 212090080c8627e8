import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workplace } from '../cli.testing';
import { INN, workplace } from '../cli.testing';

/* What a person sees who looks around in a shop with one fiscalised receipt, on a terminal. */

const BASKET = {
  taxation: 1,
  items: [{ name: 'Гамак', price: 490_000, quantity: '1', vatCode: 11, measure: 0 }],
  buyer: { email: 'buyer@example.ru' },
  place: { place: 'https://sad.example' },
};

let place: Workplace;

beforeAll(async () => {
  place = workplace();
  const { url } = await place.emulator();
  const basket = join(place.folder, 'basket.json');
  writeFileSync(basket, JSON.stringify(BASKET));
  const order = ['--organisation', INN];
  for (const words of [
    ['init', '--emulator', url, ...order],
    ['payment', 'request', 'order-1', ...order, '--basket', basket],
    ['payment', 'confirm', 'order-1', ...order, '--settlement', 'b-1', '--amount', '4900'],
    ['fiscalize', '--until-idle'],
  ]) {
    const done = await place.call(words);
    if (done.exit !== 0) throw new Error(done.error);
  }
});
afterAll(() => place.close());

describe('replay', () => {
  it('names the stream that is meant by the name of an order', async () => {
    const english = await place.call(['replay', 'order-1']);
    expect(english.exit).toBe(3);
    expect(english.error).toContain('Did you mean payment-order-1?');
    const russian = await place.call(['replay', 'order-1', '--lang', 'ru']);
    expect(russian.error).toContain('Может быть, payment-order-1?');
    expect((await place.call(['replay', 'nothing'])).error).not.toContain('Did you mean');
  });

  it('says in which zone its times are', async () => {
    const { out } = await place.call(['replay', 'payment-order-1']);
    expect(out).toMatch(/^Rev\.\tAt \(UTC\)\t/);
    expect(out).toMatch(/^0\t\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\t/m);
  });
});

describe('status documents', () => {
  it('says whose clock its times are of', async () => {
    const { out } = await place.call(['status', 'documents']);
    expect(out).toMatch(/^Made at \(register\)\t/);
    expect(out).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\tSale\t/m);
  });

  it('does not keep silent about a register that is not there, or about what nothing fits', async () => {
    expect(await place.call(['status', 'documents', '--register', 'nope'])).toMatchObject({
      exit: 3,
      error: expect.stringContaining('There is no register nope.'),
    });
    const none = await place.call(['status', 'documents', '--document', 'nope']);
    expect(none).toMatchObject({ exit: 0, out: 'No document fits what was asked for.\n' });
    const russian = await place.call(['status', 'documents', '--document', 'nope', '--lang', 'ru']);
    expect(russian.out).toBe('Подходящих документов нет.\n');
  });
});

describe('doctor', () => {
  it('speaks Russian in every row, and names nothing else to programs', async () => {
    const { out } = await place.call(['doctor', '--offline', '--lang', 'ru']);
    for (const row of ['версии', 'диск', 'просрочены', 'ждут решения', 'оплаты'])
      expect(out).toContain(`\t${row}\t`);
    expect(out).not.toMatch(/\t(versions|late|held|payments)\t/);
    expect(JSON.stringify(await place.ask('doctor', '--offline'))).toContain('"id":"late"');
  });
});

describe('on a narrow terminal', () => {
  it.each([100, 70])('of %d columns nothing of an id is cut', async (columns) => {
    const [receipt] = (await place.ask('queue', 'list', '--all'))['receipts'] as ReadonlyArray<{
      receiptId: string;
    }>;
    const id = receipt?.receiptId ?? 'none';
    for (const words of [
      ['queue', 'list', '--all'],
      ['receipts', 'show', id],
      ['payment', 'show', 'order-1'],
      ['replay', 'payment-order-1'],
    ]) {
      const { out } = await place.call(words, { columns });
      expect(out).toContain(id);
      expect(out).not.toContain('…');
    }
  });
});
