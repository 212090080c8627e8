import { right, shop } from '../kkt/kkt.testing';
import { oneCGroup } from '../dialects/one-c/one-c-group';
import {
  ADMIN_TOKEN,
  adminOf,
  clientOf,
  operation,
  operationOf,
  quickGroup,
  SHOP_ACCESS,
  started,
} from './server.testing';
import type { Answer } from './server.testing';
import type { RunningEmulator } from './start-emulator';

let emulator: RunningEmulator;
let client: Awaited<ReturnType<typeof clientOf>>;
const begin = async (group = quickGroup()): Promise<void> => {
  emulator = await started({ settings: { groups: [group], admin: { token: ADMIN_TOKEN } } });
  client = await clientOf(emulator.url);
};
afterEach(() => emulator.close());

const faults = (list: ReadonlyArray<object>, breaksAssumptions?: boolean) =>
  adminOf(emulator.url).put('/faults', {
    faults: list,
    ...(breaksAssumptions === undefined ? {} : { breaksAssumptions }),
  });
const pass = (milliseconds: number) => adminOf(emulator.url).post('/clock', { milliseconds });
const documents = (key = operation(1)) =>
  emulator.emulator.machine.group('group')?.registers.ledger.byKey(key).length;
const reason = ({ json }: Answer): string =>
  (json as { operationResponse: { operationStatusDescription: string } }).operationResponse
    .operationStatusDescription;

describe('IN_PROGRESS for ever', () => {
  test.each([
    ['never-ends', {}, 0],
    ['slow-result', { milliseconds: 3000 * 86_400_000 }, 1],
    ['fails-before-signing', {}, 0],
    ['fails-after-signing', {}, 1],
  ])('%s', async (name, parameters, made) => {
    await begin();
    await faults([{ do: name, ...parameters }]);
    const first = await client.submit(operation(1));
    await pass(30 * 86_400_000);
    client = await clientOf(emulator.url);
    const later = await client.status(operationOf(first).receiptId);
    expect([operationOf(later).status, documents()]).toEqual(['IN_PROGRESS', made]);
  });

  test('until the register can be reached again', async () => {
    await begin();
    await faults([{ do: 'unit-unreachable' }]);
    const { receiptId } = operationOf(await client.submit(operation(1)));
    expect((await client.kkts()).json).toMatchObject({ kktStatus: 'FISCALIZATION_UNAVAILABLE' });
    await pass(3_600_000);
    expect(operationOf(await client.status(receiptId)).status).toBe('IN_PROGRESS');
    await adminOf(emulator.url).remove('/faults');
    expect(operationOf(await client.status(receiptId)).status).toBe('SUCCESS');
  });
});

test('a failure of the device in doubt is REJECTED, if the settings say so', async () => {
  await begin(quickGroup({}, { dialect: { deviceFailureMeans: 'rejected' } }));
  await faults([{ do: 'fails-before-signing' }]);
  const answer = await client.submit(operation(1));
  expect([operationOf(answer).status, reason(answer)]).toEqual([
    'REJECTED',
    'Операция отклонена: device-failed',
  ]);
});

test('late success: in progress, then done', async () => {
  await begin();
  await faults([{ do: 'late-success', milliseconds: 60_000 }]);
  const first = operationOf(await client.submit(operation(1)));
  expect([first.status, documents()]).toEqual(['IN_PROGRESS', 1]);
  await pass(60_000);
  expect(operationOf(await client.status(first.receiptId)).status).toBe('SUCCESS');
});

describe('REJECTED, and truly nothing was made', () => {
  test.each([
    ['rejected-before-signing', 'rejected'],
    ['queue-timeout', 'queue-timeout'],
    ['drive-full', 'memory-full'],
    ['key-expired', 'key-expired'],
  ])('%s', async (name, rule) => {
    await begin();
    await faults([{ do: name }]);
    const answer = await client.submit(operation(1));
    expect([operationOf(answer).status, reason(answer), documents()]).toEqual([
      'REJECTED',
      `Операция отклонена: ${rule}`,
      0,
    ]);
  });

  test('a shift over 24 hours, until somebody closes it', async () => {
    await begin();
    await client.submit(operation(1));
    await faults([{ do: 'shift-keeper-asleep' }]);
    await pass(24 * 3_600_000 + 1000);
    client = await clientOf(emulator.url);
    expect(reason(await client.submit(operation(2)))).toBe('Операция отклонена: shift-over-24-hours');
    const closed = await adminOf(emulator.url).post('/groups/group/units/00106925000001', {
      kind: 'close-shift',
    });
    expect(closed.json).toMatchObject({ document: { form: 5, shift: 1 } });
    expect((await client.submit(operation(3))).json).toMatchObject({ receiptResponse: { shiftNumber: 2 } });
  });

  test('the clock of a register that goes back', async () => {
    await begin();
    await client.submit(operation(1));
    await faults([{ do: 'clock-offset', milliseconds: -60_000 }]);
    expect(reason(await client.submit(operation(2)))).toBe('Операция отклонена: time-went-back');
  });
});

