import type { Socket } from 'node:net';
import { LARGEST_ANSWER } from './exchange';
import { deadlinesOf } from './http-client';
import { POST, answering, http, isWhole, openWire, short, workshop } from './wire.testing';

const { wireOf, bench, at, tidyUp } = workshop();
afterEach(tidyUp);

const nothing = (): void => undefined;

describe('a request', () => {
  it('goes out byte for byte as given', async () => {
    const wire = await wireOf(answering(http(200, 'ok')));
    await at(wire).client.request('send', POST);
    const [head = '', body = ''] = wire.received().split('\r\n\r\n');
    expect(head.split('\r\n')).toEqual([
      'POST /receipts?x=1 HTTP/1.1',
      `host: 127.0.0.1:${wire.port}`,
      'connection: keep-alive',
      'content-type: application/json',
      'x-odd: yes',
      'content-length: 19',
    ]);
    expect(Buffer.from(body, 'latin1').toString('utf8')).toBe('{"сумма": 1.0}');
  });

  it('gives status, headers and the bytes of the answer', async () => {
    const wire = await wireOf(answering(http(409, 'нет', ['X-A: 1', 'x-a: 2', 'Content-Type: text/plain'])));
    const outcome = await at(wire).client.request('send', POST);
    expect(outcome).toMatchObject({
      _tag: 'Answered',
      status: 409,
      headers: { 'x-a': '1, 2', 'content-type': 'text/plain' },
    });
    expect(outcome._tag === 'Answered' && Buffer.from(outcome.body).toString('utf8')).toBe('нет');
  });

  it('passes over announcements (1xx) and takes empty answers as they are', async () => {
    const wire = await wireOf(
      answering(`HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n`),
    );
    expect(short(await at(wire).client.request('send', POST))).toBe('Answered 201');
  });

  it('follows no redirect and sounds an alarm', async () => {
    const wire = await wireOf(answering(http(307, '', ['location: http://127.0.0.1:1/steal'])));
    const { client, logged } = at(wire);
    expect(short(await client.request('send', POST))).toBe('Answered 307');
    expect(wire.connections).toHaveLength(1);
    expect(logged.join()).toContain('redirect');
  });
});

describe('not sent is said only with proof', () => {
  it('when the connection is refused', async () => {
    const wire = await openWire(() => undefined);
    await wire.close();
    expect(short(await at(wire).client.request('send', POST))).toBe('NotSent refused');
  });

  it('when the name has no address, or the resolver fails', async () => {
    const nowhere = bench('http://kassa.example', { resolve: () => Promise.resolve([]) });
    expect(short(await nowhere.client.request('send', POST))).toBe('NotSent dns');
    const failing = bench('http://kassa.example', { resolve: () => Promise.reject(new Error('SERVFAIL')) });
    expect(short(await failing.client.request('send', POST))).toBe('NotSent dns');
  });

  it('when a public name leads into the own network, also with one address among several', async () => {
    const addresses = [
      { address: '1.2.3.4', family: 4 },
      { address: '192.168.1.1', family: 4 },
    ];
    const { client, logged } = bench('http://kassa.example', { resolve: () => Promise.resolve(addresses) });
    expect(short(await client.request('send', POST))).toBe('NotSent blocked-address');
    expect(logged.join()).toContain('blocked-address');
  });

  it('when the address itself is not allowed, however it is written', async () => {
    const wire = await wireOf(() => undefined);
    for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '[::1]', '[::ffff:7f00:1]']) {
      const { client } = bench(`http://${host}:${wire.port}`, { addressRule: 'public' });
      expect(short(await client.request('send', POST))).toBe('NotSent blocked-address');
    }
    expect(wire.connections).toHaveLength(0);
  });

  it('when no connection is ready in time; one that becomes ready later carries nothing', async () => {
    let connect = nothing;
    const wire = await wireOf((socket) => socket.write(http(200, 'ok')));
    const resolved = new Promise<ReadonlyArray<{ address: string; family: number }>>((resolve) => {
      connect = () => resolve([{ address: '127.0.0.1', family: 4 }]);
    });
    const { client, advance } = bench(`http://kassa.example:${wire.port}`, { resolve: () => resolved });
    const outcome = client.request('send', POST);
    await Promise.resolve();
    advance(10_000);
    expect(short(await outcome)).toBe('NotSent unreachable');
    connect();
    // Another exchange of the same process comes later than whatever the first one would have done.
    await at(wire).client.request('ask', { method: 'GET', path: '/late', headers: {} });
    expect(wire.received()).not.toContain('POST');
  });

  it('when no slot becomes free in time, first come first served', async () => {
    const wire = await wireOf(() => undefined);
    const { client, advance } = at(wire, { connections: { send: 1 } });
    const first = client.request('send', { ...POST, path: '/first' });
    const second = client.request('send', { ...POST, path: '/second' });
    await wire.until('/first');
    advance(5_000);
    expect(short(await second)).toBe('NotSent no-slot');
    advance(25_000);
    expect(short(await first)).toBe('Unanswered timeout');
    expect(wire.received()).not.toContain('/second');
  });

  it('when the caller gave up before, or while it waited for a slot', async () => {
    const wire = await wireOf(() => undefined);
    const { client } = at(wire, { connections: { send: 1 } });
    expect(short(await client.request('send', POST, { signal: AbortSignal.abort() }))).toBe(
      'NotSent aborted',
    );
    const first = client.request('send', POST);
    const abort = new AbortController();
    const second = client.request('send', POST, { signal: abort.signal });
    abort.abort();
    expect(short(await second)).toBe('NotSent aborted');
    client.close();
    expect((await first)._tag).not.toBe('Answered');
  });

  it('when the request can not be written', async () => {
    const wire = await wireOf(() => undefined);
    const { client } = at(wire);
    const odd = { ...POST, headers: { authorization: 'Bearer a\r\nx: y' } };
    expect(short(await client.request('send', odd))).toBe('NotSent not-writable');
    expect(wire.received()).toBe('');
  });

  it('after the client was closed', async () => {
    const wire = await wireOf(answering(http(200, 'ok')));
    const { client } = at(wire);
    client.close();
    expect(short(await client.request('send', POST))).toBe('NotSent no-slot');
    expect(wire.connections).toHaveLength(0);
  });
});

