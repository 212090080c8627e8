import type { PaymentView } from '@cloud-kassa/cloud-kassa';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown } from '../command/command-result';
import type { ArgumentSpec, CommandSpec, Given, OptionSpec } from '../command/command-spec';
import { sum } from '../output/labels';
import type { View } from '../output/view';
import { tableTime } from '../output/table-time';
import { column, text } from '../output/view';
import { confirm, refund, resume } from './payment-money';
import { request } from './payment-request';
import { fiscalizationText, waitText } from './settlement-wait';

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
  const { payment: shownPayment } = payment.value;
  const waits = [...shownPayment.settlements.values()].flatMap((settlement) => {
    const wait = waitText(shownPayment.paymentId, settlement);
    return wait === undefined ? [] : [text(wait.english, wait.russian)];
  });
  const table: View = {
    kind: 'table',
    columns: [
      column('Settlement', 'Расчёт'),
      column('Kind', 'Вид'),
      column('Amount', 'Сумма', { align: 'right' }),
      column('At (UTC)', 'Когда (UTC)'),
      column('Receipt', 'Чек', { shrinks: true }),
    ],
    rows: [...shownPayment.settlements.values()].map((settlement) => [
      settlement.settlementId,
      settlement.kind === 'payment'
        ? { english: 'payment', russian: 'оплата' }
        : { english: 'refund', russian: 'возврат' },
      sum(settlement.amount),
      tableTime(settlement.settledAt),
      fiscalizationText(settlement),
    ]),
    empty: { english: 'No money has come yet.', russian: 'Деньги пока не поступали.' },
  };
  return shown(paymentData(payment.value), table, ...waits);
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
    english:
      'when the bank moved the money: 2026-11-27T09:00:00Z or 2026-11-27T12:00:00+03:00 (default: now)',
    russian:
      'когда банк перевёл деньги: 2026-11-27T09:00:00Z или 2026-11-27T12:00:00+03:00 (по умолчанию — сейчас)',
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
          english: 'what is returned, as JSON (default: all of it; a part waits without it)',
          russian: 'что возвращено, в JSON (по умолчанию — всё; часть без неё ждёт)',
        },
      },
      AT,
    ],
    examples: ['payment refund order-1042 --refund back-1 --settlement sbp-7 --amount 4900.00'],
    run: refund,
  },
  {
    path: ['payment', 'resume'],
    text: {
      english: 'give what money without a receipt waits for',
      russian: 'указать, чего ждут деньги без чека',
    },
    details: {
      english:
        "Gives a settlement what its receipt waits for: the basket (`no-basket`, `amount-differs`, `refused`) or the buyer's contact (`no-contact`). Of a refund the settlement is the id of the refund, and the basket is what was returned.",
      russian:
        'Даёт расчёту то, чего ждёт его чек: корзину (`no-basket`, `amount-differs`, `refused`) или контакт покупателя (`no-contact`). Для возврата расчёт — это имя возврата, а корзина — то, что возвращено.',
    },
    arguments: [PAYMENT],
    options: [
      {
        ...SETTLEMENT,
        text: { english: 'the settlement that waits', russian: 'расчёт, который ждёт' },
      },
      {
        name: 'basket',
        kind: 'value',
        placeholder: 'FILE',
        text: {
          english: 'what was paid for or returned, as JSON (default: as it is known)',
          russian: 'за что заплачено или что возвращено, в JSON (по умолчанию — как известно)',
        },
      },
      {
        name: 'email',
        kind: 'value',
        placeholder: 'ADDRESS',
        text: { english: 'e-mail of the buyer', russian: 'адрес электронной почты покупателя' },
      },
      {
        name: 'phone',
        kind: 'value',
        placeholder: 'NUMBER',
        text: { english: 'telephone of the buyer', russian: 'телефон покупателя' },
      },
    ],
    examples: [
      'payment resume order-1042 --settlement sbp-7 --basket basket.json',
      'payment resume order-1042 --settlement sbp-7 --email buyer@example.ru',
    ],
    run: resume,
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
