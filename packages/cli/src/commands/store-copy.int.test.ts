import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EsdbTestServer } from '@cloud-kassa/event-store-esdb-testserver';
import { startEsdbTestServer } from '@cloud-kassa/event-store-esdb-testserver';
import { systemRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
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
let server: EsdbTestServer;
let database: string;

const at = (name: string): string => join(place.folder, name);
const beside = (): ReadonlyArray<string> => ['--read-models', at('beside')];
const inCopy = (words: ReadonlyArray<string>): Promise<Ended> =>
  call([...words, '--store', database, ...beside()]);
const inFolder = (name: string, words: ReadonlyArray<string>): Promise<Ended> =>
  call([...words, '--store', at(name)]);

beforeAll(async () => {
  place = workplace();
  const started = await startEsdbTestServer({ runtime: systemRuntime() })();
  if (E.isLeft(started)) throw new Error(started.left.code);
  server = started.right;
  database = server.connectionString;
  const emulator = await place.emulator();
  const calls = [
    ['init', '--emulator', emulator.url, '--organisation', INN],
    ['shift', 'open', 'till-1'],
  ];
  for (const [number, email] of ['first@example.ru', 'second@example.ru'].entries()) {
    const file = at(`basket-${number}.json`);
    writeFileSync(file, basketOf(email));
    const order = `order-${number}`;
    calls.push(['payment', 'request', order, '--organisation', INN, '--basket', file]);
    const paid = ['--settlement', `sbp-${number}`, '--amount', '4900'];
    calls.push(['payment', 'confirm', order, '--organisation', INN, ...paid]);
  }
  calls.push(['fiscalize', '--until-idle'], ['shift', 'close', 'till-1']);
  calls.push(['buyer', 'erase', 'second@example.ru', '--yes']);
  for (const words of calls) {
    const { exit, error } = await place.call(words);
    if (exit !== 0) throw new Error(error);
  }
});
afterAll(async () => {
  await server.close();
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

const audited = async (auditing: Promise<Ended>): Promise<Ended['data']> => {
  const { exit, data } = await auditing;
  expect(exit).toBe(0);
  return data;
};

/** What an audit says of the events wherever they lie. Positions are the store's, and so is the way in which totals are judged. */
const verdictOf = async (auditing: Promise<Ended>): Promise<unknown> => {
  const { head: _head, shifts, ...verdict } = await audited(auditing);
  return { ...verdict, shifts: { ...Object(shifts), judgedByCount: undefined } };
};

const exported = async (exporting: Promise<Ended>): Promise<ReadonlyArray<unknown>> => {
  const { exit, out } = await exporting;
  expect(exit).toBe(0);
  return out
    .trim()
    .split('\n')
    .map((line) => ({ ...(JSON.parse(line) as object), position: undefined }));
};

describe('a store that is copied', () => {
  it('goes to a database unchanged and whole, though the first copy was killed in the middle', async () => {
    const { length } = envelopes(place.store);
    const held = server.faults.set({ on: 'append', stream: 'receipt-', nth: 2, fault: { do: 'hold' } });
    const copying = spawn(process.execPath, [...RUN, 'store', 'copy', place.store, database, ...beside()]);
    const ended = once(copying, 'exit');
    await Promise.race([held.strike(), ended]);
    copying.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    held.remove();
    const copied = await call(['store', 'copy', place.store, database, ...beside(), '--json']);
    expect(copied).toMatchObject({
      exit: 0,
      data: { events: length, keys: 2, movedOn: 0, ahead: 0, others: 0 },
    });
    const missing = Number(copied.data['copied']);
    expect(missing).toBeGreaterThan(0);
    expect(missing).toBeLessThan(length);
  });

  it('passes the audit with the same counts, and exports the same', async () => {
    const verdict = await verdictOf(place.call(['audit', '--json']));
    expect(verdict).toMatchObject({ verdict: 'ok', shifts: { closed: 1, unjudged: 0 } });
    expect(await verdictOf(inCopy(['audit', '--json']))).toEqual(verdict);
    expect(await exported(inCopy(['export']))).toEqual(await exported(place.call(['export'])));
  });

  it('is not written again when the copy is repeated', async () => {
    const again = await call(['store', 'copy', place.store, database, ...beside(), '--json']);
    expect(again).toMatchObject({ exit: 0, data: { copied: 0 } });
  });

  it('comes back to a folder byte by byte, in the same order', async () => {
    const back = await call(['store', 'copy', database, at('back'), ...beside()]);
    expect(back).toMatchObject({ exit: 0 });
    expect(envelopes(at('back'))).toEqual(envelopes(place.store));
    expect(await verdictOf(inFolder('back', ['audit', '--json']))).toEqual(
      await verdictOf(place.call(['audit', '--json'])),
    );
  });

  it('passes the audit in another database too, where positions look alike and are others', async () => {
    const apart = ['--to-namespace', 'apart', '--to-read-models', at('apart')];
    const copied = await call(['store', 'copy', database, database, ...beside(), ...apart, '--json']);
    expect(copied).toMatchObject({ exit: 0, data: { copied: envelopes(place.store).length } });
    const there = ['--store', database, '--namespace', 'apart', '--read-models', at('apart')];
    const auditing = ['audit', '--json', ...there];
    expect(await audited(call(auditing))).toMatchObject({ shifts: { judgedByCount: 1 } });
    expect(await verdictOf(call(auditing))).toEqual(await verdictOf(place.call(['audit', '--json'])));
  });

  it('has its persons: who is erased stays erased, the other can be erased in the copy', async () => {
    const erase = (email: string): ReadonlyArray<string> => ['buyer', 'erase', email, '--yes', '--json'];
    expect((await inCopy(erase('second@example.ru'))).data).toMatchObject({ keys: 0 });
    expect((await inCopy(erase('first@example.ru'))).data).toMatchObject({ keys: 1 });
    expect(await audited(inCopy(['audit', '--json']))).toMatchObject({ verdict: 'ok' });
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
    expect(await audited(inCopy(['audit', '--json']))).toMatchObject({ verdict: 'ok' });
  });

  it('is not copied onto itself, and one that is not there is no source', async () => {
    expect(await call(['store', 'copy', place.store, `${place.store}/.`])).toMatchObject({
      exit: 3,
      error: 'Source and target of the copy are the same store. [copy-onto-itself, to]\n',
    });
    expect(await call(['store', 'copy', at('nowhere'), at('new')])).toMatchObject({ exit: 5 });
  });
});
