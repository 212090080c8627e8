import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulating, Workplace } from '../cli.testing';
import { INN, workplace } from '../cli.testing';
import { systemRuntime } from '@cloud-kassa/runtime';

/*
 * One shop, from nothing to its audit, command by command: each test goes on where the one before ended.
 */

const BASKET = {
  taxation: 1,
  items: [{ name: 'Гамак', price: 490_000, quantity: '1', vatCode: 11, measure: 0 }],
  buyer: { email: 'buyer@example.ru' },
  place: { place: 'https://sad.example' },
};

let place: Workplace;
let emulator: Emulating;
let receiptId = '';

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
  writeFileSync(join(place.folder, 'basket.json'), JSON.stringify(BASKET));
});
afterAll(() => place.close());

const basket = (): string => join(place.folder, 'basket.json');

const fiscalised = async (): Promise<void> => {
  const worked = await place.call(['fiscalize', '--until-idle']);
  expect(worked).toMatchObject({ exit: 0, out: 'Nothing is left to do.\n' });
};

describe('payments', () => {
  it('are requested, confirmed, shown, and become receipts', async () => {
    const asked = ['payment', 'request', 'order-1', '--organisation', INN, '--basket', basket()];
    expect(await place.call(asked)).toMatchObject({
      exit: 0,
      out: 'Payment order-1 is requested.\n',
      error: '',
    });
    const came = [
      'payment',
      'confirm',
      'order-1',
      '--organisation',
      INN,
      '--settlement',
      'b-1',
      '--amount',
      '4900',
    ];
    expect((await place.call([...came, '--lang', 'ru'])).out).toMatch(/Деньги по order-1 получены/);
    expect((await place.call([...came, '--json'])).data).toMatchObject({
      paymentId: 'order-1',
      duplicate: true,
    });
    expect((await place.call(['payment', 'show', 'order-1'])).out).toContain('due since');
    await fiscalised();
    const shown = await place.ask('payment', 'show', 'order-1');
    expect(shown).toMatchObject({
      phase: 'confirmed',
      settlements: [{ fiscalization: { state: 'linked' } }],
    });
    ({ receiptId } = (shown['settlements'] as ReadonlyArray<{ fiscalization: { receiptId: string } }>)[0]
      ?.fiscalization ?? { receiptId: '' });
  });

  it('are refunded', async () => {
    const back = [
      'payment',
      'refund',
      'order-1',
      '--refund',
      'r-1',
      '--settlement',
      'b-1',
      '--amount',
      '4900.00',
    ];
    expect(await place.call([...back, '--command-id', 'refund-1'])).toMatchObject({ exit: 0, error: '' });
    expect(await place.call([...back, '--command-id', 'refund-1'])).toMatchObject({ exit: 0 });
    await fiscalised();
    expect(await place.ask('status', 'documents')).toMatchObject({ documents: [{ sign: 2 }, { sign: 1 }] });
  });
});

