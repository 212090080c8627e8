import * as E from 'fp-ts/Either';
import type { Connection } from '@cloud-kassa/core';
import { fillForm, parametersCodec, shownFields } from '@cloud-kassa/provider';
import { authenticationTypeOf } from './authentication-type';
import { ONE_C_FORM, ONE_C_GATEWAY } from './connection-form';
import { changedParts, oneCDedupDomain } from './dedup-domain';
import { environmentProblem } from './environment';
import type { OneCConnection } from './one-c-connection';
import { connectionOfForm, oneCConnection, secretNames } from './one-c-connection';

const GATEWAY: Connection = {
  provider: 'one-c',
  environment: 'production',
  baseUrl: ONE_C_GATEWAY,
  parameters: {
    access: 'gateway',
    providerId: 'kassa-1',
    portalLogin: 'its',
    authentication: 'register-group',
    shopId: 'shop 1',
    kktsGroupId: 'group/1',
  },
  secretRef: 'file:one-c/main',
};

const DIRECT: Connection = {
  ...GATEWAY,
  baseUrl: 'https://kassa.example.ru/api/',
  parameters: { access: 'direct', authentication: 'basic', login: 'shop' },
};

const read = (connection: Connection): OneCConnection => {
  const made = oneCConnection(connection);
  if (E.isLeft(made)) throw new Error(JSON.stringify(made.left));
  return made.right;
};

const changed = (connection: Connection, parameters: Readonly<Record<string, string>>): Connection => ({
  ...connection,
  parameters: { ...connection.parameters, ...parameters },
});

describe('a connection', () => {
  it('through the gateway', () => {
    expect(read(GATEWAY)).toEqual({
      environment: 'production',
      origin: 'https://cloud-sales-register-integration.1c.ru',
      basePath: '/public/program-1c',
      access: { by: 'gateway', providerId: 'kassa-1', portalLogin: 'its' },
      account: { by: 'register-group', shopId: 'shop 1', kktsGroupId: 'group/1' },
      secretRef: 'file:one-c/main',
    });
    expect(secretNames(read(GATEWAY))).toEqual(['portalPassword', 'shopSecret']);
  });

  it('straight to the provider', () => {
    expect(read(DIRECT)).toMatchObject({
      origin: 'https://kassa.example.ru',
      basePath: '/api',
      access: { by: 'direct' },
      account: { by: 'basic', login: 'shop' },
    });
    expect(secretNames(read(DIRECT))).toEqual(['password']);
    const bearer = changed(
      { ...DIRECT, parameters: { access: 'direct' } },
      { authentication: 'bearer', account: 'main' },
    );
    expect(secretNames(read(bearer))).toEqual(['token']);
  });

  it('that does not fit is refused by field and rule, never by value', () => {
    const refusals = (connection: Connection): unknown => {
      const made = oneCConnection(connection);
      return E.isLeft(made) && made.left._tag === 'NotAConnection'
        ? made.left.refusals.map(({ field, rule }) => `${field}: ${rule}`)
        : made;
    };
    expect(refusals({ ...GATEWAY, parameters: { access: 'gateway' } })).toEqual([
      'portalLogin: obligatory',
      'providerId: obligatory',
      'shopId: obligatory',
      'kktsGroupId: obligatory',
    ]);
    expect(refusals(changed(DIRECT, { shopSecret: 'канарейка' }))).toEqual(['?: unknown-field']);
    expect(refusals(changed(DIRECT, { authentication: 'kerberos' }))).toEqual([
      'authentication: not-a-choice',
    ]);
  });

  it('is made of a filled form, secrets apart', () => {
    const filled = fillForm(ONE_C_FORM, { ...GATEWAY.parameters, shopSecret: 's', portalPassword: 'p' });
    if (E.isLeft(filled)) throw new Error('not filled');
    expect(connectionOfForm(filled.right, 'production', 'file:one-c/main')).toEqual(GATEWAY);
    expect(filled.right.secrets).toEqual({ shopSecret: 's', portalPassword: 'p' });
  });
});

