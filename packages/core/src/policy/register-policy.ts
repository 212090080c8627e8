import { literalCodec } from '@cloud-kassa/ffd';
import type { PaymentInstrument, ReceiptOrigin } from '../receipt/origin';

/**
 * Which settlements a register takes (S12, S24, S35): `3.0.8` only payments of the fast payment system, all others are postponed;
 * `3.0.9` also manual receipts and any cashless payment.
 */
export type RegisterPolicy = '3.0.8' | '3.0.9';

export const REGISTER_POLICY_LIST = ['3.0.8', '3.0.9'] as const satisfies ReadonlyArray<RegisterPolicy>;

export const RegisterPolicyCodec = literalCodec<RegisterPolicy>(REGISTER_POLICY_LIST, 'RegisterPolicy');

/** What a register card takes unless it says otherwise. */
export const DEFAULT_REGISTER_POLICY: RegisterPolicy = '3.0.9';

/** A policy in words and as the two lists it is made of. */
export interface RegisterPolicyMeaning {
  readonly origins: ReadonlyArray<ReceiptOrigin>;
  readonly instruments: ReadonlyArray<PaymentInstrument>;
  readonly english: string;
  readonly russian: string;
}

/** The two policies, named after the versions of 1С:Розница and 1С:УНФ that introduced them (article of 24.04.2024 on 1С-Облачная касса). */
export const REGISTER_POLICIES: Readonly<Record<RegisterPolicy, RegisterPolicyMeaning>> = {
  '3.0.8': {
    origins: ['payment', 'exchange'],
    instruments: ['sbp'],
    english: 'Only payments of the fast payment system, without manual receipts.',
    russian: 'Только оплаты через Систему быстрых платежей, без ручных чеков.',
  },
  '3.0.9': {
    origins: ['manual', 'payment', 'exchange'],
    instruments: ['sbp', 'card', 'bank-transfer', 'other'],
    english: 'Any cashless payment, and manual receipts in an open shift.',
    russian: 'Любые безналичные оплаты и ручные чеки в открытой смене.',
  },
};

/** What the policy of a register looks at. */
export interface PolicyQuestion {
  readonly origin: ReceiptOrigin;
  readonly instrument: PaymentInstrument;
}

/** Does a register with this policy take the settlement? What it does not take is postponed with the reason `policy`, never dropped. */
export const admitsByPolicy = (policy: RegisterPolicy, { origin, instrument }: PolicyQuestion): boolean => {
  const { origins, instruments } = REGISTER_POLICIES[policy];
  return origins.includes(origin) && instruments.includes(instrument);
};