describe('receipts', () => {
  it('are imported from a file, once', async () => {
    const file = join(place.folder, 'orders.ndjson');
    const line = (id: string, change: object = {}) =>
      JSON.stringify({
        document: 'order-7',
        id,
        organisation: INN,
        sign: 1,
        taxation: 1,
        items: [
          { name: 'Гамак', price: 490_000, quantity: '1', vatCode: 11, method: 4, subject: 1, measure: 0 },
        ],
        payments: { cashless: 490_000 },
        buyer: { email: 'second@example.ru' },
        place: { place: 'https://sad.example' },
        internet: true,
        instrument: 'sbp',
        settledAt: systemRuntime().wall(),
        ...change,
      });
    writeFileSync(file, `${line('p-1')}\n${line('p-2')}\n`);
    const imported = ['receipts', 'import', file, '--format', 'documents'];
    const first = await place.call(imported);
    expect(first.out).toContain('2 registered, 0 known before, 0 refused of 2 lines.');
    expect(first.exit).toBe(0);
    expect((await place.call([...imported, '--json'])).data).toMatchObject({ registered: 0, known: 2 });

    // A rule of the domain refuses one line, the format another: the format counts more.
    const refused = join(place.folder, 'refused.ndjson');
    writeFileSync(file, `${line('p-3', { payments: { cash: 490_000 } })}\n`);
    const ruled = await place.call([...imported, '--refused', refused]);
    expect(ruled).toMatchObject({ exit: 3 });
    expect(ruled.error).toMatch(/^Line 1, payments.cash: cash-in-internet-settlement. [A-Z]/);
    expect(JSON.parse(readFileSync(refused, 'utf8'))).toMatchObject({
      line: 1,
      rule: 'cash-in-internet-settlement',
    });
    writeFileSync(file, `${line('p-3', { payments: { cash: 490_000 } })}\n\nno json\n`);
    const both = await place.call([...imported, '--lang', 'ru']);
    expect(both).toMatchObject({ exit: 2 });
    expect(both.error).toBe('Отказано строк: 2 из 2. Сначала посмотрите строку 3: json-syntax.\n');
    await fiscalised();
    // So many bad lines are counted, not kept.
    writeFileSync(file, '{}\n'.repeat(10_050));
    const many = (await place.call([...imported, '--json'])).data;
    expect(many).toMatchObject({ refused: { 'field-missing': 10_050 }, refusedLinesLeftOut: 50 });
    expect(many['refusedLines']).toHaveLength(10_000);
  });

  it('are shown with their lines, their document and all that happened to them', async () => {
    const shown = await place.call(['receipts', 'show', receiptId]);
    expect(shown).toMatchObject({ exit: 0, error: '' });
    for (const part of ['buyer@example.ru', 'Гамак', '4 900.00', 'fiscalised', 'order-1 / b-1'])
      expect(shown.out).toContain(part);
    const data = await place.ask('receipts', 'show', receiptId);
    expect(data).toMatchObject({ buyer: { email: 'buyer@example.ru' }, receipt: { receiptId } });
    // The person stands where it was asked for and nowhere else in the object.
    expect(JSON.stringify(data).split('buyer@example.ru')).toHaveLength(2);
    expect(await place.call(['receipts', 'show', 'nobody'])).toMatchObject({
      exit: 3,
      out: '',
      error: 'There is no such receipt.\n',
    });
  });

  it('are proved, and the proof is checked without the store', async () => {
    const proof = join(place.folder, 'receipt.proof');
    expect((await place.call(['receipts', 'proof', receiptId, '--to', proof])).exit).toBe(0);
    const inline = await place.call(['receipts', 'proof', receiptId]);
    expect(inline.out).toBe(readFileSync(proof, 'utf8'));
    const verified = await place.call(['proof', 'verify', proof]);
    expect(verified.out).toMatch(new RegExp(`^The proof holds: receipt ${receiptId}`));
    expect((await place.call(['proof', 'verify', proof, '--json'])).data).toMatchObject({
      verdict: 'ok',
      documents: [{ fn: '9999078900000001' }],
    });
    writeFileSync(proof, inline.out.replace('"actor":"', '"actor":"x'));
    expect(await place.call(['proof', 'verify', proof])).toMatchObject({ exit: 1, out: '' });
    expect(await place.call(['proof', 'verify', join(place.folder, 'nowhere')])).toMatchObject({ exit: 2 });
    expect(await place.call(['receipts', 'proof', 'nobody'])).toMatchObject({ exit: 3 });
    expect(
      await place.call(['receipts', 'proof', receiptId, '--to', join(place.folder, 'no', 'folder')]),
    ).toMatchObject({ exit: 2 });
  });
});

