/*
 * A read model of one's own: how many receipts each register has fiscalised, and for how much. It is a pure fold of events over its own
 * rows; the runner does the rest: checkpoints, catching up, rebuilding, parking what can not be read.
 *
 *   npm start
 *   npm start -- --store esdb
 */
import type { ReceiptEvent } from '@cloud-kassa/core';
import { RECEIPT_EVENTS } from '@cloud-kassa/core';
import { INN, openEmulatedShop, storageFrom, sure } from '@cloud-kassa/example-emulated-shop';
import {
  integer,
  memoryReadModels,
  projection,
  projectionRunner,
  put,
  remove,
  table,
  text,
  UNCHANGED,
} from '@cloud-kassa/projections';
import { systemRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';

/** What a receipt is for and where, until it is fiscalised. */
const AWAITED = table({
  name: 'awaited',
  columns: { stream: text(), registerId: text(), total: integer() },
  key: ['stream'],
  indexes: [],
});

const REGISTERS = table({
  name: 'registers',
  columns: { registerId: text(), receipts: integer(), total: integer() },
  key: ['registerId'],
  indexes: [],
});

const TURNOVER = projection<ReceiptEvent>({
  name: 'turnover',
  version: 1,
  prefixes: ['receipt-'],
  family: RECEIPT_EVENTS,
  tables: [AWAITED, REGISTERS],
  order: 'across-streams',
  project: ({ event, stored: { stream } }, rows) => {
    if (event.type === 'receipt.Registered') {
      const { registerId } = event.data.facts.register;
      return [put(AWAITED, { stream, registerId, total: event.data.content.total })];
    }
    const awaited = rows.get(AWAITED, { stream });
    if (event.type !== 'receipt.Fiscalized' || awaited === undefined) return UNCHANGED;
    const { registerId, total } = awaited;
    const known = rows.get(REGISTERS, { registerId }) ?? { registerId, receipts: 0, total: 0 };
    return [
      put(REGISTERS, { registerId, receipts: known.receipts + 1, total: known.total + total }),
      remove(AWAITED, { stream }),
    ];
  },
});

const main = async (): Promise<void> => {
  const { kassa, close } = await openEmulatedShop(await storageFrom(process.argv.slice(2)));
  const readModels = memoryReadModels();
  const runner = projectionRunner({
    store: kassa.events,
    projection: TURNOVER,
    readModels,
    runtime: systemRuntime(),
  });

  const worker = sure(kassa.startWorker());
  for (const number of [1, 2, 3])
    sure(
      await kassa.receipts.register({
        organisation: INN,
        document: `order-${number}`,
        settlementId: `payment-${number}`,
        taxation: 1,
        items: [{ name: 'Гамак', price: 80_730, quantity: String(number), vatCode: 11, measure: 0 }],
        buyer: { email: 'buyer@example.ru' },
        place: { place: 'https://sad.example' },
      }),
    );
  sure(await worker.untilIdle());

  const caught = await runner.catchUp()();
  if (E.isLeft(caught)) throw new Error(caught.left._tag);
  const registers = await readModels.read(TURNOVER, (view) => view.list(REGISTERS, {}))();
  if (E.isLeft(registers) || E.isLeft(registers.right)) throw new Error('not readable');
  for (const { registerId, receipts, total } of registers.right.right.rows)
    console.log(`${registerId}: ${receipts} receipts, ${total} kopecks`);

  const rebuilt = await runner.rebuild()();
  console.log('built anew:', E.isRight(rebuilt));
  await readModels.close();
  await close();
};

void main();
