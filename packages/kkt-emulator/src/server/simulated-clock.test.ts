import { right, shop } from '../kkt/kkt.testing';
import { oneCGroup } from '../dialects/one-c/one-c-group';
import { memoryStorage } from '../storage/memory-storage';
import type { WireOutcome, WireRequest } from '../wire/wire';
import { createEmulator } from './emulator';
import type { EmulatorSettings } from './settings';
import { GATEWAY, operation, saleBody, virtualRuntime } from './server.testing';

const HOUR = 3_600_000;
const settings: EmulatorSettings = {
  groups: [right(oneCGroup('group', shop, { kind: 'bearer', token: 'token' }))],
  gateway: { ...GATEWAY, timeout: 25_000 },
};
const GATEWAY_CALL = '/public/program-1c/private/providers/emulator/calls/execute-rest-operation-call';
const request = (path: string, body?: object): WireRequest => ({
  method: body === undefined ? 'GET' : 'POST',
  path,
  headers: { authorization: 'Bearer token' },
  body: body === undefined ? '' : JSON.stringify(body),
});
const statusOf = (outcome: WireOutcome): string | undefined => {
  if (outcome._tag !== 'answered') return outcome._tag;
  const body = JSON.parse(outcome.body) as { operationResponse?: { operationStatus: string } };
  return body.operationResponse?.operationStatus;
};

/** An emulator without a socket, whose time is that of a kernel. */
const simulated = async () => {
  const runtime = virtualRuntime();
  const storage = memoryStorage();
  const emulator = right(await createEmulator({ runtime, settings, storage })());
  const { kernel } = runtime;
  return {
    emulator,
    kernel,
    documents: () => emulator.machine.groups().flatMap(({ registers }) => registers.ledger.entries()),
    send: (wire: WireRequest) => kernel.complete(() => emulator.exchange(wire)),
  };
};

test('registers work in the background, at the time of the simulation', async () => {
  const { kernel, documents, send } = await simulated();
  expect(statusOf(await send(request('/kkts/receipts', saleBody(operation(1)))))).toBe('IN_PROGRESS');
  await kernel.run({ until: kernel.now() + 2500 });
  // Nobody has called since: the registration, the opening of the shift, the receipt.
  expect(documents().map(({ document }) => document.form)).toEqual([1, 2, 3]);
  await kernel.run({ until: kernel.now() + 25 * HOUR });
  expect(
    documents().map(({ document, madeAt }) => [document.form, madeAt - Date.UTC(2026, 2, 1, 9)]),
  ).toEqual([
    [1, 0],
    [2, 1000],
    [3, 2000],
    [5, 23 * HOUR + 1000],
  ]);
});

test('with nothing to come no timer is set: the simulation falls idle', async () => {
  const { kernel, emulator } = await simulated();
  const end = await kernel.run();
  expect(end.reason).toBe('idle');
  // The registration report was confirmed by the OFD after three minutes.
  expect(kernel.now()).toBeGreaterThanOrEqual(180_000);
  expect(emulator.machine.nextEventAt()).toBeUndefined();
});

test('a slow answer takes virtual time, and the same course is taken again', async () => {
  const course = async () => {
    const { emulator, kernel, send, documents } = await simulated();
    emulator.machine.setFaults(
      { http: [{ do: 'slow', milliseconds: 600_000, when: { operation: 'submit', nth: 1 } }], devices: [] },
      false,
    );
    const outcome = await send(request('/kkts/receipts', saleBody(operation(1))));
    return [kernel.now(), outcome, documents()];
  };
  const first = await course();
  expect(first[0]).toBeGreaterThanOrEqual(600_000);
  expect(await course()).toEqual(first);
});

test('the gateway waits its time out for a provider that never answers', async () => {
  const { emulator, kernel, send } = await simulated();
  const hang = { do: 'hang', when: { layer: 'inner' } } as const;
  emulator.machine.setFaults({ http: [hang], devices: [] }, false);
  const began = kernel.now();
  const outcome = await send({
    method: 'POST',
    path: GATEWAY_CALL,
    headers: { authorization: `Basic ${Buffer.from('its:portal').toString('base64')}` },
    body: JSON.stringify({
      method: 'GET',
      path: '/kkts',
      requestHeaders: { Authorization: 'Bearer token' },
      uriVariables: {},
      queryParams: {},
    }),
  });
  expect(outcome).toMatchObject({ _tag: 'answered', status: 504 });
  expect(kernel.now() - began).toBeGreaterThanOrEqual(25_000);
});