describe('the form (S17, S18)', () => {
  it('changes with the way of access and the type of authentication', () => {
    const shown = (access: string, authentication: string): ReadonlyArray<string> =>
      shownFields(ONE_C_FORM, { access, authentication }).map(({ key }) => key);
    const gateway = ['access', 'gatewayUrl', 'portalLogin', 'portalPassword', 'providerId', 'authentication'];
    const direct = ['access', 'baseUrl', 'providerName', 'authentication'];
    expect(shown('gateway', 'basic')).toEqual([...gateway, 'login', 'password', 'receiptNumber']);
    expect(shown('direct', 'bearer')).toEqual([...direct, 'account', 'token', 'receiptNumber']);
    expect(shown('direct', 'register-group')).toEqual([
      ...direct,
      'shopId',
      'kktsGroupId',
      'shopSecret',
      'receiptNumber',
    ]);
  });

  it('has labels and help in both languages, and a way to the cabinet', () => {
    for (const { label, help } of ONE_C_FORM.fields) {
      for (const text of [label, ...(help === undefined ? [] : [help])]) {
        expect(text.russian).toMatch(/[А-Яа-я]/);
        expect(text.english).not.toMatch(/[А-Яа-я]/);
      }
    }
    expect(ONE_C_FORM.cabinet.label.russian).toBe('Личный кабинет провайдера');
  });

  it('is a codec of what is stored', () => {
    const codec = parametersCodec(ONE_C_FORM);
    expect(codec.is({ ...GATEWAY.parameters, gatewayUrl: ONE_C_GATEWAY })).toBe(true);
    expect(codec.is({ ...GATEWAY.parameters, gatewayUrl: ONE_C_GATEWAY, shopSecret: 's' })).toBe(false);
  });

  it('names the types of authentication as the list of providers does', () => {
    const names = [
      'Basic',
      'BEARER',
      'SalesRegisterGroup',
      'SALESREGISTERGROUP',
      'SALES_REGISTER_GROUP',
      'OAuth',
    ];
    expect(names.map(authenticationTypeOf)).toEqual([
      'basic',
      'bearer',
      'register-group',
      'register-group',
      'register-group',
      undefined,
    ]);
  });
});

describe('the dedup domain', () => {
  it('is made of environment, provider and account, with no secret and no ambiguity', () => {
    expect(oneCDedupDomain(read(GATEWAY))).toBe(
      'one-c/production/gateway:kassa-1/shop:shop%201/group:group%2F1',
    );
    expect(oneCDedupDomain(read(DIRECT))).toBe(
      'one-c/production/at:https%3A%2F%2Fkassa.example.ru%2Fapi/login:shop',
    );
  });

  it('stays the same under another secret, another portal login, and a slash more', () => {
    const domain = oneCDedupDomain(read(GATEWAY));
    expect(
      oneCDedupDomain(read({ ...changed(GATEWAY, { portalLogin: 'other' }), secretRef: 'env:OTHER' })),
    ).toBe(domain);
    const { baseUrl } = DIRECT;
    expect(oneCDedupDomain(read({ ...DIRECT, baseUrl: baseUrl.slice(0, -1) }))).toBe(
      oneCDedupDomain(read(DIRECT)),
    );
  });

  it('stays the same at another address where the provider has a lasting name', () => {
    const named = changed(DIRECT, { providerName: 'kassa' });
    const moved = { ...named, baseUrl: 'https://new.example.ru/v2' };
    expect(oneCDedupDomain(read(moved))).toBe(oneCDedupDomain(read(named)));
    expect(changedParts(read(named), read(moved))).toEqual([]);
  });

  it('is another one for another environment, provider, shop, group or login', () => {
    const others: ReadonlyArray<Connection> = [
      GATEWAY,
      changed(GATEWAY, { providerId: 'kassa-2' }),
      changed(GATEWAY, { shopId: 'shop 2' }),
      changed(GATEWAY, { kktsGroupId: 'group/2' }),
      changed(GATEWAY, { shopId: 'shop', kktsGroupId: '1/group/1' }),
      DIRECT,
      { ...DIRECT, environment: 'test' },
      { ...DIRECT, baseUrl: 'https://new.example.ru/api' },
      changed(DIRECT, { login: 'other' }),
      { ...DIRECT, parameters: { access: 'direct', authentication: 'bearer', account: 'shop' } },
    ];
    const domains = others.map((connection) => oneCDedupDomain(read(connection)));
    expect(new Set(domains).size).toBe(domains.length);
  });

  it('tells what has changed', () => {
    const before = read(DIRECT);
    expect(changedParts(before, read({ ...DIRECT, environment: 'test' }))).toEqual(['environment']);
    expect(changedParts(before, read(GATEWAY))).toEqual(['provider', 'account']);
    expect(changedParts(before, read(changed(DIRECT, { login: 'x' })))).toEqual(['account']);
    expect(changedParts(before, read({ ...DIRECT, secretRef: 'env:X' }))).toEqual([]);
  });
});

describe('environments are never mixed', () => {
  it.each([
    ['test', ONE_C_GATEWAY, 'production-address'],
    ['emulator', ONE_C_GATEWAY, 'production-address'],
    ['production', ONE_C_GATEWAY, undefined],
    ['production', 'https://localhost:8443', 'loopback-address'],
    ['test', 'https://127.0.0.1', 'loopback-address'],
    ['production', 'https://[::1]/x', 'loopback-address'],
    ['emulator', 'http://127.0.0.1:8080', undefined],
    ['test', 'https://test.kassa.example.ru', undefined],
    ['production', 'nonsense', undefined],
  ] as const)('%s at %s: %s', (environment, baseUrl, expected) => {
    expect(environmentProblem({ environment, baseUrl })).toBe(expected);
  });

  it('and a connection that mixes them is refused', () => {
    expect(oneCConnection({ ...GATEWAY, environment: 'test' })).toEqual(
      E.left({ _tag: 'WrongEnvironment', rule: 'production-address' }),
    );
  });
});
