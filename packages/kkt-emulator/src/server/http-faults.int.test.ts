import { connect, createServer } from 'node:net';
import {
  ADMIN_TOKEN,
  adminOf,
  ask,
  clientOf,
  drowsyRuntime,
  failure,
  operation,
  operationOf,
  quickGroup,
  saleBody,
  started,
} from './server.testing';
import type { RunningEmulator } from './start-emulator';

let emulator: RunningEmulator;
let client: Awaited<ReturnType<typeof clientOf>>;
const drowsy = drowsyRuntime();

beforeAll(async () => {
  emulator = await started({
    runtime: drowsy.runtime,
    settings: { groups: [quickGroup()], admin: { token: ADMIN_TOKEN } },
  });
});
afterAll(() => emulator.close());

let last = 0;
/** An operation id that no other test uses. */
const fresh = (): string => operation((last += 1));
const admin = () => adminOf(emulator.url);
const setFaults = async (...faults: ReadonlyArray<object>): Promise<void> => {
  expect((await admin().put('/faults', { faults })).status).toBe(200);
};
const documents = (key: string) =>
  emulator.emulator.machine.group('group')?.registers.ledger.byKey(key).length;
const post = (key: string) => ({ body: saleBody(key), headers: client.headers });
const submitFails = (key: string): Promise<string> => failure(`${emulator.url}/kkts/receipts`, post(key));

beforeEach(async () => {
  await admin().remove('/faults');
  client = await clientOf(emulator.url);
});

describe('the connection', () => {
  test('reset before anything is done: no document', async () => {
    await setFaults({ when: { operation: 'submit', nth: 1 }, do: 'reset-before' });
    const key = fresh();
    expect([await submitFails(key), documents(key)]).toEqual(['ECONNRESET', 0]);
    expect(operationOf(await client.submit(key)).status).toBe('SUCCESS');
  });

  test('reset when the document is made: a repetition is answered with it', async () => {
    await setFaults({ when: { operation: 'submit', nth: 1 }, do: 'reset-after' });
    const key = fresh();
    expect([await submitFails(key), documents(key)]).toEqual(['ECONNRESET', 1]);
    expect(operationOf(await client.submit(key)).status).toBe('SUCCESS');
    expect(documents(key)).toBe(1);
  });

  test('a reset is a reset (RST), not an orderly end', async () => {
    await setFaults({ when: { nth: 1 }, do: 'reset-before' });
    const socket = connect(emulator.port, '127.0.0.1');
    const end = new Promise<string>((resolve) => {
      socket
        .on('end', () => resolve('end'))
        .on('error', (error: NodeJS.ErrnoException) => resolve(`${error.code}`));
    });
    socket.write('GET /kkts HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(await end).toBe('ECONNRESET');
  });

  test('refused for a while, then served again at the same place', async () => {
    await setFaults({ when: { operation: 'submit', nth: 1 }, do: 'refuse', milliseconds: 5000 });
    const key = fresh();
    expect(await submitFails(key)).toBe('ECONNRESET');
    await drowsy.sleeping(5000);
    expect(await submitFails(key)).toBe('ECONNREFUSED');
    expect(await failure(`${emulator.url}/admin/health`)).toBe('ECONNREFUSED');
    drowsy.wake(5000);
    const again = async (): Promise<string> => {
      const outcome = await submitFails(key);
      return outcome === 'ECONNREFUSED' ? again() : outcome;
    };
    expect([await again(), documents(key)]).toEqual(['answered 200', 1]);
  });

  test('refused longer than it takes another to sit at its place: it waits for it', async () => {
    await setFaults({ when: { nth: 1 }, do: 'refuse', milliseconds: 6000 });
    await submitFails(fresh());
    await drowsy.sleeping(6000);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(emulator.port, '127.0.0.1', resolve));
    drowsy.wake(6000);
    await drowsy.sleeping(50);
    await new Promise((resolve) => other.close(resolve));
    drowsy.wake(50);
    const again = async (): Promise<string> => {
      const outcome = await failure(`${emulator.url}/kkts`, { headers: client.headers });
      return outcome === 'ECONNREFUSED' ? again() : outcome;
    };
    expect(await again()).toBe('answered 200');
  });

  test.each([
    [false, 0],
    [true, 1],
  ])('hanging, carried out: %p', async (effect, made) => {
    await setFaults({ when: { nth: 1 }, do: 'hang', effect });
    const key = fresh();
    const patience = new AbortController();
    const outcome = failure(`${emulator.url}/kkts/receipts`, { ...post(key), signal: patience.signal });
    // The next request is answered only after this one was taken.
    while (emulator.emulator.machine.standingFaults().faults[0]?.seen === 0) await admin().get('/health');
    await admin().get('/health');
    patience.abort();
    expect([await outcome, documents(key)]).toEqual(['ABORT_ERR', made]);
  });

  test('cut short of the length that was announced', async () => {
    await setFaults({ when: { nth: 1 }, do: 'truncate' });
    const key = fresh();
    expect([await submitFails(key), documents(key)]).toEqual(['ECONNRESET', 1]);
  });
});