describe('the queue', () => {
  it('is listed, filtered, and says what is left', async () => {
    const all = await place.call(['queue', 'list', '--all', '--register', 'till-1', '--limit', '2']);
    expect(all.out.split('\n').filter((line) => line.includes('\ttill-1\t'))).toHaveLength(2);
    expect((await place.call(['queue', 'list'])).out).toContain('Fiscalised: 4');
    const data = await place.ask('queue', 'list', '--status', 'fiscalized', '--document', 'ORDER-7');
    expect(data).toMatchObject({ counts: { fiscalized: 4, new: 0 }, paymentsWithoutReceipt: [] });
    expect(data['receipts']).toHaveLength(2);
    expect((await place.call(['queue', 'list'], { columns: 200 })).out).toContain('Nothing in the queue.');
    expect((await place.call(['queue', 'list', '--all', '--lang', 'ru'], { columns: 60 })).out).toContain(
      'Статус',
    );
  });

  it('shows one receipt, and why it is where it is', async () => {
    expect((await place.call(['queue', 'show', receiptId])).out).toContain('Fiscalised\tDone');
    expect(await place.ask('queue', 'show', receiptId)).toMatchObject({ receiptId, status: 'fiscalized' });
    expect((await place.call(['queue', 'explain', receiptId])).out).toContain(
      'It may not be cancelled: its document exists.',
    );
    expect(await place.call(['queue', 'show', 'nobody'])).toMatchObject({ exit: 3 });
    expect(await place.call(['queue', 'explain', 'nobody'])).toMatchObject({ exit: 3 });
  });

  it('lets no fiscalised receipt be cancelled or settled', async () => {
    expect(await place.call(['queue', 'cancel', receiptId, '--reason', 'no'])).toMatchObject({ exit: 3 });
    const found = ['--fn', '9999078900000001', '--fd', '1', '--fp', '1'];
    const settle = ['queue', 'settle', receiptId, '--how', 'document', ...found];
    expect(await place.call(settle)).toMatchObject({ exit: 2 });
    expect(
      await place.call(['queue', 'settle', receiptId, '--how', 'resume', '--by', 'Ivanova']),
    ).toMatchObject({
      exit: 3,
    });
  });
});

describe('devices, registers and shifts', () => {
  it('are listed', async () => {
    expect((await place.call(['device', 'list'])).out).toContain(
      `main\tmain\t${INN}\tone-c\tIn use\ttill-1\t\n`,
    );
    expect((await place.ask('device', 'list'))['devices']).toMatchObject([
      { deviceId: 'main', obstacles: [] },
    ]);
    expect((await place.call(['register', 'list', '--lang', 'ru'])).out).toContain('по строкам');
    expect((await place.call(['status', 'registers'])).out).toContain('9999078900000001');
    expect((await place.call(['shift', 'list'])).out).toMatch(/till-1\t1\t.*\topen, due/);
    expect((await place.call(['shift', 'list', '--register', 'nobody'], { columns: 80 })).out).toBe(
      'No shift yet.\n',
    );
  });

  it('are checked: nobody knows a wrong name, and a connection works', async () => {
    const checked = await place.call(['device', 'check', 'main']);
    expect(checked).toMatchObject({ exit: 0, error: '' });
    expect(checked.out).toContain('✔\tThe cloud register is ready to fiscalise.');
    expect(await place.call(['device', 'check', 'nobody'])).toMatchObject({ exit: 3 });
  });

  it('are added beside the first one', async () => {
    const add = ['device', 'add', 'second', '--organisation', INN, '--environment', 'emulator'];
    const parameters = [
      'access=direct',
      `baseUrl=${emulator.url}`,
      'authentication=register-group',
      `shopId=shop-${INN}`,
      `kktsGroupId=group-${INN}-per-total`,
    ].flatMap((parameter) => ['--parameter', parameter]);
    const secret = ['--secret', emulator.secret];
    expect((await place.call([...add, ...parameters, ...secret])).out).toBe('Device second was added.\n');
    expect((await place.call([...add, ...parameters, ...secret])).out).toBe(
      'Device second was there already, just so.\n',
    );
    expect(await place.call([...add.with(2, 'third'), ...parameters, ...secret])).toMatchObject({ exit: 3 });
    const attached = await place.call([
      'register',
      'attach',
      'till-2',
      '--device',
      'second',
      '--vat-rule',
      'per-total',
    ]);
    expect(attached).toMatchObject({ exit: 0 });
    expect(attached.out).toContain('Register till-2 works through second.');
  });

  it('are suspended and resumed', async () => {
    expect((await place.call(['device', 'suspend', 'second', '--reason', 'maintenance'])).exit).toBe(0);
    expect((await place.call(['device', 'list', '--lang', 'ru'])).out).toContain('приостановлена');
    expect((await place.call(['device', 'resume', 'second'])).out).toBe('second is in use again.\n');
  });

  it('change their policy', async () => {
    expect((await place.call(['register', 'policy', 'till-2', '--policy', '3.0.8'])).exit).toBe(0);
    expect((await place.ask('register', 'list'))['registers']).toMatchObject([
      {},
      { policy: '3.0.8', vatRule: 'per-total' },
    ]);
    expect(await place.call(['register', 'policy', 'till-2'])).toMatchObject({ exit: 2 });
    expect(await place.call(['register', 'policy', 'nobody', '--policy', '3.0.8'])).toMatchObject({
      exit: 3,
    });
  });

  it('open and close their shifts', async () => {
    expect((await place.call(['shift', 'open', 'till-2'])).out).toBe('The shift of till-2 is open.\n');
    expect(await place.call(['shift', 'open', 'till-2'])).toMatchObject({ exit: 3 });
    expect((await place.call(['shift', 'close', 'till-2'])).out).toBe('The shift of till-2 is closed.\n');
    expect(await place.call(['shift', 'close', 'till-2'])).toMatchObject({ exit: 3 });
  });
});

