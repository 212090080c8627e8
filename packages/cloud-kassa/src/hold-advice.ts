import type { HoldReason } from '@cloud-kassa/core';
import type { Bilingual } from '@cloud-kassa/provider';

/** What a held reason means and what a person can do about it. */
export interface HoldAdvice {
  readonly meaning: Bilingual;
  readonly todo: Bilingual;
}

/** Every reason for which a receipt waits for a person (the attempt protocol's rows 8, 9, 14, 21, 28, 43 and 45 lead here). */
export const HOLD_ADVICE: Readonly<Record<HoldReason, HoldAdvice>> = {
  invalid: {
    meaning: {
      english: 'The provider refused the request as wrong. Nothing was made by it.',
      russian: 'Провайдер отклонил запрос как ошибочный. Чек по нему не сделан.',
    },
    todo: {
      english:
        'Correct what the provider names and settle with `amend`, or cancel. With earlier sends unaccounted for: `resume`.',
      russian:
        'Исправьте названное провайдером и разберите способом `amend` либо отмените. Если есть отправки без исхода — `resume`.',
    },
  },
  rejected: {
    meaning: {
      english: 'The provider took the receipt and then rejected its content. No document was made.',
      russian: 'Провайдер принял чек, а затем отклонил его содержание. Документ не сделан.',
    },
    todo: {
      english: 'Correct the content and settle with `amend`: it goes out under a new key. Or cancel.',
      russian:
        'Исправьте содержание и разберите способом `amend`: чек уйдёт под новым ключом. Либо отмените.',
    },
  },
  ambiguous: {
    meaning: {
      english: 'The provider says that it failed, but a document may exist.',
      russian: 'Провайдер сообщил об ошибке, но документ мог быть сделан.',
    },
    todo: {
      english:
        'Look for the document in the cabinet of the provider, at the operator of fiscal data and in the unsent queue of the register. Found: `document`. Not there and the provider remembers the failure: `no-document`, by two persons.',
      russian:
        'Поищите документ в кабинете провайдера, у ОФД и среди неотправленных документов ККТ. Найден — `document`. Его нет и провайдер помнит отказ — `no-document`, двумя сотрудниками.',
    },
  },
  exhausted: {
    meaning: {
      english: 'Four keys in a row ended as failed.',
      russian: 'Четыре ключа подряд закончились отказом.',
    },
    todo: {
      english: 'Find out why the provider fails, then `resume`, or cancel.',
      russian: 'Выясните, почему провайдер отказывает, затем `resume` либо отмените.',
    },
  },
  horizon: {
    meaning: {
      english: 'The provider may have forgotten the key: asking proves nothing any more.',
      russian: 'Провайдер мог забыть ключ: ответ на вопрос уже ничего не доказывает.',
    },
    todo: {
      english:
        'Look for the document as for `ambiguous`. Found: `document`. Not there: `resume` or `no-document`, by two persons with evidence.',
      russian:
        'Ищите документ, как при `ambiguous`. Найден — `document`. Его нет — `resume` или `no-document`, двумя сотрудниками с доказательством.',
    },
  },
  poison: {
    meaning: {
      english: 'The program died three times while it worked on this receipt alone.',
      russian: 'Программа трижды завершилась аварийно, работая только с этим чеком.',
    },
    todo: {
      english: 'Mend the cause, then `resume`; past the horizon as for `horizon`.',
      russian: 'Устраните причину, затем `resume`; если горизонт прошёл — как при `horizon`.',
    },
  },
  'no-handle': {
    meaning: {
      english: 'There is no way to ask the provider what became of the receipt.',
      russian: 'Узнать у провайдера судьбу чека нельзя.',
    },
    todo: {
      english: 'Look for the document as for `ambiguous`; `resume` if the provider can be asked again.',
      russian: 'Ищите документ, как при `ambiguous`; `resume`, если провайдера снова можно спросить.',
    },
  },
};

/** The codes of what an adapter holds back begin so. */
const NOT_EXPRESSIBLE_CODE = 'not-expressible:';

/** What a reason code of a receipt says that its own adapter held back: nothing went to the provider. */
const NOT_EXPRESSIBLE: HoldAdvice = {
  meaning: {
    english: 'The protocol of the provider has no words for this receipt. Nothing was sent.',
    russian: 'Протокол провайдера не может передать этот чек. Ничего не отправлено.',
  },
  todo: {
    english:
      'Change what can not be said and settle with `amend`. Or cancel and make the receipt at a register that can say it.',
    russian:
      'Измените то, что нельзя передать, и разберите способом `amend`. Либо отмените и сделайте чек на кассе, которая это умеет.',
  },
};

/** The advice to a held receipt, by its reason and the code beside it. */
export const holdAdviceOf = ({
  reason,
  code,
}: {
  readonly reason: HoldReason;
  readonly code?: string;
}): HoldAdvice =>
  reason === 'invalid' && code?.startsWith(NOT_EXPRESSIBLE_CODE) === true
    ? NOT_EXPRESSIBLE
    : HOLD_ADVICE[reason];
