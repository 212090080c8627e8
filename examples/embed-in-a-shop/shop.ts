import type { BuyerInput, CloudKassa, KassaError } from '@cloud-kassa/cloud-kassa';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';

interface OrderBody {
  readonly number: string;
  readonly items: ReadonlyArray<{ readonly name: string; readonly price: number; readonly quantity: string }>;
  readonly buyer?: BuyerInput;
}

interface NoticeBody {
  /** The bank's id of the operation: the same notice twice is one settlement, hence one receipt. */
  readonly operationId: string;
  /** Kopecks. */
  readonly amount: number;
}

/** What the shop's own clients are told: a refusal is their mistake, the rest is for later. */
const statusOf = ({ code }: KassaError): number => {
  if (code === 'refused' || code === 'no-route') return 422;
  if (code === 'not-found') return 404;
  return code === 'conflict' ? 409 : 503;
};

/** A shop that sells under one INN: orders come in, the bank tells of payments, receipts are made by themselves. */
export const shop = (kassa: CloudKassa, inn: string): FastifyInstance => {
  const app = fastify();

  app.post<{ Body: OrderBody }>('/orders', async ({ body }, reply) => {
    const requested = await kassa.payments.request({
      paymentId: body.number,
      organisation: inn,
      sourceDocument: body.number,
      basket: {
        taxation: 1,
        items: body.items.map((item) => ({ ...item, vatCode: 11, measure: 0 })),
        place: { place: 'https://sad.example' },
        ...(body.buyer === undefined ? {} : { buyer: body.buyer }),
      },
    });
    if (!requested.ok) return reply.code(statusOf(requested.error)).send(requested.error);
    return reply.code(201).send({ number: body.number });
  });

  app.post<{ Params: { readonly number: string }; Body: NoticeBody }>(
    '/orders/:number/paid',
    async ({ params, body }, reply) => {
      const confirmed = await kassa.payments.confirm(params.number, {
        settlementId: body.operationId,
        organisation: inn,
        amount: body.amount,
      });
      if (!confirmed.ok) return reply.code(statusOf(confirmed.error)).send(confirmed.error);
      return { number: params.number };
    },
  );

  app.get<{ Params: { readonly number: string } }>('/orders/:number/receipts', async ({ params }, reply) => {
    const payment = await kassa.payments.get(params.number);
    if (!payment.ok) return reply.code(statusOf(payment.error)).send(payment.error);
    const receipts = [];
    for (const { settlementId, fiscalization } of payment.value.payment.settlements.values()) {
      if (fiscalization.state !== 'linked') {
        receipts.push({ settlementId, state: fiscalization.state });
        continue;
      }
      const document = await kassa.status.document(fiscalization.receiptId);
      receipts.push({
        settlementId,
        receiptId: fiscalization.receiptId,
        state: document.ok ? 'fiscalised' : 'in the queue',
        ...(document.ok ? { qr: document.value.qr } : {}),
      });
    }
    return receipts;
  });

  return app;
};