describe('slow', () => {
  test('after it was carried out', async () => {
    await setFaults({ when: { nth: 1 }, do: 'slow', milliseconds: 30_000 });
    const key = fresh();
    const answer = client.submit(key);
    await drowsy.sleeping(30_000);
    expect(documents(key)).toBe(1);
    drowsy.wake(30_000);
    expect(operationOf(await answer).status).toBe('SUCCESS');
  });

  test('before: the client may be gone long before the document is made', async () => {
    await setFaults({ when: { nth: 1 }, do: 'slow', milliseconds: 600_000, where: 'before' });
    const key = fresh();
    const patience = new AbortController();
    const outcome = failure(`${emulator.url}/kkts/receipts`, { ...post(key), signal: patience.signal });
    await drowsy.sleeping(600_000);
    patience.abort();
    expect([await outcome, documents(key)]).toEqual(['ABORT_ERR', 0]);
    const second = await client.submit(key);
    drowsy.wake(600_000);
    expect((await client.submit(key)).json).toEqual(second.json);
    expect(documents(key)).toBe(1);
  });

  test('a byte at a time', async () => {
    await setFaults({ when: { operation: 'kkts', nth: 1 }, do: 'trickle', milliseconds: 7 });
    const answer = client.kkts();
    const rest = async (bytes: number): Promise<number> => {
      const asleep = await Promise.race([drowsy.sleeping(7).then(() => true), answer.then(() => false)]);
      drowsy.wake(7);
      return asleep ? rest(bytes + 1) : bytes;
    };
    const bytes = await rest(0);
    expect((await answer).json).toMatchObject({ kktStatus: 'FISCALIZATION_AVAILABLE' });
    expect(bytes).toBeGreaterThan(100);
  });
});

