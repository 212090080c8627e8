import type { CloudKassa, Outcome } from '@cloud-kassa/cloud-kassa';
import type { Random, Runtime } from '@cloud-kassa/runtime';
import { drawBasket } from './orders';
import { BOOKS, GARDEN } from './registers';

/** Money of which the shop was told that it is kept, and what its receipt has to be called. */
export interface ConfirmedMoney {
  readonly paymentId: string;
  readonly settlementId: string;
  readonly receiptId: string;
}

/** What the shop knows for certain, because it was answered. */
export interface ShopBooks {
  readonly confirmed: ReadonlyArray<ConfirmedMoney>;
  readonly registered: ReadonlyArray<string>;
  readonly cancelled: ReadonlySet<string>;
  /** Calls that were made again under their command id and not recognised. */
  readonly unrecognised: ReadonlyArray<string>;
  /** Calls that were not accepted, by code and rule. A cancellation may come too late. */
  readonly notAccepted: ReadonlyMap<string, number>;
  readonly repeated: number;
}

/** A shop that sells, takes money, gives it back and changes its mind, while everything around it is killed. */
export interface Shop {
  readonly work: (actions: number) => Promise<void>;
  readonly books: () => ShopBooks;
}

interface Sale {
  readonly organisation: string;
  readonly receiptId: string;
  /** Where the money came by a payment. */
  readonly paid?: { readonly paymentId: string; readonly settlementId: string; readonly amount: number };
}

const LANES = 4;
const REPEATED_SHARE = 0.2;
const NOTICE_BEFORE_BASKET_SHARE = 0.1;
const PAUSE_MS = 60;
const TRIES = 50;
/** Between two actions, so that something is on its way most of the time. */
const LONGEST_LULL_MS = 250;

/** After these nothing or nobody knows what was written: the same call under the same command id is right, however often. */
const AGAIN: ReadonlySet<string> = new Set(['unavailable', 'outcome-unknown', 'no-route']);

