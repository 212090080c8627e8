import type { Refusal, RuleTable } from '../refusal';

/** Why a command to a shift is refused. */
export type ShiftRule =
  | 'device-unavailable'
  | 'shift-open'
  | 'shift-id-used'
  | 'no-open-shift'
  | 'other-shift'
  | 'shift-number'
  | 'closed-before-opened'
  | 'totals-inconsistent'
  | 'open-receipts-count'
  | 'receipts-open'
  | 'totals-differ';

export type ShiftRefusal = Refusal<ShiftRule>;

export const SHIFT_RULES: RuleTable<ShiftRule> = {
  'device-unavailable': {
    english: 'The cloud device can not fiscalise now, so the shift can not be opened; the reasons are named.',
    russian: 'Сервис облачных касс недоступен. Невозможно открыть смену.',
    source: '1С-Облачная касса: a shift opens on FISCALIZATION_AVAILABLE only',
  },
  'shift-open': {
    english: 'Another shift is open on this register.',
    russian: 'На кассе уже открыта другая смена.',
    source: '54-FZ art. 4.3: a shift is closed before the next is opened',
  },
  'shift-id-used': {
    english: 'A shift of this id was opened and closed before.',
    russian: 'Смена с таким идентификатором уже была закрыта.',
    source: 'a shift is opened once',
  },
  'no-open-shift': {
    english: 'No shift is open on this register.',
    russian: 'На кассе нет открытой смены.',
    source: 'only an open shift is observed or closed',
  },
  'other-shift': {
    english: 'The shift that is open is another one.',
    russian: 'Открыта другая смена.',
    source: 'a command names the shift it means',
  },
  'shift-number': {
    english: 'The number of a KKT shift is a whole number from 1.',
    russian: 'Номер смены ККТ — целое число от 1.',
    source: 'order ЕД-7-20/662@, tag 1038',
  },
  'closed-before-opened': {
    english: 'The shift would be closed before it was opened.',
    russian: 'Смена не может закрыться раньше, чем открылась.',
    source: 'time of a register must not go back',
  },
  'totals-inconsistent': {
    english: 'For one settlement sign the payment sums do not make the total, or a count is no whole number.',
    russian: 'Суммы оплат не равны итогу по признаку расчёта, либо количество не целое.',
    source: 'order ЕД-7-20/662@: tags 1031, 1081, 1215, 1216 and 1217 equal 1020',
  },
  'open-receipts-count': {
    english: 'The number of open receipts is whole and not negative.',
    russian: 'Количество незавершённых чеков — целое неотрицательное число.',
    source: 'closing of a shift',
  },
  'receipts-open': {
    english: 'Receipts of the shift are not fiscalised yet. A person closes it on purpose, or waits.',
    russian: 'В смене есть незавершённые чеки. Закройте её принудительно или дождитесь их завершения.',
    source: 'closing of a shift by a person; the shift keeper waits for nothing',
  },
  'totals-differ': {
    english:
      'The totals of the shift differ from those of the operator of fiscal data. A person closes it on purpose, or looks first.',
    russian: 'Данные смены в сервисе ОФД и в базе различаются. Продолжить закрытие смены?',
    source: '1С-Облачная касса: reconciliation at the closing of a shift',
  },
};

export const refusal = (rule: ShiftRule, field: string, detail?: ShiftRefusal['detail']): ShiftRefusal =>
  detail === undefined ? { rule, field } : { rule, field, detail };
