import type { RuleTable } from '../../refusal';

/** Why a step of the attempt protocol is refused. */
export type AttemptRule =
  | 'transition-forbidden'
  | 'sends-unaccounted-for'
  | 'not-enqueued'
  | 'postponed'
  | 'not-postponed'
  | 'retry-not-due'
  | 'parents-waiting'
  | 'horizon-passed'
  | 'horizon-not-passed'
  | 'quiet-period'
  | 'payload-changed'
  | 'evidence-missing'
  | 'stale-epoch'
  | 'stale-key'
  | 'hold-reason'
  | 'person-unnamed'
  | 'two-persons-required'
  | 'evidence-incomplete'
  | 'content-not-amended'
  | 'handle-expected'
  | 'deadline-percent';

/** The rules of the attempt protocol; the numbers are those of its table. */
export const ATTEMPT_RULES: RuleTable<AttemptRule> = {
  'transition-forbidden': {
    english: 'In its present state the receipt does not take this. What it takes is told by `queue explain`.',
    russian: 'В нынешнем состоянии чека это невозможно. Что возможно, показывает `queue explain`.',
    source: 'attempt protocol: what is not in the table is forbidden',
  },
  'sends-unaccounted-for': {
    english:
      'At least one authorised send may still become a document, so the receipt can not leave this key.',
    russian: 'Есть отправка с неизвестным исходом: по ней ещё может быть сформирован документ.',
    source: 'attempt protocol, rows 5, 7, 30, 42 and 44',
  },
  'not-enqueued': {
    english: 'The receipt was not put into the queue yet.',
    russian: 'Чек ещё не поставлен в очередь.',
    source: 'attempt protocol, row 1',
  },
  postponed: {
    english: 'The receipt is postponed; resume it first.',
    russian: 'Чек отложен; сначала возобновите его.',
    source: 'attempt protocol, rows 1, 3 and 44',
  },
  'not-postponed': {
    english: 'The receipt is not postponed.',
    russian: 'Чек не отложен.',
    source: 'attempt protocol, row 44',
  },
  'retry-not-due': {
    english: 'The pause before the next send has not passed.',
    russian: 'Пауза перед повторной отправкой ещё не прошла.',
    source: 'attempt protocol, row 3',
  },
  'parents-waiting': {
    english: 'The receipt that this one refunds, corrects or offsets is not fiscalized yet.',
    russian: 'Исходный чек ещё не фискализирован.',
    source: 'attempt protocol, row 3: parents before children',
  },
  'horizon-passed': {
    english: 'The provider may have forgotten the key; it must not be sent again without two persons.',
    russian: 'Сервис мог забыть ключ операции; повторная отправка только по решению двух лиц.',
    source: 'attempt protocol, rows 3, 8, 23 and 31',
  },
  'horizon-not-passed': {
    english: 'The provider still remembers the key.',
    russian: 'Срок хранения ключа операции ещё не истёк.',
    source: 'attempt protocol, rows 8 and 47',
  },
  'quiet-period': {
    english: 'The quiet period after the last send has not passed.',
    russian: 'Период тишины после последней отправки ещё не прошёл.',
    source: 'attempt protocol, row 23',
  },
  'payload-changed': {
    english: 'What would be sent differs from what was sent under the same key.',
    russian: 'Содержимое отличается от уже отправленного с этим ключом.',
    source: 'attempt protocol: one key, identical content',
  },
  'evidence-missing': {
    english: 'After an unknown outcome a send needs the word of the provider that it does not know the key.',
    russian: 'После неизвестного исхода нужна справка сервиса, что ключ ему не известен.',
    source: 'attempt protocol, row 23',
  },
  'stale-epoch': {
    english: 'The outcome belongs to an earlier send; another worker has gone on.',
    russian: 'Результат относится к прежней отправке: чек уже обрабатывает другой исполнитель.',
    source: 'attempt protocol, rows 10 to 17',
  },
  'stale-key': {
    english: 'The answer speaks of a key that is not the current one.',
    russian: 'Ответ относится к прежнему ключу операции.',
    source: 'attempt protocol, rows 18 to 25',
  },
  'hold-reason': {
    english: 'This way out does not exist for the reason the receipt is held for.',
    russian: 'Для этой причины удержания такое решение не предусмотрено.',
    source: 'attempt protocol, rows 30, 31, 33, 43 and 47',
  },
  'person-unnamed': {
    english: 'What a machine can not prove is settled by a named person.',
    russian: 'Не указано лицо, принявшее решение.',
    source: 'attempt protocol, rows 30 to 33, 36 to 38, 43 and 47',
  },
  'two-persons-required': {
    english: 'Two different named persons are needed.',
    russian: 'Требуются два разных ответственных лица.',
    source: 'attempt protocol, rows 31, 33 and 47',
  },
  'evidence-incomplete': {
    english: 'The evidence does not name all that proves it.',
    russian: 'Доказательства указаны не полностью.',
    source: 'attempt protocol, rows 32, 33, 37 and 47',
  },
  'content-not-amended': {
    english: 'The amended content equals the refused one.',
    russian: 'Исправленное содержимое совпадает с отклонённым.',
    source: 'attempt protocol, rows 30 and 43',
  },
  'handle-expected': {
    english: 'The provider has acknowledged the receipt and may still tell its outcome.',
    russian: 'Сервис принял чек и ещё может сообщить результат.',
    source: 'attempt protocol, row 45',
  },
  'deadline-percent': {
    english: 'Alarms are raised at 50, 80 and 100 percent of the legal deadline.',
    russian: 'Предупреждения подаются при 50, 80 и 100 процентах срока.',
    source: 'attempt protocol, row 39',
  },
};