describe('statuses', () => {
  test.each([
    [400, 'BAD_REQUEST'],
    [401, 'BAD_CREDENTIALS'],
    [402, 'NO_TARIFF_FOUND'],
    [403, 'AUTHORIZATION_EXCEPTION'],
    [404, 'NOT_FOUND'],
    [429, 'TOO_MANY_REQUESTS'],
    [500, 'UNKNOWN_EXCEPTION'],
    [503, 'SERVICE_UNAVAILABLE_PAYMENT'],
    [504, 'BACKEND_CONNECTION_ERROR'],
  ])('%p with a problem body of type %s, nothing done', async (status, type) => {
    await setFaults({ when: { nth: 1 }, do: 'status', status });
    const key = fresh();
    const answer = await client.submit(key);
    expect([answer.status, answer.json]).toMatchObject([
      status,
      { type, status, instance: '/kkts/receipts' },
    ]);
    expect(documents(key)).toBe(0);
  });

  test('a type of one’s own; an error though the document was made', async () => {
    await setFaults({ when: { nth: 1 }, do: 'status', status: 500, type: 'NEW_TYPE', effect: true });
    const key = fresh();
    expect((await client.submit(key)).json).toMatchObject({ type: 'NEW_TYPE', status: 500 });
    expect(documents(key)).toBe(1);
  });

  test.each([
    [502, false, 0],
    [504, true, 1],
  ])('the page of a gateway, %p, carried out: %p', async (status, effect, made) => {
    await setFaults({ when: { nth: 1 }, do: 'gateway-page', status, effect });
    const key = fresh();
    const answer = await client.submit(key);
    expect([answer.status, answer.headers['content-type'], documents(key)]).toEqual([
      status,
      'text/html',
      made,
    ]);
    expect(answer.text).toContain('<html>');
  });

  test.each([429, 503])('%p with Retry-After', async (status) => {
    await setFaults({ when: { nth: 1 }, do: 'retry-after', status, seconds: 90 });
    const answer = await client.submit(fresh());
    expect([answer.status, answer.headers['retry-after']]).toEqual([status, '90']);
  });

  test('a redirection', async () => {
    await setFaults({ when: { nth: 1 }, do: 'redirect', location: 'http://127.0.0.1:9/kkts/receipts' });
    const answer = await client.submit(fresh());
    expect([answer.status, answer.headers.location]).toEqual([307, 'http://127.0.0.1:9/kkts/receipts']);
  });

  test('a token that ends early is 401 and stays so; a new one is given', async () => {
    await setFaults({ when: { operation: 'submit', nth: 1 }, do: 'expire-token' });
    const key = fresh();
    const refused = await client.submit(key);
    expect([refused.status, documents(key)]).toEqual([401, 0]);
    expect((await client.kkts()).status).toBe(401);
    client = await clientOf(emulator.url);
    expect(operationOf(await client.submit(key)).status).toBe('SUCCESS');
  });
});

describe('bodies', () => {
  const struck = async (fault: object) => {
    await setFaults({ when: { nth: 1 }, ...fault });
    const key = fresh();
    const answer = await client.submit(key);
    expect(documents(key)).toBe(1);
    return answer;
  };

  test('that are no JSON', async () => {
    const answer = await struck({ do: 'invalid-json' });
    expect([answer.status, answer.json]).toEqual([200, undefined]);
    expect(answer.text.length).toBeGreaterThan(10);
  });

  test('that are empty', async () => {
    const answer = await struck({ do: 'empty' });
    expect([answer.status, answer.text]).toEqual([200, '']);
  });

  test('that do not end', async () => {
    const answer = await struck({ do: 'endless', bytes: 300_000 });
    expect(answer.text.length).toBeGreaterThan(300_000);
    expect(answer.headers).not.toHaveProperty('content-length');
  });

  test.each([
    ['unknown-status', { operationResponse: { operationStatus: 'DONE' } }],
    [
      'foreign-operation',
      { operationResponse: { operationId: expect.not.stringContaining('00000000-0000-4000') } },
    ],
    ['extra-members', { operationResponse: { operationStatus: 'SUCCESS' }, unknownMember: [{}] }],
  ])('with one thing wrong: %s', async (what, body) => {
    const { json } = await struck({ do: 'alter', what });
    expect(json).toMatchObject(body);
  });

  test('of a SUCCESS without a result', async () => {
    const { json } = await struck({ do: 'alter', what: 'empty-result' });
    expect(json).toEqual({
      operationResponse: expect.objectContaining({ operationStatus: 'SUCCESS' }),
      receiptResponse: {},
    });
  });
});

test('a fault is about the operation and the key it names', async () => {
  const [one, two] = [fresh(), fresh()];
  await setFaults({ when: { operation: 'status', key: two }, do: 'status', status: 500 });
  const ids = await Promise.all(
    [one, two].map(async (key) => operationOf(await client.submit(key)).receiptId),
  );
  expect(await Promise.all(ids.map(async (id) => (await client.status(id)).status))).toEqual([200, 500]);
  expect((await ask(`${emulator.url}/kkts`, { headers: client.headers })).status).toBe(200);
});