describe('after the first byte everything without a whole answer is unanswered', () => {
  const cases: ReadonlyArray<readonly [string, (socket: Socket) => void, string]> = [
    ['the server closes without an answer', (socket) => socket.end(), 'connection-lost'],
    ['the server resets', (socket) => socket.resetAndDestroy(), 'connection-lost'],
    ['the answer is no HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'), 'not-http'],
    [
      'the answer breaks off',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"a"'),
      'connection-lost',
    ],
    [
      'a chunk breaks off',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n{"a"'),
      'connection-lost',
    ],
    [
      'the head is too long',
      (socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`),
      'not-http',
    ],
  ];
  it.each(cases)('%s', async (_, serve, why) => {
    const wire = await wireOf((socket, received) => {
      if (isWhole(received)) serve(socket);
    });
    expect(short(await at(wire).client.request('send', POST))).toBe(`Unanswered ${why}`);
    expect(wire.connections).toHaveLength(1);
  });

  it('the server closes at the first byte of the request', async () => {
    const wire = await wireOf((socket) => socket.resetAndDestroy());
    const large = { ...POST, body: Buffer.alloc(4 * LARGEST_ANSWER, 0x61) };
    expect(short(await at(wire).client.request('send', large))).toBe('Unanswered connection-lost');
    expect(wire.connections).toHaveLength(1);
  });

  it('more than one MiB is cut off', async () => {
    const wire = await wireOf((socket, received) => {
      if (isWhole(received)) socket.write(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(LARGEST_ANSWER + 1)}`);
    });
    const { client, logged } = at(wire);
    expect(short(await client.request('send', POST))).toBe('Unanswered too-large');
    expect(logged.join()).toContain('too-large');
  });

  it('exactly one MiB is an answer', async () => {
    const wire = await wireOf(answering(http(200, 'x'.repeat(LARGEST_ANSWER))));
    expect(short(await at(wire).client.request('send', POST))).toBe('Answered 200');
  });

  it('an idle connection is closed by the server as the next request is written (keep-alive race)', async () => {
    const wire = await wireOf((socket, received) => {
      if (received.includes('/second')) socket.resetAndDestroy();
      else if (isWhole(received)) socket.write(http(200, 'ok'));
    });
    const { client } = at(wire);
    expect(short(await client.request('send', { ...POST, path: '/first' }))).toBe('Answered 200');
    expect(short(await client.request('send', { ...POST, path: '/second' }))).toBe(
      'Unanswered connection-lost',
    );
    expect(wire.connections).toHaveLength(1);
    expect(wire.received().split('/second')).toHaveLength(2);
  });

  it('the caller gives up', async () => {
    const wire = await wireOf(() => undefined);
    const abort = new AbortController();
    const outcome = at(wire).client.request('send', POST, { signal: abort.signal });
    await wire.until('POST');
    abort.abort();
    expect(short(await outcome)).toBe('Unanswered aborted');
  });
});