test('a jump of the service’s clock closes shifts, ends waiting and lets the OFD answer', async () => {
  await begin(right(oneCGroup('group', { ...shop, group: { queueTimeout: 300_000 } }, SHOP_ACCESS)));
  await faults([{ do: 'unit-unreachable' }]);
  const { receiptId } = operationOf(await client.submit(operation(1)));
  await pass(23 * 3_600_000);
  const answer = await client.status(receiptId);
  expect(reason(answer)).toBe('Операция отклонена: queue-timeout');
});

test('the clock may jump at a certain request: the token it came with is too old then', async () => {
  await begin();
  await faults([{ when: { operation: 'submit', nth: 2 }, do: 'clock-jump', milliseconds: 24 * 3_600_000 }]);
  expect((await client.submit(operation(1))).status).toBe(200);
  const second = await client.submit(operation(2));
  expect([second.status, second.headers.date, documents(operation(2))]).toEqual([
    401,
    'Mon, 02 Mar 2026 09:00:00 GMT',
    0,
  ]);
  client = await clientOf(emulator.url);
  expect((await client.submit(operation(2))).json).toMatchObject({ receiptResponse: { shiftNumber: 2 } });
});

describe('the three that break an assumption are set only as such', () => {
  const breaking = ['racy-duplicates', 'forgets-keys', 'rejected-after-signing'];

  test.each(breaking)('%s', async (name) => {
    await begin();
    const refused = await faults([{ do: name }]);
    expect([refused.status, refused.json]).toEqual([
      422,
      { error: { field: 'faults[0].do', rule: 'breaks-an-assumption' } },
    ]);
    expect((await faults([{ do: name }], true)).status).toBe(200);
  });

  test('racy duplicates: two documents and two receipts under one operationId', async () => {
    await begin(right(oneCGroup('group', shop, SHOP_ACCESS)));
    await faults([{ do: 'racy-duplicates', times: 1 }], true);
    const answers = await Promise.all([client.submit(operation(1)), client.submit(operation(1))]);
    const ids = answers.map((answer) => operationOf(answer).receiptId);
    expect(new Set(ids).size).toBe(2);
    await pass(60_000);
    const results = await Promise.all(ids.map((id) => client.status(id)));
    const numbers = results.map(
      ({ json }) => (json as { receiptResponse: { receiptNumber: number } }).receiptResponse,
    );
    expect(new Set(numbers.map(({ receiptNumber }) => receiptNumber)).size).toBe(2);
    expect(documents()).toBe(2);
  });

  test('keys forgotten early: the same operationId makes a second document', async () => {
    await begin();
    await faults([{ do: 'forgets-keys', milliseconds: 3_600_000 }], true);
    const first = await client.submit(operation(1));
    await pass(3_600_001);
    const second = await client.submit(operation(1));
    expect(documents()).toBe(2);
    expect(operationOf(second).receiptId).not.toBe(operationOf(first).receiptId);
    expect((await client.status(operationOf(first).receiptId)).json).toEqual(first.json);
  });

  test('rejected though the document was made', async () => {
    await begin();
    await faults([{ do: 'rejected-after-signing' }], true);
    const answer = await client.submit(operation(1));
    expect([operationOf(answer).status, documents()]).toEqual(['REJECTED', 1]);
  });
});

test('a fault of one group does not strike another', async () => {
  const other = quickGroup({ firstNumber: 10 }, { id: 'other', access: { kind: 'bearer', token: 'other' } });
  emulator = await started({
    settings: { groups: [quickGroup(), other], admin: { token: ADMIN_TOKEN } },
  });
  client = await clientOf(emulator.url);
  await faults([{ when: { group: 'other' }, do: 'drive-full' }]);
  expect(operationOf(await client.submit(operation(1))).status).toBe('SUCCESS');
  const groups = await adminOf(emulator.url).get('/groups');
  expect(groups.json).toMatchObject([{ units: [{ able: true }] }, { units: [{ able: false }] }]);
});
