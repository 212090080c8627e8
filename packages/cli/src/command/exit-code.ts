import type { Bilingual } from '@cloud-kassa/provider';

/** How a command ended, for programs: a contract. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 130;

export const EXIT_CODES: Readonly<Record<ExitCode, Bilingual>> = {
  0: { english: 'Done; nothing is left to do.', russian: 'Выполнено; больше делать нечего.' },
  1: {
    english: 'A finding of an audit or of a check.',
    russian: 'Найдены расхождения при проверке.',
  },
  2: {
    english: 'Usage: an unknown command, a wrong option, a bad line of a file (the first one is named).',
    russian: 'Ошибка вызова: неизвестная команда, неверный параметр или строка файла (названа первая).',
  },
  3: { english: 'Refused by a rule; the rule is named.', russian: 'Отказано правилом; правило названо.' },
  4: { english: 'Not authenticated or not permitted.', russian: 'Нет прав или не пройдена аутентификация.' },
  5: { english: 'The store is unavailable or corrupt.', russian: 'Хранилище недоступно или повреждено.' },
  6: { english: 'The provider is not available.', russian: 'Провайдер недоступен.' },
  7: {
    english: 'Conflict: the state was changed meanwhile; look again.',
    russian: 'Конфликт: данные изменились; посмотрите ещё раз.',
  },
  8: {
    english: 'Pending: work remains (open or held receipts, payments without a receipt).',
    russian: 'Осталась работа: открытые или ожидающие решения чеки, оплаты без чека.',
  },
  130: { english: 'Interrupted; everything is whole.', russian: 'Прервано; данные целы.' },
};