describe("deadlines are the runtime's", () => {
  const part = { slotMs: 1_000, connectMs: 2_000, headersMs: 3_000, bodyMs: 4_000, totalMs: 6_000 };
  const deadlines = { send: part, ask: part, token: part };

  it('from the first byte to the head of the answer', async () => {
    const wire = await wireOf(() => undefined);
    const { client, advance } = at(wire, { deadlines });
    const outcome = client.request('send', POST);
    await wire.until('POST');
    advance(3_000);
    expect(short(await outcome)).toBe('Unanswered timeout');
  });

  it('from the head to the end of the answer', async () => {
    const wire = await wireOf((socket, received) => {
      if (received.includes('GET')) socket.write(http(200, 'ok'));
      else if (isWhole(received)) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{');
    });
    const { client, advance } = at(wire, { deadlines });
    let isOver = false;
    const outcome = client.request('send', POST).finally(() => (isOver = true));
    await wire.until('POST');
    // By the time another exchange is over, the head of the first answer has been read.
    await client.request('ask', { method: 'GET', path: '/', headers: {} });
    advance(3_999);
    await client.request('ask', { method: 'GET', path: '/', headers: {} });
    expect(isOver).toBe(false);
    advance(1);
    expect(short(await outcome)).toBe('Unanswered timeout');
  });

  it('for everything together', () => {
    expect(deadlinesOf(3_000)).toEqual({
      slotMs: 3_000,
      connectMs: 3_000,
      headersMs: 3_000,
      bodyMs: 3_000,
      totalMs: 3_000,
    });
    expect(deadlinesOf(30_000)).toMatchObject({ slotMs: 5_000, connectMs: 10_000, totalMs: 30_000 });
  });

  it('and of the longer work that a request is a part of', async () => {
    const wire = await wireOf(nothing);
    const { client, advance } = at(wire, { deadlines });
    const outcome = client.request('send', POST, { totalMs: 1_500 });
    await wire.until('POST');
    advance(1_500);
    expect(short(await outcome)).toBe('Unanswered timeout');
    expect(short(await client.request('send', POST, { totalMs: 0 }))).toBe('NotSent unreachable');
  });

  it('the time spent waiting for a slot counts', async () => {
    const wire = await wireOf(() => undefined);
    const { client, advance } = at(wire, {
      connections: { send: 1 },
      deadlines: { ...deadlines, send: { ...part, slotMs: 5_000, headersMs: 4_000, totalMs: 6_000 } },
    });
    const first = client.request('send', { ...POST, path: '/first' });
    const second = client.request('send', { ...POST, path: '/second' });
    await wire.until('/first');
    advance(4_000);
    await first;
    await wire.until('/second');
    advance(2_000);
    expect(short(await second)).toBe('Unanswered timeout');
  });
});

describe('connections', () => {
  it('serve one request after another', async () => {
    const wire = await wireOf(answering(http(200, 'ok')));
    const { client } = at(wire);
    for (let round = 0; round < 3; round += 1) await client.request('send', POST);
    expect(wire.connections).toHaveLength(1);
  });

  it('are made for each request where none is to be kept', async () => {
    const wire = await wireOf(answering(http(200, 'ok')));
    const { client } = at(wire, { keepAliveMs: 0 });
    await client.request('send', POST);
    await client.request('send', POST);
    expect(wire.connections).toHaveLength(2);
    expect(wire.received()).toContain('connection: close');
  });

  it('of one purpose never wait for another purpose, and are never more than allowed', async () => {
    const wire = await wireOf((socket, received) => {
      if (received.includes('GET')) socket.write(http(200, 'ok'));
    });
    const { client } = at(wire, { connections: { send: 2 } });
    const stuck = Array.from({ length: 5 }, () => client.request('send', POST));
    const asked = await client.request('ask', { method: 'GET', path: '/state', headers: {} });
    expect(short(asked)).toBe('Answered 200');
    expect(wire.connections).toHaveLength(3);
    client.close();
    const ends = await Promise.all(stuck);
    expect(ends.filter(({ _tag }) => _tag === 'Unanswered')).toHaveLength(2);
    expect(ends.filter(({ _tag }) => _tag === 'NotSent')).toHaveLength(3);
  });

  it('are made anew after one was lost', async () => {
    const wire = await wireOf((socket, received) => {
      if (received.includes('/bad')) socket.destroy();
      else if (isWhole(received)) socket.write(http(200, 'ok'));
    });
    const { client } = at(wire, { connections: { send: 1 } });
    expect((await client.request('send', { ...POST, path: '/bad' }))._tag).toBe('Unanswered');
    expect(short(await client.request('send', POST))).toBe('Answered 200');
  });
});
