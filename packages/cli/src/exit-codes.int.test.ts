import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Workplace } from './cli.testing';
import { INN, workplace } from './cli.testing';

let place: Workplace;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.close());

const BASKET = {
  taxation: 1,
  items: [{ name: 'Гамак', price: 490_000, quantity: '1', vatCode: 11, measure: 0 }],
  buyer: { email: 'buyer@example.ru' },
  place: { place: 'https://sad.example' },
};

/** A shop with one paid order. */
const paid = async (...options: ReadonlyArray<string>) => {
  const emulator = await place.emulator(...options);
  const set = await place.call(['init', '--emulator', emulator.url, '--organisation', INN]);
  expect(set).toMatchObject({ exit: 0, error: '' });
  const basket = join(place.folder, 'basket.json');
  writeFileSync(basket, JSON.stringify(BASKET));
  const order = ['--organisation', INN];
  await place.call(['payment', 'request', 'p-1', ...order, '--basket', basket]);
  await place.call(['payment', 'confirm', 'p-1', ...order, '--settlement', 'b-1', '--amount', '4900']);
  return emulator;
};

const faults = (...all: ReadonlyArray<object>): ReadonlyArray<string> => {
  const file = join(place.folder, 'faults.json');
  writeFileSync(file, JSON.stringify({ faults: all }));
  return ['--faults', file];
};

