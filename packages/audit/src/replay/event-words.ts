import type { CloudDeviceEvent, PaymentEvent, ReceiptEvent, ShiftEvent } from '@cloud-kassa/core';

/** What happened, in a sentence for people. */
export interface EventWords {
  readonly english: string;
  readonly russian: string;
}

/** Any event of this library. */
export type KassaEvent = ReceiptEvent | PaymentEvent | CloudDeviceEvent | ShiftEvent;

/** Every event in words. */
export const EVENT_WORDS: Readonly<Record<KassaEvent['type'], EventWords>> = {
  'receipt.Registered': { english: 'The receipt was registered.', russian: 'Чек зарегистрирован.' },
  'receipt.Enqueued': { english: 'It was put into the queue.', russian: 'Чек поставлен в очередь.' },
  'receipt.Postponed': { english: 'It was postponed.', russian: 'Чек отложен.' },
  'receipt.Resumed': { english: 'It was taken up again.', russian: 'Чек возобновлён.' },
  'receipt.Routed': { english: 'A device was chosen.', russian: 'Выбрана облачная касса.' },
  'receipt.Rerouted': { english: 'Another device was chosen.', russian: 'Выбрана другая облачная касса.' },
  'receipt.SendIntended': { english: 'A send was authorised.', russian: 'Отправка разрешена.' },
  'receipt.Acknowledged': { english: 'The provider has the receipt.', russian: 'Сервис принял чек.' },
  'receipt.SendVoided': { english: 'The send came to nothing.', russian: 'Отправка не состоялась.' },
  'receipt.OutcomeUnknown': {
    english: 'What became of the send is not known.',
    russian: 'Исход отправки неизвестен.',
  },
  'receipt.TakenOver': {
    english: 'Another worker took the receipt over.',
    russian: 'Чек принял другой исполнитель.',
  },
  'receipt.Refused': { english: 'The provider refused the receipt.', russian: 'Сервис отклонил чек.' },
  'receipt.Held': { english: 'A person has to look.', russian: 'Чек ждёт решения человека.' },
  'receipt.KeyRetired': {
    english: 'The key was given up: nothing was made under it.',
    russian: 'Ключ операции закрыт: документа по нему нет.',
  },
  'receipt.Rekeyed': { english: 'A new key was taken.', russian: 'Назначен новый ключ операции.' },
  'receipt.Released': { english: 'A person let it go on.', russian: 'Человек разрешил продолжить.' },
  'receipt.Fiscalized': { english: 'The document exists.', russian: 'Чек фискализирован.' },
  'receipt.Disputed': {
    english: 'A document was found that should not be so.',
    russian: 'Найден спорный документ.',
  },
  'receipt.Compensated': {
    english: 'Another receipt made it good.',
    russian: 'Спор закрыт компенсирующим чеком.',
  },
  'receipt.DeadlineAlarmed': {
    english: 'A part of the legal term has passed.',
    russian: 'Предупреждение о сроке.',
  },
  'receipt.Cancelled': { english: 'It was cancelled.', russian: 'Чек отменён.' },
  'receipt.BuyerCopyRecorded': {
    english: 'Something became of the buyer’s copy.',
    russian: 'Изменилось состояние электронного чека покупателю.',
  },
  'receipt.OfdConfirmed': {
    english: 'The operator of fiscal data confirmed the document.',
    russian: 'ОФД подтвердил документ.',
  },
  'receipt.RefundReserved': { english: 'A refund took its part.', russian: 'Возврат зарезервирован.' },
  'receipt.RefundReleased': { english: 'A refund gave its part back.', russian: 'Резерв возврата снят.' },
  'receipt.OffsetReserved': { english: 'An offset took its amount.', russian: 'Зачёт зарезервирован.' },
  'receipt.OffsetReleased': { english: 'An offset gave its amount back.', russian: 'Резерв зачёта снят.' },
  'payment.PaymentRequested': { english: 'A payment was asked for.', russian: 'Запрошена оплата.' },
  'payment.PaymentLinkIssued': {
    english: 'A payment link was issued.',
    russian: 'Выдана платёжная ссылка.',
  },
  'payment.PaymentConfirmed': { english: 'Money came.', russian: 'Оплата подтверждена.' },
  'payment.PaymentDeclined': { english: 'The bank declined.', russian: 'Оплата отклонена.' },
  'payment.PaymentExpired': { english: 'The time to pay is over.', russian: 'Срок оплаты истёк.' },
  'payment.RefundRequested': { english: 'A refund was asked for.', russian: 'Запрошен возврат.' },
  'payment.RefundConfirmed': { english: 'Money went back.', russian: 'Возврат подтверждён.' },
  'payment.RefundDeclined': { english: 'The refund failed.', russian: 'Возврат отклонён.' },
  'payment.FiscalizationPostponed': {
    english: 'There is no receipt yet, for a reason.',
    russian: 'Фискализация отложена.',
  },
  'payment.FiscalizationResumed': { english: 'The reason is gone.', russian: 'Фискализация возобновлена.' },
  'payment.ReceiptLinked': { english: 'The settlement has its receipt.', russian: 'Чек по оплате создан.' },
  'clouddevice.DeviceRegistered': {
    english: 'The cloud device was connected.',
    russian: 'Облачная касса подключена.',
  },
  'clouddevice.ConnectionChanged': {
    english: 'The connection was changed.',
    russian: 'Параметры подключения изменены.',
  },
  'clouddevice.RegistrationChanged': {
    english: 'The registration was changed.',
    russian: 'ККТ перерегистрирована.',
  },
  'clouddevice.RegisterAttached': {
    english: 'A register card was attached.',
    russian: 'Касса ККМ подключена.',
  },
  'clouddevice.RestrictionNoticeGiven': {
    english: 'The restrictions of a cloud register were told.',
    russian: 'Показано предупреждение об ограничениях.',
  },
  'clouddevice.RegisterPolicyChanged': {
    english: 'The policy of a register was changed.',
    russian: 'Политика кассы изменена.',
  },
  'clouddevice.RegisterDetached': {
    english: 'A register card was detached.',
    russian: 'Касса ККМ отключена.',
  },
  'clouddevice.HealthRecorded': {
    english: 'The state of the units has changed.',
    russian: 'Состояние ККТ изменилось.',
  },
  'clouddevice.FiscalDriveInstalled': {
    english: 'A fiscal drive was installed.',
    russian: 'Установлен фискальный накопитель.',
  },
  'clouddevice.DeviceSuspended': { english: 'The device was suspended.', russian: 'Касса приостановлена.' },
  'clouddevice.DeviceResumed': { english: 'The device was resumed.', russian: 'Касса возобновлена.' },
  'clouddevice.DeviceRetired': { english: 'The device was retired.', russian: 'Касса выведена из работы.' },
  'shift.ShiftOpened': { english: 'A shift was opened.', russian: 'Смена открыта.' },
  'shift.KktShiftObserved': {
    english: 'A shift of a unit was seen.',
    russian: 'Замечена смена ККТ.',
  },
  'shift.ShiftClosed': { english: 'The shift was closed.', russian: 'Смена закрыта.' },
};
