import type { PaymentMethod } from '@cloud-kassa/ffd';
import { VAT_CODES, paymentsMatch } from '@cloud-kassa/ffd';
import type { ReceiptContent, ReceiptItem } from '../content';
import type { AdmissionRule, ContentRule } from './admission';
import { firstRefusalOf, unless } from './admission';

/** What is not cash does not exceed the total (tags 1081, 1215, 1216, 1217 against 1020; register driver error 52). */
export const nonCashWithinTotal: ContentRule = ({ payments, total }) =>
  unless(
    payments.cashless + payments.prepaid + payments.credit + payments.provision <= total,
    'non-cash-above-total',
    'payments',
  );

/** The five payment sums equal the total (register driver error 66). */
export const paymentsAgree: ContentRule = ({ payments, total }) =>
  unless(paymentsMatch(payments, total), 'payments-differ-from-total', 'payments');

/** With the Internet sign the settlement is cashless (order ЕД-7-20/236@, tag 1125). */
export const internetIsCashless: ContentRule = ({ internet, payments }) =>
  unless(!internet || payments.cash === 0, 'cash-in-internet-settlement', 'payments.cash');

/** A cloud register takes no cash (S7); by law only one under art. 1.2 cl. 5.6 could, never one for Internet settlements or bank transfers. */
export const noCashOnCloudRegister: AdmissionRule = ({ content, facts: { register, device }, profile }) => {
  const never =
    device.internetOnly ||
    register.legalGround === 'internet-cashless' ||
    register.legalGround === 'bank-transfer';
  const accepted = profile.cashOnRemoteRegister === 'accepted' && !never;
  return unless(content.payments.cash === 0 || accepted, 'no-cash-on-cloud-register', 'payments.cash');
};

const sumOfMethod = (items: ReadonlyArray<ReceiptItem>, method: PaymentMethod): number =>
  items.reduce((sum, item) => (item.paymentMethod === method ? sum + item.sum : sum), 0);

const creditSuitsMethods = ({
  settlementSign,
  items,
  total,
  payments: { credit },
}: ReceiptContent): boolean => {
  const isRefund = settlementSign === 2 || settlementSign === 4;
  if (isRefund || items.length === 0 || items.some(({ paymentMethod }) => paymentMethod === 7)) return true;
  const unpaid = sumOfMethod(items, 6);
  const partlyPaid = sumOfMethod(items, 5);
  const rounding = items.reduce((sum, item) => sum + item.sum, 0) - total;
  const leavesSome = partlyPaid === 0 || (credit > 0 && credit < total);
  return credit >= unpaid - rounding && credit <= unpaid + partlyPaid && leavesSome;
};

/**
 * 1216 of a sale or purchase is what the methods leave unpaid: all of lines on credit (6), a part of lines partly paid (5), nothing of others (tag 1214).
 * A refund may take from money and credit as the parties agree.
 */
export const creditFollowsMethods: AdmissionRule = ({ content, profile }) =>
  unless(
    profile.credit === 'free' || creditSuitsMethods(content),
    'credit-differs-from-methods',
    'payments.credit',
  );

/** Calculated rates before the transfer, plain ones at it (FNS letter АБ-4-20/11248@); off by default, for practice does not keep it. */
export const ratesFollowMethods: AdmissionRule = ({ content, profile }) =>
  profile.prepaymentRate === 'free'
    ? undefined
    : firstRefusalOf(content.items, ({ vatCode, paymentMethod }, index) => {
        const { calculated, carries } = VAT_CODES[vatCode];
        const suits = carries === 'turnover' || paymentMethod === 7 || calculated === paymentMethod <= 3;
        return unless(suits, 'prepayment-rate', `items.${index}.vatCode`);
      });

/** An advance is a payment (subject 10) in quantity 1 (tags 1212, 1214); off by default. */
export const advancesArePayments: AdmissionRule = ({ content, profile }) =>
  profile.advanceSubject === 'free'
    ? undefined
    : firstRefusalOf(content.items, ({ paymentMethod, subject, quantity }, index) =>
        unless(
          paymentMethod !== 3 || (subject === 10 && quantity === '1'),
          'advance-subject',
          `items.${index}.subject`,
        ),
      );