describe('exit code', () => {
  it('1: a finding of an audit, with the first bad event', async () => {
    await paid();
    await place.call(['fiscalize', '--until-idle']);
    const events = new DatabaseSync(join(place.store, 'events.db'));
    events.exec('DROP TRIGGER events_are_not_changed');
    events.exec("UPDATE events SET text = replace(text, 'Гамак', 'Гомак') WHERE text LIKE '%Гамак%'");
    events.close();
    const audited = await place.call(['audit']);
    expect(audited).toMatchObject({ exit: 1 });
    expect(audited.out).toContain('Audit: FAILED.');
    expect(audited.error).toMatch(/^The first bad event: (payment|receipt)-\S+ @\d/);
    expect((await place.call(['audit', '--json'])).data).toMatchObject({ verdict: 'failed' });
  });

  it('1: open receipts where none may be left', async () => {
    await paid();
    expect(await place.call(['audit', '--require-closed'])).toMatchObject({ exit: 1 });
    expect(await place.call(['audit'])).toMatchObject({ exit: 0 });
  });

  it('3: refused by a rule, which is named', async () => {
    await paid();
    const again = await place.call([
      'payment',
      'confirm',
      'p-1',
      '--organisation',
      INN,
      '--settlement',
      'b-1',
      '--amount',
      '1',
      '--lang',
      'ru',
    ]);
    expect(again).toMatchObject({ exit: 3, out: '' });
    expect(again.error).toMatch(/[а-я].* \[settlement-differs, amount\]\n$/);
  });

  it('4: the provider does not know the credentials, or there is no secret', async () => {
    const emulator = await paid();
    const secret = join(place.folder, 'wrong-secret');
    writeFileSync(secret, 'not the secret of the shop', { mode: 0o600 });
    const init = ['init', '--emulator', emulator.url, '--organisation', INN, '--secret', `file:${secret}`];
    const wrong = await place.call(init);
    expect(wrong).toMatchObject({ exit: 4 });
    expect(wrong.error).toMatch(/credentials were not accepted/);
    rmSync(secret);
    expect(await place.call(['device', 'check', 'main'])).toMatchObject({ exit: 4 });
  });

  it('5: there is no store, it can not be opened, or it is none', async () => {
    const none = await place.call(['queue', 'list']);
    expect(none).toMatchObject({ exit: 5, out: '' });
    expect(none.error).toMatch(/A store begins with: cloud-kassa init/);
    expect((await place.call(['queue', 'list', '--json', '--lang', 'ru'])).data).toMatchObject({
      error: { code: 'cannot-open', why: 'NoStore' },
    });
    mkdirSync(place.store);
    writeFileSync(
      join(place.store, 'events.db'),
      'no database at all, but long enough for a header'.repeat(9),
      {
        mode: 0o600,
      },
    );
    expect(await place.call(['queue', 'list'])).toMatchObject({ exit: 5, out: '' });
    writeFileSync(join(place.folder, 'file'), '');
    expect(
      await place.call(['emulator', '--organisation', INN, '--directory', join(place.folder, 'file')]),
    ).toMatchObject({ exit: 5 });
  });

  it('6: the provider or the ledger does not answer', async () => {
    const emulator = await paid();
    expect(await emulator.stop()).toMatchObject({ exit: 130 });
    const checked = await place.call(['device', 'check', 'main']);
    expect(checked).toMatchObject({ exit: 6 });
    expect(checked.out).toContain('✖\tThe server takes no connection');
    const token = ['--ledger-token', emulator.adminToken];
    expect(await place.call(['audit', '--ledger', emulator.url, ...token])).toMatchObject({ exit: 6 });
    expect(await place.call(['shift', 'open', 'till-1'])).toMatchObject({ exit: 3 });
    expect(await place.call(['doctor'])).toMatchObject({ exit: 1 });
  });

  it('7: the id of a command belongs to another one', async () => {
    await paid();
    const policy = ['register', 'policy', 'till-1', '--command-id', 'c-1', '--policy'];
    expect(await place.call([...policy, '3.0.8'])).toMatchObject({ exit: 0 });
    expect(await place.call([...policy, '3.0.8'])).toMatchObject({ exit: 0 });
    const reused = await place.call([...policy, '3.0.9']);
    expect(reused).toMatchObject({
      exit: 7,
      error: 'The command id belongs to another command of clouddevice-main.\n',
    });
  });

  it('8: work remains: a held receipt, with the way out, and a payment without a receipt', async () => {
    await paid(...faults({ do: 'rejected-before-signing' }));
    await place.call([
      'payment',
      'confirm',
      'p-2',
      '--organisation',
      INN,
      '--settlement',
      'b-2',
      '--amount',
      '1',
    ]);
    const worked = await place.call(['fiscalize', '--until-idle']);
    expect(worked).toMatchObject({ exit: 8 });
    expect(worked.out).toContain('waits for a decision\twaits for a person: see `queue explain`');
    expect(worked.out).toContain('Money came or went back without a document');
    const data = await place.ask('fiscalize', '--until-idle');
    expect(data).toMatchObject({
      receipts: [{ phase: 'Held' }],
      settlements: [{ paymentId: 'p-2', reason: 'no-basket' }],
    });
    const [held] = data['receipts'] as ReadonlyArray<{ receiptId: string }>;
    const receiptId = held?.receiptId ?? '';
    const explained = await place.call(['queue', 'explain', receiptId]);
    expect(explained.out).toContain(
      `  cloud-kassa queue settle ${receiptId} --how amend --basket FILE --by NAME\n`,
    );
    expect(explained.out).toContain(`  cloud-kassa queue cancel ${receiptId} --reason TEXT\n`);
    expect(explained.out).not.toContain('--how resume');
    expect((await place.call(['queue', 'list'])).out).toContain('content rejected');
    const basket = join(place.folder, 'amended.json');
    writeFileSync(basket, JSON.stringify({ ...BASKET, place: { place: 'https://garden.example' } }));
    const amend = ['queue', 'settle', receiptId, '--how', 'amend', '--by', 'Ivanova'];
    expect(await place.call(amend)).toMatchObject({ exit: 2 });
    expect(await place.call([...amend, '--basket', basket])).toMatchObject({
      exit: 0,
      out: `${receiptId} is settled.\n`,
    });
    expect(await place.call(['queue', 'cancel', receiptId, '--reason', 'withdrawn'])).toMatchObject({
      exit: 0,
      out: `${receiptId} is cancelled.\n`,
    });
    expect((await place.call(['queue', 'explain', receiptId])).out).toContain('It is cancelled already.');
  });

  it('8: what waits for a suspended device says so, wherever it is looked at', async () => {
    const emulator = await paid();
    await emulator.stop();
    await place.call(['fiscalize', '--until-idle', '--idle-horizon', '0']);
    await place.call(['device', 'suspend', 'main']);
    const listed = await place.call(['queue', 'list']);
    expect(listed.out).toContain('wait for the device main: 1. The device: suspended');
    const worked = await place.call(['fiscalize', '--until-idle', '--idle-horizon', '0']);
    expect(worked).toMatchObject({ exit: 8 });
    expect(worked.out).toContain('waits for the device main: suspended');
    const [left] = (await place.ask('queue', 'list'))['receipts'] as ReadonlyArray<{ receiptId: string }>;
    const explained = await place.call(['queue', 'explain', left?.receiptId ?? '']);
    expect(explained.out).toContain('It waits for the device main: suspended.');
  });

  it('130: Ctrl-C was pressed, before the work or in the middle of it', async () => {
    await paid();
    const before = AbortSignal.abort();
    for (const words of [['fiscalize'], ['fiscalize', '--until-idle'], ['audit'], ['queue', 'list']])
      expect(await place.call(words, { signal: before })).toMatchObject({ exit: 130 });
    const file = join(place.folder, 'orders.ndjson');
    writeFileSync(file, '{}\n'.repeat(100));
    const imported = ['receipts', 'import', file, '--format', 'documents'];
    expect(await place.call(imported, { signal: before })).toMatchObject({ exit: 130 });
    expect(await place.call(['fiscalize', '--until-idle'])).toMatchObject({ exit: 0 });
  });
});

