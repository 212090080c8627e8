import type { RuleDescription } from '../../../refusal';

const rehearsal = 'a rehearsal of old receipts gives the date of the document itself';

/** Rules that compare the receipt with its register, its device and the calendar. */
export const FACT_RULES = {
  'organisation-differs': {
    english: 'The receipt, its register and its device belong to one organisation.',
    russian: 'Организация чека, кассы и ККТ должна быть одна.',
    source: '54-FZ, art. 4.2: a register is registered for one user; tag 1018',
  },
  'device-differs': {
    english: 'The register card points at the device.',
    russian: 'Касса привязана к другой ККТ.',
    source: 'requirement S21 of the 1C cloud register: the register card points at the cloud device',
  },
  'ffd-differs': {
    english: 'The receipt is of the format version its device is registered with.',
    russian: 'Версия ФФД чека не совпадает с версией ФФД ККТ.',
    source: 'order ЕД-7-20/662@, tags 1189 and 1209',
  },
  'zone-differs': {
    english: 'The local time of the receipt is that of the zone of its register.',
    russian: 'Часовая зона чека не совпадает с зоной кассы.',
    source: 'order ЕД-7-20/662@, tags 1011 and 1012',
  },
  'vat-rule-differs': {
    english: 'VAT totals are computed as the register computes them: per line or per total.',
    russian: 'Итоги НДС посчитаны не так, как их считает касса.',
    source: 'observed in real receipts: every register keeps to one of the two ways',
  },
  'register-policy': {
    english: 'Under policy 3.0.8 the register takes only payments of the fast payment system.',
    russian: 'По правилам версии 3.0.8 касса принимает только оплаты через СБП.',
    source: 'requirements S12, S24 and S35 of the 1C cloud register',
  },
  'shift-not-open': {
    english: 'A receipt made by hand needs an open cash shift.',
    russian: 'Чек, введённый вручную, требует открытой кассовой смены.',
    source: 'requirement S25 of the 1C cloud register',
  },
  'settled-in-future': {
    english: 'The settlement does not lie in the future.',
    russian: 'Дата расчёта ещё не наступила.',
    source: '54-FZ, art. 1.2: the register is used at the settlement; tag 1012',
  },
  'needs-correction': {
    english:
      'The settlement is too old for an ordinary receipt: the register was not used in time, a correction receipt is due.',
    russian: 'Расчёт слишком давний для обычного чека: нужен чек коррекции.',
    source: `54-FZ, art. 1.2 cl. 5.4 and art. 4.3 cl. 4; ${rehearsal}`,
  },
  'taxation-not-registered': {
    english: 'The taxation system is one the device is registered with.',
    russian: 'ККТ не зарегистрирована с этой системой налогообложения.',
    source: 'order ЕД-7-20/662@, tags 1055 and 1062',
  },
  'taxation-not-in-force': {
    english: 'The taxation system existed at the date of the settlement.',
    russian: 'Система налогообложения на дату расчёта не действует.',
    source: '97-FZ, art. 5: the imputed-income tax was abolished on 2021-01-01',
  },
} as const satisfies Readonly<Record<string, RuleDescription>>;