describe('the books', () => {
  it('are audited, with the ledger of the registers and a checkpoint', async () => {
    const checkpoint = join(place.folder, 'checkpoint');
    const token = ['--ledger-token', emulator.adminToken];
    const audited = await place.call([
      'audit',
      '--ledger',
      emulator.url,
      ...token,
      '--write-checkpoint',
      checkpoint,
    ]);
    expect(audited.out).toContain('Audit: ok. Nothing was found.');
    expect(audited.exit).toBe(0);
    expect(
      (await place.call(['audit', '--checkpoint', checkpoint, '--require-closed', '--json'])).data,
    ).toMatchObject({
      verdict: 'ok',
      findingCount: 0,
    });
    writeFileSync(checkpoint, readFileSync(checkpoint, 'utf8').replaceAll(/[0-9a-f]{60}/g, '0'.repeat(60)));
    const damaged = await place.call(['audit', '--checkpoint', checkpoint]);
    expect(damaged).toMatchObject({ exit: 2, out: '' });
    expect(damaged.error).toMatch(/^The file is no checkpoint, or a damaged one: line /);
    expect(
      await place.call(['audit', '--write-checkpoint', join(place.folder, 'no', 'folder')]),
    ).toMatchObject({
      exit: 2,
    });
  });

  it('are replayed to a revision and to a moment', async () => {
    const replayed = await place.call(['replay', `receipt-${receiptId}`, '--revision', '0']);
    expect(replayed.out).toMatch(/as of revision 0 of \d+; its chain is whole/);
    expect(
      await place.call(['replay', `receipt-${receiptId}`, '--at', '2020-01-01T00:00:00.000Z']),
    ).toMatchObject({
      exit: 3,
    });
    const data = await place.ask('replay', 'payment-order-1');
    expect(data).toMatchObject({ aggregate: 'payment' });
    expect(JSON.stringify(data)).not.toContain('buyer@');
  });

  it('are exported, whole or one stream', async () => {
    const file = join(place.folder, 'events.ndjson');
    expect((await place.call(['export', '--to', file, '--json'])).data).toMatchObject({ file });
    const piped = await place.call(['export']);
    expect(piped.out).toBe(readFileSync(file, 'utf8'));
    const one = await place.call(['export', '--stream', `receipt-${receiptId}`]);
    for (const line of one.out.trim().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ stream: `receipt-${receiptId}` });
    expect(await place.call(['export', '--json'])).toMatchObject({ exit: 2 });
    expect(await place.call(['export', '--stream', 'receipt-nobody'])).toMatchObject({ exit: 3, out: '' });
  });

  it('have read models that may be built anew', async () => {
    expect((await place.call(['projection', 'list'])).out).toMatch(/receipt-queue\t\d+\t\d+\tyes\t\n/);
    expect((await place.call(['projection', 'rebuild', 'fiscal-status'])).out).toMatch(
      /was built anew from \d+ events/,
    );
    expect((await place.call(['projection', 'release', 'receipt-queue', `receipt-${receiptId}`])).exit).toBe(
      0,
    );
    expect(await place.call(['projection', 'rebuild', 'nothing'])).toMatchObject({ exit: 3 });
  });

  it('and everything around them is looked at', async () => {
    const looked = await place.call(['doctor']);
    expect(looked).toMatchObject({ exit: 0, error: '' });
    expect(looked.out).toContain('✔\tconnection main\tthe connection works');
    const offline = await place.ask('doctor', '--offline');
    expect(JSON.stringify(offline)).not.toContain('connection main');
  });
});

