import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workplace } from './cli.testing';
import { INN, workplace } from './cli.testing';

/** This very command, in a process of its own. */
const MAIN = join(__dirname, 'main.ts');
const RUN = ['--conditions=@cloud-kassa/source', '--require', require.resolve('tsx/cjs'), MAIN];

let place: Workplace;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.close());

interface Process {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly exit: number | null; readonly out: string; readonly error: string }>;
  /** Resolves when something stands on the error output. */
  readonly said: Promise<unknown>;
}

const start = (...words: ReadonlyArray<string>): Process => {
  const child = spawn(process.execPath, [...RUN, ...words, '--store', place.store], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LANG: 'C' },
  });
  let [out, error] = ['', ''];
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  const said = new Promise((heard) => child.stderr.on('data', heard));
  child.stderr.on('data', (part: Buffer) => (error += part.toString()));
  const ended = new Promise<Awaited<Process['ended']>>((end) => {
    child.on('close', (exit) => end({ exit, out, error }));
  });
  return { child, ended, said };
};

const BASKET = {
  taxation: 1,
  items: [{ name: 'Гамак', price: 490_000, quantity: '1', vatCode: 11, measure: 0 }],
  buyer: { email: 'buyer@example.ru' },
  place: { place: 'https://sad.example' },
};

/** A shop with paid orders before an emulator that answers late. */
const paid = async (orders: number, answersAfterMs: number): Promise<string> => {
  const faults = join(place.folder, 'faults.json');
  const slow = { do: 'slow', milliseconds: answersAfterMs, when: { operation: 'submit' } };
  writeFileSync(faults, JSON.stringify({ faults: [slow] }));
  const emulator = await place.emulator('--faults', faults);
  await place.call(['init', '--emulator', emulator.url, '--organisation', INN]);
  const basket = join(place.folder, 'basket.json');
  writeFileSync(basket, JSON.stringify(BASKET));
  for (let order = 1; order <= orders; order += 1) {
    const words = [`p-${order}`, '--organisation', INN];
    await place.call(['payment', 'request', ...words, '--basket', basket]);
    await place.call(['payment', 'confirm', ...words, '--settlement', `b-${order}`, '--amount', '4900']);
  }
  return emulator.url;
};

/** Looks again and again until the store shows something; a look takes its time. */
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds()));
};

const count = async (status: string): Promise<number> => {
  const { counts } = (await place.ask('queue', 'list')) as { counts: Record<string, number> };
  return counts[status] ?? 0;
};

describe('the command as a process', () => {
  it('ends in good order when Ctrl-C is pressed in the middle of its work, and nothing is lost', async () => {
    await paid(5, 3_000);
    const working = start('fiscalize', '--until-idle');
    await until(async () => (await count('fiscalizing')) > 0);
    working.child.kill('SIGINT');
    const { exit, error } = await working.ended;
    expect({ exit, error }).toEqual({ exit: 130, error: '' });
    expect(await place.call(['fiscalize', '--until-idle'])).toMatchObject({ exit: 0 });
    expect(await count('fiscalized')).toBe(5);
    expect(await place.ask('audit', '--require-closed')).toMatchObject({
      verdict: 'ok',
      documents: { recorded: 5 },
    });
  });

  it('ends at once when it is pressed twice, and nothing is lost either', async () => {
    await paid(3, 5_000);
    const working = start('fiscalize', '--name', 'worker');
    await working.said;
    await until(async () => (await count('fiscalizing')) > 0);
    working.child.kill('SIGINT');
    working.child.kill('SIGTERM');
    expect((await working.ended).exit).toBe(130);
    expect(await place.call(['audit'])).toMatchObject({ exit: 0 });
  });

  it('works beside others of its kind on one store', async () => {
    await paid(12, 100);
    const workers = [
      start('fiscalize', '--until-idle', '--json'),
      start('fiscalize', '--until-idle', '--json', '--workers', '2'),
    ];
    for (const { ended } of workers) {
      const { exit, out, error } = await ended;
      expect({ exit, out, error }).toEqual({ exit: 0, out: '{"receipts":[],"settlements":[]}\n', error: '' });
    }
    expect(await place.ask('audit', '--require-closed')).toMatchObject({
      verdict: 'ok',
      documents: { recorded: 12 },
    });
  });

  it('keeps data and words apart', async () => {
    await paid(1, 0);
    const listed = await start('queue', 'list', '--json').ended;
    expect(listed.error).toBe('');
    expect(listed.out.trim().split('\n')).toHaveLength(1);
    const none = await start('queue', 'show', 'nobody').ended;
    expect(none).toEqual({ exit: 3, out: '', error: 'There is no such receipt.\n' });
    const logged = await start('fiscalize', '--until-idle', '--json', '--log', 'debug').ended;
    expect(logged.out.trim().split('\n')).toHaveLength(1);
    for (const line of logged.error
      .trim()
      .split('\n')
      .filter((one) => one !== ''))
      expect(JSON.parse(line)).toHaveProperty('level');
    expect(logged.error).not.toContain('buyer@');
  });

  it('ends quietly when nobody reads on', async () => {
    await paid(1, 0);
    const exporting = start('export');
    exporting.child.stdout?.destroy();
    const { exit, error } = await exporting.ended;
    expect({ exit, error }).toEqual({ exit: 0, error: '' });
  });

  it('demonstrates everything, and makes no second document when it is repeated', async () => {
    const first = await start('demo', '--json').ended;
    const told = {
      receipts: { registered: 112, fiscalized: 111, refused: 30, held: 1, open: 1 },
      documents: 111,
      duplicates: 0,
      audit: 'ok',
    };
    expect({ exit: first.exit, data: JSON.parse(first.out) }).toEqual({ exit: 0, data: told });
    expect(first.error).toMatch(/^Emulated cloud registers: /);
    const second = await start('demo').ended;
    expect(second.out).toContain('Documents: 111, doubled: 0.');
    expect(second.out).toContain('Receipts: 112 registered (0 new receipts, 112 were there before), ');
    expect(second.out).toMatch(/ --store \S+ queue explain [0-9a-f-]{36}\nRepeat the demo: /);
    expect(second.exit).toBe(0);
  });

  it('says in words why the demonstration can not begin where the store is a file', async () => {
    writeFileSync(place.store, 'no directory');
    const english = await start('demo').ended;
    expect({ exit: english.exit, out: english.out }).toEqual({ exit: 5, out: '' });
    expect(english.error).toMatch(
      /^The emulator was not started\. The directory \S+ can not be made: [^{}]+$/,
    );
    const russian = await start('demo', '--lang', 'ru').ended;
    expect(russian.error).toMatch(/^Эмулятор не запущен\. Каталог \S+ не создаётся: [^{}]+$/);
  });
});
