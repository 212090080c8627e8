import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Ended, Workplace } from '../cli.testing';
import { call, INN, workplace } from '../cli.testing';

const MAIN = join(__dirname, '..', 'main.ts');
const RUN = ['--conditions=@cloud-kassa/source', '--require', require.resolve('tsx/cjs'), MAIN];

const basketOf = (email: string): string =>
  JSON.stringify({
    taxation: 1,
    items: [{ name: 'Гамак', price: 490_000, quantity: '1', vatCode: 11, measure: 0 }],
    buyer: { email },
    place: { place: 'https://sad.example' },
  });

let place: Workplace;
let database: string;
const stopping = new AbortController();
let serving: Promise<Ended>;

const at = (name: string): string => join(place.folder, name);
const beside = (): ReadonlyArray<string> => ['--read-models', at('beside')];
const inCopy = (words: ReadonlyArray<string>): Promise<Ended> =>
  call([...words, '--store', database, ...beside()]);

beforeAll(async () => {
  place = workplace();
  database = await new Promise<string>((listens) => {
    const heard = (text: string): void =>
      listens((JSON.parse(text) as { readonly connectionString: string }).connectionString);
    serving = call(['esdb-test-server', '--port', '0', '--json'], { signal: stopping.signal, heard });
  });
  const emulator = await place.emulator();
  const calls = [['init', '--emulator', emulator.url, '--organisation', INN]];
  for (const [number, email] of ['first@example.ru', 'second@example.ru'].entries()) {
    const file = at(`basket-${number}.json`);
    writeFileSync(file, basketOf(email));
    const order = `order-${number}`;
    calls.push(['payment', 'request', order, '--organisation', INN, '--basket', file]);
    const paid = ['--settlement', `sbp-${number}`, '--amount', '4900'];
    calls.push(['payment', 'confirm', order, '--organisation', INN, ...paid]);
  }
  calls.push(['fiscalize', '--until-idle'], ['buyer', 'erase', 'second@example.ru', '--yes']);
  for (const words of calls) {
    const { exit, error } = await place.call(words);
    if (exit !== 0) throw new Error(error);
  }
});
afterAll(async () => {
  stopping.abort();
  await serving;
  await place.close();
});

/** All that is kept of the events of a store in a folder, in commit order. */
const envelopes = (folder: string): ReadonlyArray<unknown> => {
  const file = new DatabaseSync(join(folder, 'events.db'), { readOnly: true });
  try {
    return file
      .prepare('SELECT stream, revision, event_id, type, version, hash, text FROM events ORDER BY position')
      .all();
  } finally {
    file.close();
  }
};

const verdictOf = async (audited: Promise<Ended>): Promise<unknown> => {
  const { exit, data } = await audited;
  return { exit, verdict: data['verdict'], receipts: data['receipts'], events: data['events'] };
};

describe('a store that is copied', () => {
  it('goes to a database when a copy was killed before its end, unchanged and whole', async () => {
    const killed = spawn(process.execPath, [...RUN, 'store', 'copy', place.store, database, ...beside()]);
    await new Promise<void>((over) => {
      // The keys are there, the events are on their way.
      killed.stderr.once('data', () => killed.kill('SIGKILL'));
      killed.once('exit', () => over());
    });
    const copied = await call(['store', 'copy', place.store, database, ...beside(), '--json']);
    const { length } = envelopes(place.store);
    expect(copied).toMatchObject({ exit: 0, data: { events: length, keys: 2, movedOn: 0, ahead: 0 } });
    expect(await verdictOf(inCopy(['audit', '--json']))).toEqual(
      await verdictOf(place.call(['audit', '--json'])),
    );
  });

  it('is not written again when the copy is repeated', async () => {
    const again = await call(['store', 'copy', place.store, database, ...beside(), '--json']);
    expect(again).toMatchObject({ exit: 0, data: { copied: 0 } });
  });

  it('comes back to a folder byte by byte, in the same order', async () => {
    const back = await call(['store', 'copy', database, at('back'), ...beside()]);
    expect(back).toMatchObject({ exit: 0 });
    expect(envelopes(at('back'))).toEqual(envelopes(place.store));
  });

  it('has its persons: who is erased stays erased, the other can be erased in the copy', async () => {
    const erase = (email: string): ReadonlyArray<string> => ['buyer', 'erase', email, '--yes', '--json'];
    expect((await inCopy(erase('second@example.ru'))).data).toMatchObject({ keys: 0 });
    expect((await inCopy(erase('first@example.ru'))).data).toMatchObject({ keys: 1 });
    expect(await verdictOf(inCopy(['audit', '--json']))).toMatchObject({ verdict: 'ok' });
  });

  it('goes on in the copy, and then the source is no longer all of it', async () => {
    const file = at('basket-0.json');
    await inCopy(['payment', 'request', 'order-9', '--organisation', INN, '--basket', file]);
    const again = await call(['store', 'copy', place.store, database, ...beside(), '--json']);
    expect(again).toMatchObject({ exit: 0, data: { copied: 0, others: 1 } });
  });

  it('is named where both went different ways, and nothing of the stream is written', async () => {
    const [here, there] = [at('basket-0.json'), at('basket-1.json')];
    await inCopy(['payment', 'request', 'order-8', '--organisation', INN, '--basket', here]);
    await place.call(['payment', 'request', 'order-8', '--organisation', INN, '--basket', there]);
    const apart = await call(['store', 'copy', place.store, database, ...beside(), '--json']);
    expect(apart).toMatchObject({
      exit: 5,
      data: { error: { code: 'corrupt', stream: 'payment-order-8', revision: 0 } },
    });
    expect(await verdictOf(inCopy(['audit', '--json']))).toMatchObject({ verdict: 'ok' });
  });

  it('is not copied onto itself, and one that is not there is no source', async () => {
    expect(await call(['store', 'copy', place.store, place.store])).toMatchObject({
      exit: 3,
      error: 'Source and target of the copy are the same store. [copy-onto-itself, to]\n',
    });
    expect(await call(['store', 'copy', at('nowhere'), at('new')])).toMatchObject({ exit: 5 });
  });
});