describe('a buyer', () => {
  it('is erased, and is in nothing that is shown or written', async () => {
    expect(await place.call(['buyer', 'erase', 'buyer@example.ru'])).toMatchObject({ exit: 2 });
    const erased = await place.call(['buyer', 'erase', 'buyer@example.ru', '--yes']);
    expect(erased.out).toContain('can not be read any more');
    expect(erased.out).not.toContain('@');
    expect((await place.call(['buyer', 'erase', 'buyer@example.ru', '--yes'])).out).toContain(
      'erased before',
    );
    const shown = await place.call(['receipts', 'show', receiptId]);
    expect(shown.out).toContain('erased');
    expect(await place.ask('receipts', 'show', receiptId)).toMatchObject({ buyer: { erased: true } });
    for (const words of [
      ['receipts', 'show', receiptId],
      ['payment', 'show', 'order-1'],
      ['queue', 'list', '--all'],
      ['status', 'documents'],
      ['export'],
      ['replay', 'payment-order-1'],
    ])
      expect((await place.call(words)).out).not.toContain('buyer@');
    const token = ['--ledger-token', emulator.adminToken];
    expect(await place.call(['audit', '--ledger', emulator.url, ...token])).toMatchObject({ exit: 0 });
  });
});

describe('completion', () => {
  it('for bash is a script that bash understands', async () => {
    const { out, exit } = await place.call(['completion', 'bash']);
    expect(exit).toBe(0);
    const checked = spawnSync('bash', ['-n'], { input: out, encoding: 'utf8' });
    // Where there is no bash nobody needs its completion.
    expect([0, null]).toContain(checked.status);
    expect(checked.stderr ?? '').toBe('');
  });

  it('for bash offers what may follow', async () => {
    const { out } = await place.call(['completion', 'bash']);
    const offered = (...words: ReadonlyArray<string>): string =>
      spawnSync(
        'bash',
        [
          '-c',
          `${out}\nCOMP_WORDS=(cloud-kassa ${words.join(' ')} "")\nCOMP_CWORD=${words.length + 1}\n_cloud_kassa\necho "\${COMPREPLY[@]}"`,
        ],
        { encoding: 'utf8' },
      ).stdout ?? '';
    if (spawnSync('bash', ['--version']).status !== 0) return;
    expect(offered('queue').trim().split(' ')).toEqual(['list', 'show', 'explain', 'cancel', 'settle']);
    expect(offered('--store', 'queue', 'status').trim().split(' ')).toEqual(['registers', 'documents']);
    expect(offered('audit')).toContain('--require-closed');
    expect(offered()).toContain('fiscalize');
  });

  it('is there for zsh and fish, and for nothing else', async () => {
    expect((await place.call(['completion', 'fish'])).out).toContain('complete -c cloud-kassa');
    expect((await place.call(['completion', 'zsh'])).out).toContain('bashcompinit');
    expect(await place.call(['completion', 'tcsh'])).toMatchObject({ exit: 2 });
  });
});

describe('explain', () => {
  it.each([
    ['ambiguous', /a document may exist/],
    ['no-device', /It goes away when a device is connected/],
    ['no-cash-on-cloud-register', /Source: /],
    ['json-syntax', /The line is not JSON/],
    ['input-unknown-field', /There is no such field/],
    ['connection-loopback-address', /emulator/],
    ['not-expressible:total-of-items', /protocol/],
    ['not-opened', /can not be opened here/],
    ['doubled', /document/],
  ])('%s', async (code, words) => {
    const told = await place.call(['explain', code]);
    expect(told).toMatchObject({ exit: 0 });
    expect(told.out).toMatch(words);
    expect((await place.call(['explain', code, '--lang', 'ru'])).out).toMatch(/[А-Яа-я]{3}/);
  });

  it('of what is no code', async () => {
    expect(await place.call(['explain', 'nonsense'])).toMatchObject({ exit: 2, out: '' });
  });
});