export const openShop = (kassa: CloudKassa, random: Random, runtime: Runtime): Shop => {
  const confirmed: ConfirmedMoney[] = [];
  const registered: string[] = [];
  const cancelled = new Set<string>();
  const unrecognised: string[] = [];
  const notAccepted = new Map<string, number>();
  const sales: Sale[] = [];
  let [number, repeated] = [0, 0];

  const insist = async <Value>(call: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> => {
    let answer = await call();
    for (let tries = 0; tries < TRIES && !answer.ok && AGAIN.has(answer.error.code); tries += 1) {
      await runtime.sleep(PAUSE_MS);
      answer = await call();
    }
    return answer;
  };

  /** Makes a call until it is answered, and now and then once more, as if the answer had been lost. */
  const give = async <Value extends { readonly duplicate: boolean }>(
    what: string,
    call: () => Promise<Outcome<Value>>,
  ): Promise<boolean> => {
    const answer = await insist(call);
    if (!answer.ok) {
      const { error } = answer;
      const why = `${what}: ${error.code === 'refused' ? error.rule : error.code}`;
      notAccepted.set(why, (notAccepted.get(why) ?? 0) + 1);
      return false;
    }
    if (random.next() < REPEATED_SHARE) {
      repeated += 1;
      const again = await insist(call);
      if (!again.ok || !again.value.duplicate) unrecognised.push(what);
    }
    return true;
  };

  const next = (): { readonly id: string; readonly at: string; readonly organisation: string } => {
    number += 1;
    return {
      id: String(number).padStart(5, '0'),
      at: runtime.wall(),
      organisation: random.next() < 0.7 ? GARDEN : BOOKS,
    };
  };

  const pay = async (): Promise<void> => {
    const { id, at, organisation } = next();
    const [paymentId, settlementId] = [`order-${id}`, `sbp-${id}`];
    const { basket, amount } = drawBasket(random, number);
    const isEarly = random.next() < NOTICE_BEFORE_BASKET_SHARE;
    const order = { paymentId, organisation, sourceDocument: paymentId, basket };
    if (
      !isEarly &&
      !(await give('request', () => kassa.payments.request(order, { commandId: `request-${id}` })))
    )
      return;
    const notice = { settlementId, organisation, amount, paidAt: at };
    if (
      !(await give('confirm', () =>
        kassa.payments.confirm(paymentId, notice, { commandId: `confirm-${id}` }),
      ))
    )
      return;
    const receiptId = kassa.receipts.idOf({ organisation, document: paymentId, settlementId });
    confirmed.push({ paymentId, settlementId, receiptId });
    if (isEarly)
      await give('resume', () =>
        kassa.payments.resume(paymentId, settlementId, { basket }, { commandId: `resume-${id}` }),
      );
    sales.push({ organisation, receiptId, paid: { paymentId, settlementId, amount } });
  };

  const sell = async (): Promise<void> => {
    const { id, at, organisation } = next();
    const name = { organisation, document: `sale-${id}`, settlementId: `sale-${id}` };
    const { basket } = drawBasket(random, number);
    const order = { ...name, ...basket, settledAt: at };
    const receiptId = kassa.receipts.idOf(name);
    if (!(await give('register', () => kassa.receipts.register(order, { commandId: `register-${id}` }))))
      return;
    registered.push(receiptId);
    sales.push({ organisation, receiptId });
  };

  const giveBack = async ({ organisation, receiptId, paid }: Sale): Promise<void> => {
    const { id, at } = next();
    const refundId = `refund-${id}`;
    if (paid === undefined) {
      const name = { organisation, document: refundId, settlementId: refundId };
      const order = { ...name, receiptId, settledAt: at };
      if (await give('refund', () => kassa.receipts.refund(order, { commandId: refundId })))
        registered.push(kassa.receipts.idOf(name));
      return;
    }
    const { paymentId, settlementId, amount } = paid;
    const refund = { refundId, settlementId, amount };
    const asked = await give('request-refund', () =>
      kassa.payments.requestRefund(paymentId, refund, { commandId: `ask-${refundId}` }),
    );
    if (!asked) return;
    const isBack = await give('confirm-refund', () =>
      kassa.payments.confirmRefund(
        paymentId,
        { ...refund, refundedAt: at },
        { commandId: `back-${refundId}` },
      ),
    );
    if (isBack)
      confirmed.push({
        paymentId,
        settlementId: refundId,
        receiptId: kassa.receipts.idOf({ organisation, document: paymentId, settlementId: refundId }),
      });
  };

  const cancel = async ({ receiptId }: Sale): Promise<void> => {
    const { id } = next();
    if (
      await give('cancel', () =>
        kassa.queue.cancel(receiptId, 'the buyer changed their mind', { commandId: `cancel-${id}` }),
      )
    )
      cancelled.add(receiptId);
  };

  /** A sale that nothing else was done with yet. */
  const takeSale = (fits: (sale: Sale) => boolean): Sale | undefined => {
    const fitting = sales.filter(fits);
    const sale = fitting.length === 0 ? undefined : fitting[random.integer(fitting.length)];
    if (sale !== undefined) sales.splice(sales.indexOf(sale), 1);
    return sale;
  };

  const act = async (): Promise<void> => {
    const drawn = random.next();
    const returned = drawn >= 0.75 && drawn < 0.92 ? takeSale(() => true) : undefined;
    const dropped = drawn >= 0.92 ? takeSale(({ paid }) => paid === undefined) : undefined;
    if (returned !== undefined) return giveBack(returned);
    if (dropped !== undefined) return cancel(dropped);
    return drawn < 0.5 ? pay() : sell();
  };

  return {
    work: async (actions) => {
      let left = actions;
      const lane = async (): Promise<void> => {
        while (left > 0) {
          left -= 1;
          await act();
          await runtime.sleep(random.integer(LONGEST_LULL_MS));
        }
      };
      await Promise.all(Array.from({ length: LANES }, lane));
    },
    books: () => ({ confirmed, registered, cancelled, unrecognised, notAccepted, repeated }),
  };
};
