import { readFileSync } from 'node:fs';
import type { BasketInput, PaymentView } from '@cloud-kassa/cloud-kassa';
import { POSTPONEMENT_REASONS } from '@cloud-kassa/core';
import type { ConfirmedSettlement } from '@cloud-kassa/core';
import type { Kopecks, NotKopecks } from '@cloud-kassa/ffd';
import { parseRoubles } from '@cloud-kassa/ffd';
import type { Bilingual } from '@cloud-kassa/provider';
import * as E from 'fp-ts/Either';
import { callerOf } from '../command/caller-of';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown, wrongUse } from '../command/command-result';
import type { ArgumentSpec, CommandSpec, Given, OptionSpec } from '../command/command-spec';
import { sum } from '../output/labels';
import { column, text } from '../output/view';

const PAYMENT: ArgumentSpec = {
  name: 'payment',
  text: { english: 'id of the payment', russian: 'имя оплаты' },
};

const ORGANISATION: OptionSpec = {
  name: 'organisation',
  kind: 'value',
  placeholder: 'INN',
  obligatory: true,
  text: { english: 'INN of the seller', russian: 'ИНН продавца' },
};

/** A file that holds a basket as JSON. What it says is judged by the library. */
const basketIn = (file: string): E.Either<CommandResult, BasketInput> => {
  try {
    const basket: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof basket === 'object' && basket !== null && !Array.isArray(basket))
      return E.right(basket as BasketInput);
  } catch {
    // Said below: a file that is not there and one that is no JSON are the same to the caller.
  }
  return E.left(
    wrongUse('basket', 'not-readable', {
      english: 'The file of the basket can not be read, or is no JSON object.',
      russian: 'Файл корзины не читается или это не объект JSON.',
    }),
  );
};

const request = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const basket = basketIn(given.value('basket') ?? '');
  if (E.isLeft(basket)) return basket.left;
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const paymentId = given.argument('payment') ?? '';
  const requested = await kassa.value.payments.request(
    {
      paymentId,
      organisation: given.value('organisation') ?? '',
      sourceDocument: given.value('document') ?? paymentId,
      basket: basket.right,
    },
    callerOf(given),
  );
  return requested.ok
    ? shown(
        { paymentId, ...requested.value },
        text(`Payment ${paymentId} is requested.`, `Оплата ${paymentId} запрошена.`),
      )
    : failure(requested.error);
};

const amountOf = (given: Given): E.Either<CommandResult, Kopecks> =>
  E.mapLeft(({ rule }: NotKopecks) =>
    wrongUse('amount', rule, {
      english: 'An amount is given in roubles with a point, at most two places: 1234.50.',
      russian: 'Сумма указывается в рублях с точкой, не более двух знаков: 1234.50.',
    }),
  )(parseRoubles(given.value('amount') ?? ''));

const refund = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const amount = amountOf(given);
  if (E.isLeft(amount)) return amount.left;
  const file = given.value('basket');
  const basket = file === undefined ? E.right(undefined) : basketIn(file);
  if (E.isLeft(basket)) return basket.left;
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const { payments } = kassa.value;
  const paymentId = given.argument('payment') ?? '';
  const order = {
    refundId: given.value('refund') ?? '',
    settlementId: given.value('settlement') ?? '',
    amount: amount.right,
  };
  const requested = await payments.requestRefund(
    paymentId,
    { ...order, ...(basket.right === undefined ? {} : { basket: basket.right }) },
    callerOf(given, 'request'),
  );
  if (!requested.ok) return failure(requested.error);
  const at = given.value('at');
  const confirmed = await payments.confirmRefund(
    paymentId,
    { ...order, ...(at === undefined ? {} : { refundedAt: at }) },
    callerOf(given, 'confirm'),
  );
  return confirmed.ok
    ? shown(
        { paymentId, refundId: order.refundId, ...confirmed.value },
        text(
          `The money of ${paymentId} has gone back. The receipt of the refund is made by: cloud-kassa fiscalize --until-idle`,
          `Деньги по ${paymentId} возвращены. Чек возврата сделает: cloud-kassa fiscalize --until-idle`,
        ),
      )
    : failure(confirmed.error);
};

const confirm = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const amount = amountOf(given);
  if (E.isLeft(amount)) return amount.left;
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const paymentId = given.argument('payment') ?? '';
  const paidAt = given.value('at');
  const confirmed = await kassa.value.payments.confirm(
    paymentId,
    {
      settlementId: given.value('settlement') ?? '',
      organisation: given.value('organisation') ?? '',
      amount: amount.right,
      ...(paidAt === undefined ? {} : { paidAt }),
    },
    callerOf(given),
  );
  return confirmed.ok
    ? shown(
        { paymentId, ...confirmed.value },
        text(
          `The money of ${paymentId} has come. Its receipt is made by: cloud-kassa fiscalize --until-idle`,
          `Деньги по ${paymentId} получены. Чек сделает: cloud-kassa fiscalize --until-idle`,
        ),
      )
    : failure(confirmed.error);
};

/** Where the receipt of a settlement stands, in words. */
export const fiscalizationText = ({ fiscalization }: ConfirmedSettlement): Bilingual => {
  switch (fiscalization.state) {
    case 'due':
      return { english: `due since ${fiscalization.since}`, russian: `ждёт с ${fiscalization.since}` };
    case 'linked':
      return { english: `receipt ${fiscalization.receiptId}`, russian: `чек ${fiscalization.receiptId}` };
    case 'postponed': {
      const { english, russian } = POSTPONEMENT_REASONS[fiscalization.reason];
      const { objection, since } = fiscalization;
      const rule = objection === undefined ? '' : ` [${objection.rule}, ${objection.field}]`;
      return { english: `${english}${rule} (${since})`, russian: `${russian}${rule} (${since})` };
    }
  }
};

