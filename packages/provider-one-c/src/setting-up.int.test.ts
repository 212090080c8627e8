import * as E from 'fp-ts/Either';
import type { Connection } from '@cloud-kassa/core';
import { scriptedServer, steppedRuntime } from '@cloud-kassa/provider/conformance';
import type { ConformanceServer, ServerStep, WireAnswer } from '@cloud-kassa/provider/conformance';
import type { CheckReport } from './check-connection';
import { checkOneC } from './check-connection';
import { listOneCProviders } from './list-providers';
import { ALL_SECRETS, connectionTo, json, problem, protocolOf, secretsOf } from './one-c.testing';
import { SETUP_CHECKLIST } from './setup-checklist';

let server: ConformanceServer;
beforeEach(async () => {
  server = await scriptedServer(protocolOf('direct'));
});
afterEach(() => server.close());

const failedStep = ({ steps }: CheckReport): string =>
  steps.find(({ state }) => state === 'failed')?.step ?? 'none';

const checked = (connection: Connection, secrets = ALL_SECRETS): Promise<CheckReport> =>
  checkOneC({ connection, secrets, runtime: steppedRuntime().runtime });

const answering = (answer: WireAnswer): ServerStep => ({ do: 'answer', answer });

describe('the check of a connection', () => {
  it('passes where a register is ready, step by step', async () => {
    const report = await checked(connectionTo(server.baseUrl));
    expect(report).toMatchObject({ passed: true, units: [] });
    expect(report.steps.map(({ state }) => state)).toEqual(report.steps.map(() => 'passed'));
    expect(report.checklist).toBe(SETUP_CHECKLIST);
    // The server of the test speaks plain http: no channel is praised that was not made.
    expect(report.steps.find(({ step }) => step === 'tls')?.text.english).toMatch(
      /^No secure channel is used/,
    );
  });

  it.each<readonly [string, string, ServerStep]>([
    ['credentials', 'wrong credentials', answering(problem(401, 'USER_AUTHENTICATION_EXCEPTION_1C'))],
    ['credentials', 'too many wrong attempts', answering(problem(429, 'TOO_MANY_REQUESTS'))],
    ['tariff', 'no tariff', answering(problem(402, 'NO_TARIFF_FOUND'))],
    ['access', 'no access', answering(problem(403, 'AUTHORIZATION_EXCEPTION'))],
    ['access', 'a provider that is switched off', answering(problem(400, 'PROVIDER_DISABLED'))],
    ['answer', 'an error of the service', answering(problem(500, 'UNKNOWN_EXCEPTION'))],
    [
      'answer',
      'a page instead of an answer',
      answering({ status: 200, headers: { 'content-type': 'text/html' }, body: '<p>' }),
    ],
    ['answer', 'a lost answer', { do: 'reset' }],
    ['registers', 'a register that is not ready', answering(json(200, { kktStatus: 'SHIFT_ERROR' }))],
    ['registers', 'a group without registers', answering(json(200, []))],
  ])('fails at %s for %s', async (step, _, script) => {
    server.script(script);
    const report = await checked(connectionTo(server.baseUrl));
    expect([report.passed, failedStep(report)]).toEqual([false, step]);
    const at = report.steps.findIndex(({ state }) => state === 'failed');
    expect(report.steps.slice(0, at).every(({ state }) => state === 'passed')).toBe(true);
    expect(report.steps.slice(at + 1).every(({ state }) => state === 'not-reached')).toBe(true);
  });

  it('fails at the connection where nobody listens', async () => {
    await server.refuseConnections();
    expect(failedStep(await checked(connectionTo(server.baseUrl)))).toBe('connection');
  });

  it('fails at the certificate where the server speaks no TLS', async () => {
    const secure = connectionTo(server.baseUrl.replace('http:', 'https:'));
    expect(failedStep(await checked(secure))).toBe('tls');
  });

  it('fails at the name where it leads into a private network', async () => {
    const inside = connectionTo('http://10.1.2.3:8080');
    expect(failedStep(await checked(inside))).toBe('name');
  });

  it('fails at the secret where it lacks a part', async () => {
    expect(
      failedStep(await checked(connectionTo(server.baseUrl, 'gateway'), secretsOf({ shopSecret: 's' }))),
    ).toBe('secret');
  });

  it('fails at the parameters, by field', async () => {
    const report = await checked({ ...connectionTo(server.baseUrl), parameters: { access: 'direct' } });
    expect(failedStep(report)).toBe('parameters');
    expect(report.problem).toMatchObject({
      _tag: 'NotAConnection',
      refusals: [{ field: 'shopId', rule: 'obligatory' }, { field: 'kktsGroupId' }],
    });
    const mixed = await checked({ ...connectionTo(server.baseUrl), environment: 'production' });
    expect(mixed.problem).toEqual({ _tag: 'WrongEnvironment', rule: 'loopback-address' });
  });

  it('says everything in both languages, and every item of the checklist has its source', async () => {
    const passed = await checked(connectionTo(server.baseUrl));
    await server.refuseConnections();
    const failed = await checked(connectionTo(server.baseUrl));
    for (const { text } of [...passed.steps, ...failed.steps, ...SETUP_CHECKLIST]) {
      expect(text.russian).toMatch(/[А-Яа-я]/);
      expect(text.english).not.toMatch(/[А-Яа-я]/);
    }
    for (const { source } of SETUP_CHECKLIST) expect(source).toMatch(/^S\d/);
  });
});

