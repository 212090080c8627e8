import type { CloudKassa, Written } from '@cloud-kassa/cloud-kassa';
import type { Kopecks, NotKopecks } from '@cloud-kassa/ffd';
import { parseRoubles } from '@cloud-kassa/ffd';
import type { Bilingual } from '@cloud-kassa/provider';
import * as E from 'fp-ts/Either';
import { callerOf } from '../command/caller-of';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, isRule, shown, wrongUse } from '../command/command-result';
import type { Given } from '../command/command-spec';
import { text } from '../output/view';
import { optionalBasketIn } from './basket-file';
import { momentOf } from './instant-option';
import { pointingToResume, settlementNow, waitText } from './settlement-wait';

const amountOf = (given: Given): E.Either<CommandResult, Kopecks> =>
  E.mapLeft(({ rule }: NotKopecks) =>
    wrongUse('amount', rule, {
      english: 'An amount is given in roubles with a point, at most two places: 1234.50.',
      russian: 'Сумма указывается в рублях с точкой, не более двух знаков: 1234.50.',
    }),
  )(parseRoubles(given.value('amount') ?? ''));

/** What a command about the money of a settlement came to: told now or before, and what its receipt waits for. */
const told = async (
  { payments }: CloudKassa,
  { paymentId, settlementId }: { readonly paymentId: string; readonly settlementId: string },
  written: Written,
  words: { readonly news: Bilingual; readonly before: Bilingual; readonly receipt: Bilingual },
  data: Readonly<Record<string, unknown>> = {},
): Promise<CommandResult> => {
  const settlement = await settlementNow(payments, paymentId, settlementId);
  const wait = settlement === undefined ? undefined : waitText(paymentId, settlement);
  const happened = written.duplicate ? words.before : words.news;
  const isMade = settlement?.fiscalization.state === 'linked';
  const next = wait ?? (isMade ? undefined : words.receipt);
  return shown(
    {
      paymentId,
      ...data,
      ...written,
      ...(settlement === undefined ? {} : { fiscalization: settlement.fiscalization }),
    },
    text(
      next === undefined ? happened.english : `${happened.english} ${next.english}`,
      next === undefined ? happened.russian : `${happened.russian} ${next.russian}`,
    ),
  );
};

const NEXT = 'cloud-kassa fiscalize --until-idle';

const RECEIPT: Bilingual = {
  english: `Its receipt is made by: ${NEXT}`,
  russian: `Чек сделает: ${NEXT}`,
};

/** `payment refund`: the money has gone back. */
export const refund = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const amount = amountOf(given);
  if (E.isLeft(amount)) return amount.left;
  const at = momentOf(given.value('at'));
  if (E.isLeft(at)) return at.left;
  const basket = optionalBasketIn(given.value('basket'));
  if (E.isLeft(basket)) return basket.left;
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const { payments } = kassa.value;
  const paymentId = given.argument('payment') ?? '';
  const refundId = given.value('refund') ?? '';
  const order = { refundId, settlementId: given.value('settlement') ?? '', amount: amount.right };
  // The money has gone back already: a request only brings what is returned, and without that there is nothing to ask.
  if (basket.right !== undefined) {
    const asked = { ...order, basket: basket.right };
    const requested = await payments.requestRefund(paymentId, asked, callerOf(given, 'request'));
    if (!requested.ok) {
      const refused = failure(requested.error);
      return isRule(requested.error, 'refund-differs')
        ? pointingToResume(refused, paymentId, refundId)
        : refused;
    }
  }
  const confirmed = await payments.confirmRefund(
    paymentId,
    { ...order, ...(at.right === undefined ? {} : { refundedAt: at.right }) },
    callerOf(given, 'confirm'),
  );
  if (!confirmed.ok) return failure(confirmed.error);
  return told(
    kassa.value,
    { paymentId, settlementId: refundId },
    confirmed.value,
    {
      news: {
        english: `The money of ${paymentId} has gone back.`,
        russian: `Деньги по ${paymentId} возвращены.`,
      },
      before: {
        english: `The refund ${refundId} was told before: nothing new.`,
        russian: `О возврате ${refundId} уже сообщено: ничего нового.`,
      },
      receipt: {
        english: `The receipt of the refund is made by: ${NEXT}`,
        russian: `Чек возврата сделает: ${NEXT}`,
      },
    },
    { refundId },
  );
};

/** `payment confirm`: the money has come. */
export const confirm = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const amount = amountOf(given);
  if (E.isLeft(amount)) return amount.left;
  const at = momentOf(given.value('at'));
  if (E.isLeft(at)) return at.left;
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const paymentId = given.argument('payment') ?? '';
  const settlementId = given.value('settlement') ?? '';
  const confirmed = await kassa.value.payments.confirm(
    paymentId,
    {
      settlementId,
      organisation: given.value('organisation') ?? '',
      amount: amount.right,
      ...(at.right === undefined ? {} : { paidAt: at.right }),
    },
    callerOf(given),
  );
  if (!confirmed.ok) return failure(confirmed.error);
  return told(kassa.value, { paymentId, settlementId }, confirmed.value, {
    news: { english: `The money of ${paymentId} has come.`, russian: `Деньги по ${paymentId} получены.` },
    before: {
      english: `The money of ${paymentId} was told before: nothing new.`,
      russian: `О деньгах по ${paymentId} уже сообщено: ничего нового.`,
    },
    receipt: RECEIPT,
  });
};

/** `payment resume`: what a settlement waited for. */
export const resume = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const basket = optionalBasketIn(given.value('basket'));
  if (E.isLeft(basket)) return basket.left;
  const [phone, email] = [given.value('phone'), given.value('email')];
  const buyer = { ...(phone === undefined ? {} : { phone }), ...(email === undefined ? {} : { email }) };
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const paymentId = given.argument('payment') ?? '';
  const settlementId = given.value('settlement') ?? '';
  const resumed = await kassa.value.payments.resume(
    paymentId,
    settlementId,
    {
      ...(basket.right === undefined ? {} : { basket: basket.right }),
      ...(phone === undefined && email === undefined ? {} : { buyer }),
    },
    callerOf(given),
  );
  if (!resumed.ok) return failure(resumed.error);
  return told(
    kassa.value,
    { paymentId, settlementId },
    resumed.value,
    {
      news: {
        english: `${settlementId} of ${paymentId} goes on.`,
        russian: `${settlementId} по ${paymentId} идёт дальше.`,
      },
      before: {
        english: `${settlementId} of ${paymentId} does not wait for anything that is given: nothing new.`,
        russian: `${settlementId} по ${paymentId} ничего не ждёт: ничего нового.`,
      },
      receipt: RECEIPT,
    },
    { settlementId },
  );
};