const paymentData = ({ phase, payment }: PaymentView): Readonly<Record<string, unknown>> => ({
  paymentId: payment.paymentId,
  phase,
  ...(payment.request === undefined
    ? {}
    : {
        organisation: payment.request.organisation,
        sourceDocument: payment.request.sourceDocument,
        amount: payment.request.amount,
      }),
  settlements: [...payment.settlements.values()].map(
    ({ settlementId, kind, amount, settledAt, late, repeated, fiscalization }) => ({
      settlementId,
      kind,
      amount,
      settledAt,
      late,
      repeated,
      fiscalization,
    }),
  ),
});

const show = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const payment = await kassa.value.payments.get(given.argument('payment') ?? '');
  if (!payment.ok) return failure(payment.error);
  return shown(paymentData(payment.value), {
    kind: 'table',
    columns: [
      column('Settlement', 'Расчёт'),
      column('Kind', 'Вид'),
      column('Amount', 'Сумма', { align: 'right' }),
      column('At', 'Когда'),
      column('Receipt', 'Чек', { shrinks: true }),
    ],
    rows: [...payment.value.payment.settlements.values()].map((settlement) => [
      settlement.settlementId,
      settlement.kind === 'payment'
        ? { english: 'payment', russian: 'оплата' }
        : { english: 'refund', russian: 'возврат' },
      sum(settlement.amount),
      settlement.settledAt,
      fiscalizationText(settlement),
    ]),
    empty: { english: 'No money has come yet.', russian: 'Деньги пока не поступали.' },
  });
};

const AMOUNT: OptionSpec = {
  name: 'amount',
  kind: 'value',
  placeholder: 'ROUBLES',
  obligatory: true,
  text: { english: 'amount in roubles: 1234.50', russian: 'сумма в рублях: 1234.50' },
};

const SETTLEMENT: OptionSpec = {
  name: 'settlement',
  kind: 'value',
  placeholder: 'ID',
  obligatory: true,
  text: { english: "the bank's id of the operation", russian: 'имя операции в банке' },
};

const AT: OptionSpec = {
  name: 'at',
  kind: 'value',
  placeholder: 'TIME',
  text: {
    english: 'when the bank moved the money, UTC: 2026-11-27T09:00:00.000Z (default: now)',
    russian: 'когда банк перевёл деньги, UTC: 2026-11-27T09:00:00.000Z (по умолчанию — сейчас)',
  },
};

export const PAYMENT_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['payment', 'request'],
    text: { english: 'ask for a payment', russian: 'запросить оплату' },
    arguments: [PAYMENT],
    options: [
      ORGANISATION,
      {
        name: 'basket',
        kind: 'value',
        placeholder: 'FILE',
        obligatory: true,
        text: { english: 'what is paid for, as JSON', russian: 'за что платят, в JSON' },
      },
      {
        name: 'document',
        kind: 'value',
        placeholder: 'TEXT',
        text: {
          english: 'the order that is paid (default: the id of the payment)',
          russian: 'документ-основание (по умолчанию — имя оплаты)',
        },
      },
    ],
    examples: ['payment request order-1042 --organisation 7707083893 --basket basket.json'],
    run: request,
  },
  {
    path: ['payment', 'confirm'],
    text: {
      english: 'tell that money has come, as the bank would',
      russian: 'сообщить о поступлении денег, как банк',
    },
    arguments: [PAYMENT],
    options: [ORGANISATION, SETTLEMENT, AMOUNT, AT],
    examples: ['payment confirm order-1042 --organisation 7707083893 --settlement sbp-7 --amount 4900.00'],
    run: confirm,
  },
  {
    path: ['payment', 'refund'],
    text: {
      english: 'tell that money has gone back, as the bank would',
      russian: 'сообщить о возврате денег, как банк',
    },
    details: {
      english:
        'Records that money of a settlement has gone back to the buyer, all of it or a part. Of a part the file of the basket says what is returned. The receipt of the refund is made like that of a payment.',
      russian:
        'Записывает, что деньги расчёта возвращены покупателю, все или часть. Для части файл корзины говорит, что возвращено. Чек возврата делается так же, как чек оплаты.',
    },
    arguments: [PAYMENT],
    options: [
      {
        name: 'refund',
        kind: 'value',
        placeholder: 'ID',
        obligatory: true,
        text: { english: "the bank's id of the refund", russian: 'имя возврата в банке' },
      },
      { ...SETTLEMENT, text: { english: 'the settlement that is returned', russian: 'возвращаемый расчёт' } },
      AMOUNT,
      {
        name: 'basket',
        kind: 'value',
        placeholder: 'FILE',
        text: {
          english: 'what is returned, as JSON (default: all of it)',
          russian: 'что возвращено, в JSON (по умолчанию — всё)',
        },
      },
      AT,
    ],
    examples: ['payment refund order-1042 --refund back-1 --settlement sbp-7 --amount 4900.00'],
    run: refund,
  },
  {
    path: ['payment', 'show'],
    text: {
      english: 'a payment with its settlements and their receipts',
      russian: 'оплата, её расчёты и чеки',
    },
    arguments: [PAYMENT],
    run: show,
  },
];
