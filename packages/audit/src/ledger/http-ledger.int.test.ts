import { request as httpRequest } from 'node:http';
import type { RunningEmulator } from '@cloud-kassa/kkt-emulator';
import { groupLedgerLine, internetShopGroup, oneCGroup, startEmulator } from '@cloud-kassa/kkt-emulator';
import { systemRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import { INN, right } from '../shop.testing';
import type { LedgerRequest, LedgerResponse } from './http-ledger';
import { httpLedger } from './http-ledger';
import { ledgerDocumentOf } from './ledger-document';

const TOKEN = 'token-of-the-administration';
const GROUP = 'garden-1';

let running: RunningEmulator;
beforeAll(async () => {
  const shop = { inn: INN, name: 'ООО "Сад"', site: 'https://sad.example', seed: 'garden', units: 2 };
  expect(E.isRight(internetShopGroup(shop))).toBe(true);
  const access = {
    kind: 'sales-register-group',
    shopId: 'shop-1',
    shopSecret: 'a secret of the shop',
  } as const;
  running = right(
    await startEmulator({
      runtime: systemRuntime(),
      settings: { groups: [right(oneCGroup(GROUP, shop, access))], admin: { token: TOKEN } },
    })(),
  );
  const { machine } = running.emulator;
  const room = machine.group(GROUP);
  if (room === undefined) throw new Error('no group');
  for (const key of ['order-1', 'order-2', 'order-3'])
    machine.submit(room, key, key, {
      kind: 'receipt',
      settlementSign: 1,
      items: [
        { name: 'Скамья', price: 122_000, quantity: '1', vatCode: 11, method: 4, subject: 1, measure: 0 },
      ],
      payments: { cashless: 122_000 },
      contact: 'buyer@example.ru',
      internet: true,
    });
  machine.moveClock(600_000);
  machine.advance();
});
afterAll(() => running.close());

/** Node's own client; a program brings the client it has. */
const get = ({ url, headers }: LedgerRequest): Promise<LedgerResponse> =>
  new Promise((resolve, reject) => {
    const sent = httpRequest(url, { headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end();
  });

const ledger = (token = TOKEN, url = `${running.url}/admin`) => httpLedger({ url, token, request: get });

describe('the ledger of an emulator over HTTP', () => {
  it('tells its heads and its documents, page by page, as its registers made them', async () => {
    const entries = running.emulator.machine.group(GROUP)?.registers.ledger.entries() ?? [];
    expect(right(await ledger().groups())).toEqual([
      { group: GROUP, head: entries.length, organisation: INN },
    ]);
    const pages = [];
    for (let after = 0; after < entries.length; after += 2)
      pages.push(...right(await ledger().documents(GROUP, after, 2)()));
    expect(pages).toEqual(entries.map((entry) => right(ledgerDocumentOf(groupLedgerLine(GROUP, entry)))));
    expect(pages.filter(({ receipt }) => receipt !== undefined).map(({ key }) => key)).toEqual([
      'order-1',
      'order-2',
      'order-3',
    ]);
    expect(right(await ledger().documents(GROUP, entries.length, 10)())).toEqual([]);
  });

  it('is found whether or not the address ends with a slash', async () => {
    expect(E.isRight(await ledger(TOKEN, `${running.url}/admin/`).groups())).toBe(true);
  });

  it('says by status that it was not let in, and never shows the token', async () => {
    const answer = await ledger('another-token').groups();
    expect(answer).toEqual(E.left({ _tag: 'LedgerUnavailable', why: 'an error status', status: 401 }));
  });

  it('says that it is not there, without what the client said', async () => {
    const answer = await httpLedger({
      url: 'http://127.0.0.1:1/admin',
      token: TOKEN,
      request: () => Promise.reject(new Error(`no route for Bearer ${TOKEN}`)),
    }).groups();
    expect(answer).toEqual(E.left({ _tag: 'LedgerUnavailable', why: 'no answer' }));
  });

  it.each([
    ['no JSON', '<html>', 'the list of groups is not one'],
    ['another list', '[{"name":"garden"}]', 'the list of groups is not one'],
  ])('does not take %s for a ledger', async (_what, body, why) => {
    const answer = await httpLedger({
      url: running.url,
      token: TOKEN,
      request: () => Promise.resolve({ status: 200, body }),
    }).groups();
    expect(answer).toEqual(E.left({ _tag: 'LedgerUnreadable', why }));
  });

  it.each([
    ['{"sequence":1', 'a line is no document: no JSON'],
    ['{"sequence":1,"form":3,"fn":"9","fd":"secret","fp":1}', 'a line is no document: fd: number'],
  ])('does not take another line for a document, and does not show it', async (body, why) => {
    const answer = await httpLedger({
      url: running.url,
      token: TOKEN,
      request: () => Promise.resolve({ status: 200, body }),
    }).documents(GROUP, 0, 10)();
    expect(answer).toEqual(E.left({ _tag: 'LedgerUnreadable', why, group: GROUP }));
  });
});
