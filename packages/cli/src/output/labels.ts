import type {
  AttemptPhase,
  Availability,
  BuyerCopyStatus,
  CloudDevice,
  HoldReason,
  QueueStatus,
  RoutingReason,
} from '@cloud-kassa/core';
import type { SettlementSign } from '@cloud-kassa/ffd';
import type { Bilingual } from '@cloud-kassa/provider';

const both = (english: string, russian: string): Bilingual => ({ english, russian });

/** The queue statuses of 1C (СтатусЧекаККТВОчереди). */
export const QUEUE_STATUS: Readonly<Record<QueueStatus, Bilingual>> = {
  new: both('New', 'Новый'),
  fiscalizing: both('Being fiscalised', 'Фискализируется'),
  fiscalized: both('Fiscalised', 'Фискализирован'),
  error: both('Error', 'Ошибка'),
  cancelled: both('Cancelled', 'Отменён'),
};

/** What the provider said, never mixed with the status in the queue. */
export const PROVIDER_STATE: Readonly<Record<string, Bilingual>> = {
  'in-progress': both('Running', 'Выполняется'),
  success: both('Done', 'Выполнена'),
  rejected: both('Rejected', 'Отклонена'),
  unknown: both('Unknown', 'Неизвестно'),
};

export const PHASES: Readonly<Record<AttemptPhase, Bilingual>> = {
  Accepted: both('accepted, not routed', 'принят, касса не выбрана'),
  Ready: both('ready to be sent', 'готов к отправке'),
  Intended: both('being sent', 'отправляется'),
  Pending: both('the provider has it', 'у провайдера'),
  Unknown: both('outcome of a send is unknown', 'исход отправки неизвестен'),
  Retired: both('the last key has failed', 'последний ключ закончился отказом'),
  Held: both('waits for a decision', 'ждёт решения'),
  Fiscalized: both('fiscalised', 'фискализирован'),
  Cancelled: both('cancelled', 'отменён'),
  Disputed: both('documents differ', 'расхождение документов'),
};

export const HOLD_REASONS: Readonly<Record<HoldReason, Bilingual>> = {
  invalid: both('refused as wrong', 'отклонён как ошибочный'),
  rejected: both('content rejected', 'содержание отклонено'),
  ambiguous: both('failed, a document may exist', 'отказ, документ мог быть сделан'),
  exhausted: both('four keys have failed', 'четыре ключа подряд с отказом'),
  horizon: both('the provider may have forgotten the key', 'провайдер мог забыть ключ'),
  poison: both('the program died on it', 'программа падает на нём'),
  'no-handle': both('there is no way to ask', 'спросить нельзя'),
};

export const SETTLEMENT_SIGN: Readonly<Record<SettlementSign, Bilingual>> = {
  1: both('Sale', 'Приход'),
  2: both('Sale refund', 'Возврат прихода'),
  3: both('Purchase', 'Расход'),
  4: both('Purchase refund', 'Возврат расхода'),
};

export const DEVICE_STATUS: Readonly<Record<CloudDevice['status'], Bilingual>> = {
  active: both('In use', 'В работе'),
  suspended: both('Suspended', 'Приостановлена'),
  retired: both('Retired', 'Выведена'),
};

export const AVAILABILITY: Readonly<Record<Availability, Bilingual>> = {
  available: both('available', 'доступна'),
  unavailable: both('not available', 'недоступна'),
  unreachable: both('does not answer', 'не отвечает'),
  unauthorised: both('credentials refused', 'отказ в доступе'),
};

/** What became of the buyer's copy (S10). */
export const BUYER_COPY: Readonly<Record<BuyerCopyStatus, Bilingual>> = {
  requested: both('asked for', 'запрошен'),
  sent: both('sent', 'отправлен'),
  failed: both('failed', 'не отправлен'),
};

/** Reasons of routing, and those that one process or the log of devices has beside them. */
type Obstacle = RoutingReason | 'not-opened' | 'down' | 'undecodable' | 'domain-taken';

export const OBSTACLES: Readonly<Record<Obstacle, Bilingual>> = {
  retired: both('retired', 'выведена'),
  suspended: both('suspended', 'приостановлена'),
  unavailable: both('says that it can not fiscalise', 'сообщает, что фискализация недоступна'),
  unreachable: both('does not answer', 'не отвечает'),
  unauthorised: both('does not accept the credentials', 'не принимает данные аутентификации'),
  'other-taxpayer': both(
    'is registered for another taxpayer',
    'зарегистрирована на другого налогоплательщика',
  ),
  'key-expired': both('the key of the drive has expired', 'срок ключа ФН истёк'),
  'drive-full': both('the drive is full', 'ФН заполнен'),
  'unsent-over-limit': both('unsent documents are too old', 'неотправленные документы слишком стары'),
  'other-organisation': both('of another organisation', 'другой организации'),
  'taxation-not-registered': both(
    'taxation system not registered',
    'система налогообложения не зарегистрирована',
  ),
  'ffd-differs': both('another version of the format', 'другая версия ФФД'),
  'internet-only': both('for Internet settlements only', 'только для расчётов в интернете'),
  'no-register': both('no register card attached', 'касса не подключена'),
  policy: both('the policy of the register does not take it', 'политика кассы не допускает'),
  'another-chosen': both('another one was chosen', 'выбрана другая'),
  'not-opened': both('its connection can not be opened here', 'подключение здесь не открывается'),
  down: both('its provider does not answer', 'провайдер не отвечает'),
  undecodable: both('its events can not be read by this version', 'её события не читаются этой версией'),
  'domain-taken': both(
    'another device was connected to the same group before',
    'к этой группе раньше подключена другая облачная ККТ',
  ),
};

const isObstacle = (reason: string): reason is Obstacle => Object.hasOwn(OBSTACLES, reason);

/** Why a device is not chosen, in words; a reason that is not known by its name. */
export const obstacle = (reason: string): Bilingual =>
  isObstacle(reason) ? OBSTACLES[reason] : both(reason, reason);

/** Kopecks as roubles for people: `1 234,50`. */
export const roubles = (kopecks: number, language: 'en' | 'ru' = 'ru'): string => {
  const sign = kopecks < 0 ? '−' : '';
  const whole = Math.trunc(Math.abs(kopecks) / 100);
  const rest = String(Math.abs(kopecks) % 100).padStart(2, '0');
  const grouped = String(whole).replaceAll(/\B(?=(\d{3})+$)/g, ' ');
  return `${sign}${grouped}${language === 'ru' ? ',' : '.'}${rest}`;
};

/** A sum in both languages. */
export const sum = (kopecks: number): Bilingual => both(roubles(kopecks, 'en'), roubles(kopecks));