describe('the list of providers (GET /public/providers)', () => {
  const listed = async (answer: WireAnswer): Promise<unknown> => {
    const gateway = await scriptedServer({ ...protocolOf('direct'), aside: () => undefined });
    gateway.script(answering(answer));
    const list = await listOneCProviders({
      runtime: steppedRuntime().runtime,
      gatewayUrl: `${gateway.baseUrl}/public/program-1c`,
      addressRule: 'public-and-loopback',
    });
    const [seen] = gateway.seen;
    expect(seen).toMatchObject({ method: 'GET', path: '/public/program-1c/public/providers' });
    expect(seen?.headers).not.toHaveProperty('authorization');
    await gateway.close();
    return E.isRight(list) ? list.right : list.left.why;
  };

  it('tells providers with their type of authentication and their cabinet', async () => {
    const entry = {
      id: 'p1',
      integrationEnabled: true,
      name: 'Касса',
      authorizationType: 'Basic',
      personalPageUrl: 'https://lk.example.ru',
    };
    const list = [
      entry,
      {
        ...entry,
        id: 7,
        integrationEnabled: false,
        authorizationType: 'SALESREGISTERGROUP',
        personalPageUrl: '',
      },
    ];
    expect(await listed(json(200, list))).toEqual([
      { id: 'p1', name: 'Касса', enabled: true, authentication: 'basic', cabinet: 'https://lk.example.ru' },
      { id: '7', name: 'Касса', enabled: false, authentication: 'register-group' },
    ]);
  });

  it('leaves out entries of a kind it does not know, and links that are no web addresses', async () => {
    const entry = { id: 'p1', name: 'Касса', authorizationType: 'Bearer' };
    const list = [
      { ...entry, authorizationType: 'OAuth' },
      { ...entry, id: '' },
      null,
      { ...entry, personalPageUrl: 'javascript:alert(1)' },
    ];
    expect(await listed(json(200, list))).toEqual([
      { id: 'p1', name: 'Касса', enabled: false, authentication: 'bearer' },
    ]);
  });

  it('is not there where the gateway does not give it', async () => {
    expect(await listed(json(503, {}))).toBe('refused');
    expect(await listed(json(200, {}))).toBe('unreadable');
    expect(await listed({ status: 200, headers: { 'content-type': 'text/html' }, body: '<p>' })).toBe(
      'unreadable',
    );
    await server.refuseConnections();
    const { runtime } = steppedRuntime();
    const none = await listOneCProviders({
      runtime,
      gatewayUrl: server.baseUrl,
      addressRule: 'public-and-loopback',
    });
    expect(none).toEqual(E.left({ _tag: 'NoProviderList', why: 'not-reached' }));
    for (const gatewayUrl of ['ftp://gateway.example', 'mailto:a@example.ru', 'gateway'])
      expect(await listOneCProviders({ runtime, gatewayUrl })).toEqual(none);
    const inside = await listOneCProviders({ runtime, gatewayUrl: server.baseUrl });
    expect(inside).toEqual(E.left({ _tag: 'NoProviderList', why: 'not-reached' }));
  });
});
