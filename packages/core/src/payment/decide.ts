import type { Decider } from '../decider';
import type { PaymentCommand } from './commands';
import { link, postpone, resume } from './decide-fiscalization';
import type { Decision } from './decide-money';
import {
  confirmPayment,
  declinePayment,
  expirePayment,
  issueLink,
  NOTHING,
  refuse,
  requestPayment,
} from './decide-money';
import { confirmRefund, declineRefund, requestRefund } from './decide-refund';
import type { PaymentEvent } from './events';
import { evolvePayment } from './evolve';
import type { PaymentRefusal } from './rejections';
import type { Payment, PaymentState } from './state';

const aboutMoney = (state: PaymentState, decision: (payment: Payment) => Decision): Decision =>
  state === undefined ? refuse('settlement-unknown', 'settlementId') : decision(state);

/** Decides one command to a payment. Total: whatever is not possible is refused with a rule; notices that say nothing new change nothing. */
export const decidePayment = (command: PaymentCommand, state: PaymentState): Decision => {
  switch (command.type) {
    case 'RequestPayment':
      return requestPayment(command.data, state);
    case 'IssuePaymentLink':
      return issueLink(command.data, state);
    case 'ConfirmPayment':
      return confirmPayment(command.data, state);
    case 'DeclinePayment':
      return declinePayment(command.data, state);
    case 'ExpirePayment':
      return expirePayment(command.data, state);
    case 'RequestRefund':
      return aboutMoney(state, (payment) => requestRefund(command.data, payment));
    case 'ConfirmRefund':
      return aboutMoney(state, (payment) => confirmRefund(command.data, payment));
    case 'DeclineRefund':
      return state === undefined ? NOTHING : declineRefund(command.data, state);
    case 'PostponeFiscalization':
      return aboutMoney(state, (payment) => postpone(command.data, payment));
    case 'ResumeFiscalization':
      return aboutMoney(state, (payment) => resume(command.data, payment));
    case 'LinkReceipt':
      return aboutMoney(state, (payment) => link(command.data, payment));
  }
};

/** The payment as a decider. */
export const PAYMENT: Decider<PaymentCommand, PaymentState, PaymentEvent, PaymentRefusal> = {
  initial: undefined,
  decide: decidePayment,
  evolve: evolvePayment,
};
