import type { CloudKassa, PaymentOrder, Preflight } from '@cloud-kassa/cloud-kassa';
import type { Bilingual } from '@cloud-kassa/provider';
import * as E from 'fp-ts/Either';
import { callerOf } from '../command/caller-of';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, isRule, shown } from '../command/command-result';
import type { Given } from '../command/command-spec';
import { obstacle } from '../output/labels';
import type { View } from '../output/view';
import { text } from '../output/view';
import { basketIn } from './basket-file';
import { pointingToResume } from './settlement-wait';

const NO_WORDS: Bilingual = { english: '', russian: '' };

const unavailable = ({ deviceId, why = 'unreachable' }: Preflight): Bilingual => {
  const { english, russian } = obstacle(why);
  return {
    english: `The provider of ${deviceId} makes no receipts now: ${english}.`,
    russian: `Провайдер ${deviceId} сейчас не формирует чеки: ${russian}.`,
  };
};

/** What stands in the way of the receipt of an order that was just asked for. The order stands whatever it is. */
const preflightOf = async (
  { payments }: CloudKassa,
  order: PaymentOrder,
): Promise<{ readonly data: Readonly<Record<string, unknown>>; readonly views: ReadonlyArray<View> }> => {
  const examined = await payments.examine(order);
  if (examined.ok && examined.value.available) return { data: { preflight: examined.value }, views: [] };
  const why = examined.ok ? unavailable(examined.value) : (failure(examined.error).problem ?? NO_WORDS);
  const preflight = examined.ok ? examined.value : { available: false, error: examined.error };
  return {
    data: { preflight, warning: why.english },
    views: [
      text(
        `Warning: if the money came now, its receipt would have to wait. ${why.english}`,
        `Внимание: если деньги поступят сейчас, чек будет ждать. ${why.russian}`,
      ),
    ],
  };
};

/** `payment request`: asks, and says what would stand in the way of the receipt now. */
export const request = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const basket = basketIn(given.value('basket') ?? '');
  if (E.isLeft(basket)) return basket.left;
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const paymentId = given.argument('payment') ?? '';
  const order = {
    paymentId,
    organisation: given.value('organisation') ?? '',
    sourceDocument: given.value('document') ?? paymentId,
    basket: basket.right,
  };
  const requested = await kassa.value.payments.request(order, callerOf(given));
  if (!requested.ok) {
    const refused = failure(requested.error);
    return isRule(requested.error, 'payment-differs') ? pointingToResume(refused, paymentId) : refused;
  }
  const preflight = await preflightOf(kassa.value, order);
  return shown(
    { paymentId, ...requested.value, ...preflight.data },
    requested.value.duplicate
      ? text(
          `Payment ${paymentId} was requested before, just so: nothing new.`,
          `Оплата ${paymentId} уже запрошена именно так: ничего нового.`,
        )
      : text(`Payment ${paymentId} is requested.`, `Оплата ${paymentId} запрошена.`),
    ...preflight.views,
  );
};
