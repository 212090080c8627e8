import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ended, Workplace } from '../cli.testing';
import { call, INN, workplace } from '../cli.testing';

/*
 * A shop whose events lie in a database, and two machines that work on it: each has a folder of its own.
 */

const BASKET = {
  taxation: 1,
  items: [{ name: 'Гамак', price: 490_000, quantity: '1', vatCode: 11, measure: 0 }],
  buyer: { email: 'buyer@example.ru' },
  place: { place: 'https://sad.example' },
};

let place: Workplace;
let store: string;
const stopping = new AbortController();
let serving: Promise<Ended>;

const machine = (name: string): string => join(place.folder, name);

const on = (name: string, words: ReadonlyArray<string>): Promise<Ended> =>
  call([...words, '--store', store, '--read-models', machine(name)]);

const startServer = (): Promise<string> =>
  new Promise((listens) => {
    const heard = (text: string): void =>
      listens((JSON.parse(text) as { readonly connectionString: string }).connectionString);
    serving = call(['esdb-test-server', '--port', '0', '--json'], { signal: stopping.signal, heard });
  });

beforeAll(async () => {
  place = workplace();
  store = await startServer();
});
afterAll(async () => {
  stopping.abort();
  await serving;
  await place.close();
});

describe('a store in a database', () => {
  it('is not begun by a slip: neither the database nor the folder is touched', async () => {
    const slip = await on('first', ['queue', 'list']);
    expect(slip).toMatchObject({
      exit: 5,
      error: 'The database was not opened: there is no store in it; a store begins with: cloud-kassa init.\n',
    });
    expect(existsSync(machine('first'))).toBe(false);
  });

  it('is begun by init, which tells how it is called again', async () => {
    const emulator = await place.emulator();
    const secrets = ['--emulator-directory', join(place.store, 'emulator')];
    const begun = await on('first', ['init', '--emulator', emulator.url, ...secrets, '--organisation', INN]);
    expect(begun).toMatchObject({ exit: 0, error: '' });
    expect(begun.out).toContain(`--store '${store}' --read-models`);
  });

  it('is not opened by a second machine without the key of the first', async () => {
    const file = join(machine('second'), 'keys', 'key-encryption-key');
    expect(await on('second', ['queue', 'list'])).toMatchObject({
      exit: 5,
      error: `There are keys of persons already, and the file that opens them is missing: ${file}. Put it back, copy it from the machine that made them, or name it.\n`,
    });
    mkdirSync(join(machine('second'), 'keys'), { recursive: true });
    copyFileSync(join(machine('first'), 'keys', 'key-encryption-key'), file);
    expect(await on('second', ['queue', 'list'])).toMatchObject({ exit: 0 });
  });

  it('carries what one machine registered to its document on the other', async () => {
    const basket = join(place.folder, 'basket.json');
    writeFileSync(basket, JSON.stringify(BASKET));
    const paid = ['--organisation', INN, '--settlement', 'sbp-1', '--amount', '4900'];
    await on('first', ['payment', 'request', 'order-1', '--organisation', INN, '--basket', basket]);
    await on('first', ['payment', 'confirm', 'order-1', ...paid]);
    const worked = await on('second', ['fiscalize', '--until-idle', '--json']);
    expect(worked).toMatchObject({ exit: 0, data: { receipts: [], settlements: [] } });
    const documents = await on('first', ['status', 'documents', '--json']);
    expect(documents.data['documents']).toHaveLength(1);
  });

  it('has the same read models on both machines, and passes the audit', async () => {
    const [first, second] = [
      await on('first', ['queue', 'list', '--all', '--json']),
      await on('second', ['queue', 'list', '--all', '--json']),
    ];
    expect(second.data).toEqual(first.data);
    expect(await on('second', ['projection', 'list'])).toMatchObject({ exit: 0 });
    expect(await on('second', ['projection', 'rebuild', 'receipt-queue'])).toMatchObject({ exit: 0 });
    expect(await on('first', ['audit', '--json'])).toMatchObject({ exit: 0, data: { verdict: 'ok' } });
    expect(await on('first', ['replay', 'payment-order-1'])).toMatchObject({ exit: 0 });
    expect((await on('second', ['export'])).out.split('\n').length).toBeGreaterThan(5);
    expect(await on('first', ['doctor'])).toMatchObject({ exit: 0 });
  });

  it('forgets a buyer on all machines at once', async () => {
    const erase = ['buyer', 'erase', 'buyer@example.ru', '--yes', '--json'];
    expect(await on('first', erase)).toMatchObject({ exit: 0, data: { keys: 1 } });
    expect(await on('second', erase)).toMatchObject({ exit: 0, data: { keys: 0 } });
    expect(await on('second', ['audit', '--json'])).toMatchObject({ data: { verdict: 'ok' } });
  });

  it('has nothing to do with that of another namespace', async () => {
    const other = await on('first', ['queue', 'list', '--namespace', 'other']);
    expect(other.error).toContain('there is no store in it');
  });
});
