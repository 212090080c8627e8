import { providerConformance, scriptedServer } from '@cloud-kassa/provider/conformance';
import type { Access } from './one-c.testing';
import {
  PORTAL_PASSWORD,
  REQUEST,
  SHOP_SECRET,
  TOKEN,
  connectionTo,
  innerCall,
  openSample,
  protocolOf,
} from './one-c.testing';

const TIMEOUT_MS = 2_000;

for (const access of ['direct', 'gateway'] satisfies ReadonlyArray<Access>) {
  providerConformance({
    name: `the 1C provider API (${access})`,
    open: ({ baseUrl, runtime }) =>
      openSample(connectionTo(baseUrl, access), runtime, { timeoutMs: TIMEOUT_MS }),
    server: () => scriptedServer(protocolOf(access)),
    request: REQUEST,
    secrets: [TOKEN, SHOP_SECRET, ...(access === 'gateway' ? [PORTAL_PASSWORD] : [])],
    timeoutMs: TIMEOUT_MS,
    renewsToken: true,
    // Every call has a correlation id of its own.
    payloadOf: (seen) => JSON.stringify(innerCall(access, seen).body),
  });
}

providerConformance({
  name: 'the 1C provider API (login and password)',
  open: ({ baseUrl, runtime }) =>
    openSample(connectionTo(baseUrl, 'direct', { authentication: 'basic', login: 'kassa-login' }), runtime, {
      timeoutMs: TIMEOUT_MS,
    }),
  server: () => scriptedServer(protocolOf('direct')),
  request: REQUEST,
  secrets: ['basic-пароль', Buffer.from('kassa-login:basic-пароль').toString('base64')],
  timeoutMs: TIMEOUT_MS,
  renewsToken: false,
});
