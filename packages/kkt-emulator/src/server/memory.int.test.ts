import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { right } from '../kkt/kkt.testing';
import { createEmulator } from './emulator';
import { fixedRuntime, operation, quickGroup, saleBody } from './server.testing';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const RECEIPTS = 100;
const KILOBYTES = 500;

/** What the process holds, in kilobytes. */
const held = (): number => {
  collect();
  return process.memoryUsage().heapUsed / 1024;
};

// A text cut out of another keeps that other one in memory.
test('of a request only what goes into the document is kept, however much came with it', async () => {
  const access = { kind: 'basic', login: 'login', password: 'password' } as const;
  const emulator = right(
    await createEmulator({ runtime: fixedRuntime(), settings: { groups: [quickGroup({}, { access })] } })(),
  );
  const authorization = `Basic ${Buffer.from('login:password').toString('base64')}`;
  const before = held();
  for (let number = 1; number <= RECEIPTS; number += 1) {
    const passedOver = { nobodyReadsThis: 'x'.repeat(KILOBYTES * 1024) };
    const sale = saleBody(operation(number), { cashierName: `Кассир Иванова ${number}`, ...passedOver });
    const outcome = await emulator.exchange({
      method: 'POST',
      path: '/kkts/receipts',
      headers: { authorization },
      body: JSON.stringify(sale),
    });
    expect(outcome).toMatchObject({ _tag: 'answered', status: 200 });
  }
  const grown = held() - before;
  expect(emulator.machine.group('group')?.registers.ledger.size()).toBe(RECEIPTS + 2);
  await emulator.close();
  expect(grown).toBeLessThan((RECEIPTS * KILOBYTES) / 10);
});
