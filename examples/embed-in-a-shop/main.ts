/*
 * The whole way of one order: a shop on fastify, a client that orders, the bank that tells of the payment, and the receipt that follows
 * by itself. The cloud register is emulated.
 *
 *   npm start
 */
import { INN, openEmulatedShop, sure } from '@cloud-kassa/example-emulated-shop';
import { shop } from './shop';

const main = async (): Promise<void> => {
  const { kassa, close } = await openEmulatedShop();
  const worker = sure(kassa.startWorker());
  const app = shop(kassa, INN);

  const order = {
    number: 'order-1',
    items: [{ name: 'Скамья садовая', price: 1_220_000, quantity: '1' }],
    buyer: { email: 'buyer@example.ru' },
  };
  const ordered = await app.inject({ method: 'POST', url: '/orders', payload: order });
  console.log('ordered:', ordered.statusCode);

  // The bank may tell more than once; there is one receipt all the same.
  for (const time of ['first', 'second']) {
    const notice = { operationId: 'sbp-1', amount: 1_220_000 };
    const paid = await app.inject({ method: 'POST', url: '/orders/order-1/paid', payload: notice });
    console.log(`${time} notice of the bank:`, paid.statusCode);
  }

  const idle = sure(await worker.untilIdle());
  console.log('left to do:', idle.receipts.length + idle.settlements.length);

  const receipts = await app.inject({ method: 'GET', url: '/orders/order-1/receipts' });
  for (const { settlementId, state, qr } of receipts.json())
    console.log(
      `${settlementId}: ${state}, ${String(qr).includes('s=12200.00') ? 'QR text for 12200.00' : 'no QR text'}`,
    );

  const wrong = await app.inject({
    method: 'POST',
    url: '/orders',
    payload: { ...order, number: 'order-2', buyer: { email: 'not an address' } },
  });
  console.log('an order with a wrong address:', wrong.statusCode, wrong.json().rule, wrong.json().field);

  await app.close();
  await close();
};

void main();