describe('without a terminal', () => {
  it('init names what is missing, and makes no store', async () => {
    expect(await place.call(['init', '--json'])).toMatchObject({
      exit: 2,
      data: { error: { field: 'organisation', rule: 'obligatory' } },
    });
    expect(await place.call(['init', '--organisation', '7707083894', '--json'])).toMatchObject({
      exit: 2,
      data: { error: { field: 'organisation', rule: 'inn' } },
    });
    expect(await place.call(['init', '--organisation', INN, '--json'])).toMatchObject({
      exit: 2,
      data: { error: { field: 'secret' } },
    });
    const secret = ['--secret', 'env:NOTHING'];
    expect(await place.call(['init', '--organisation', INN, ...secret, '--json'])).toMatchObject({
      exit: 2,
      data: { error: { field: 'portalLogin', rule: 'obligatory' } },
    });
    expect((await place.call(['queue', 'list'])).exit).toBe(5);
  });
});

describe('at a terminal', () => {
  it('init asks for what is missing, keeps the secret in a file of its owner, and repeats nothing', async () => {
    const emulator = await place.emulator();
    const secret = readFileSync(emulator.secret.replace('file:', ''), 'utf8').trim();
    const answers = [
      '123',
      INN,
      '',
      'gateway of some kind',
      'direct',
      emulator.url,
      'emulator',
      '',
      `shop-${INN}`,
      `group-${INN}`,
      '',
      secret,
      'site',
      '3.0.9',
    ];
    const made = await place.call(['init', '--environment', 'emulator'], { columns: 100, answers });
    expect(made.error).toContain('INN of the user of the registers: ');
    expect(made.error).toContain('An INN has ten or twelve digits with right check digits.');
    expect(made.error).toContain('That can not stand here.');
    expect(made).toMatchObject({ exit: 0 });
    for (const shown of [made.out, made.error]) expect(shown).not.toContain(secret);
    const kept = join(place.store, 'secrets', 'main');
    expect(readFileSync(kept, 'utf8')).toBe(`${secret}\n`);
    const line = /cloud-kassa (init .*)/.exec(made.out)?.[1] ?? '';
    expect(line).toContain(`--secret file:${kept}`);
    const again = await place.call(
      line.split(' ').filter((word, at, all) => word !== '--store' && all[at - 1] !== '--store'),
    );
    expect(again.out).toContain('were there already, just so');
    expect(again.exit).toBe(0);
  });

  it('init ends when the person does not go on, and leaves nothing', async () => {
    expect(await place.call(['init'], { columns: 100, answers: [INN, 'main'] })).toMatchObject({
      exit: 130,
      out: '',
    });
    expect((await place.call(['queue', 'list'])).exit).toBe(5);
  });

  it('init follows an emulator to another port', async () => {
    const first = await paid();
    await first.stop();
    const second = await place.emulator();
    expect(second.url).not.toBe(first.url);
    expect(await place.call(['init', '--emulator', second.url, '--organisation', INN])).toMatchObject({
      exit: 0,
    });
    expect(await place.call(['fiscalize', '--until-idle'])).toMatchObject({ exit: 0 });
  });
});
