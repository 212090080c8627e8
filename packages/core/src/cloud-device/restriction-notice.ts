import type { RegisterPolicy } from '../receipt/facts';

/** What a person is told when a register card is attached to a cloud device (S22), by the policy of the card. */
export const RESTRICTION_NOTICES: Readonly<
  Record<RegisterPolicy, { readonly english: string; readonly russian: string }>
> = {
  '3.0.8': {
    english:
      'The register works through a cloud cash register: only documents paid through the fast payment system are fiscalised, automatically.',
    russian:
      'Касса подключена к облачной ККТ: автоматическая фискализация доступна только для документов, оплаченных через СБП.',
  },
  '3.0.9': {
    english:
      'The register works through a cloud cash register: cashless payments only, receipts only in electronic form, the telephone or e-mail of the buyer is required.',
    russian:
      'Касса подключена к облачной ККТ: только безналичные оплаты и только электронные чеки; телефон или почта покупателя обязательны.',
  },
};
