/**
 * What a documented refusal means for the receipt. `invalid`: this request will never be taken. All others concern everything under the
 * same credentials and pass once somebody has done something. `nothing-known`: the receipt may have been made.
 */
export type ProblemEffect =
  | 'invalid'
  | 'credentials'
  | 'payment'
  | 'forbidden'
  | 'throttled'
  | 'nothing-known';

/** One type of error body with the statuses it is documented for. */
export interface ProblemType {
  readonly type: string;
  readonly statuses: ReadonlyArray<number>;
  readonly effect: ProblemEffect;
  /** The 1C portal refused before the provider was asked. */
  readonly byPortal?: true;
  readonly russian: string;
  readonly english: string;
}

const BAD_REQUEST: ReadonlyArray<number> = [400, 404, 422];
const SERVER_ERROR: ReadonlyArray<number> = [500, 501, 502, 503, 504];

/**
 * The error types that 1C's client knows, with the statuses it knows them under. `PROVIDER_DISABLED` and `INTEGRATION_IS_NOT_SUPPORTED_1C`
 * come under 400, 404 or 422 and yet speak of the integration, as a 403 does: no receipt is the worse for them. Some are written there with a Cyrillic «С» in `_1С`; both
 * spellings are read.
 */
export const PROBLEM_TYPES: ReadonlyArray<ProblemType> = [
  {
    type: 'BAD_REQUEST',
    statuses: BAD_REQUEST,
    effect: 'invalid',
    russian: 'Неверный набор параметров или формат запроса к сервису облачной кассы.',
    english: 'The cloud register service does not accept the parameters or the form of the request.',
  },
  {
    type: 'BAD_REQUEST_1C',
    statuses: BAD_REQUEST,
    effect: 'invalid',
    byPortal: true,
    russian: 'Неверный набор параметров или формат запроса к порталу 1С:ИТС.',
    english: 'The 1C:ITS portal does not accept the parameters or the form of the request.',
  },
  {
    type: 'NO_CONTACT_INFO',
    statuses: BAD_REQUEST,
    effect: 'invalid',
    russian: 'В данных чека нет контакта покупателя.',
    english: 'The receipt has no contact of the buyer.',
  },
  {
    type: 'NOT_FOUND',
    statuses: BAD_REQUEST,
    effect: 'invalid',
    russian: 'Данные о пробитии чека не найдены.',
    english: 'Nothing is known of this receipt.',
  },
  {
    type: 'INTEGRATION_IS_NOT_SUPPORTED_1C',
    statuses: BAD_REQUEST,
    effect: 'forbidden',
    byPortal: true,
    russian: 'Интеграция с облачной кассой не поддерживается.',
    english: 'The integration with this cloud register is not supported.',
  },
  {
    type: 'PROVIDER_DISABLED',
    statuses: BAD_REQUEST,
    effect: 'forbidden',
    russian: 'Интеграция с облачной кассой отключена.',
    english: 'The integration with this cloud register is switched off.',
  },
  {
    type: 'USER_AUTHENTICATION_EXCEPTION_1C',
    statuses: [401],
    effect: 'credentials',
    byPortal: true,
    russian: 'Ошибка аутентификации на портале 1С:ИТС.',
    english: 'The 1C:ITS portal does not accept the login and password.',
  },
  {
    type: 'BAD_CREDENTIALS',
    statuses: [401],
    effect: 'credentials',
    russian: 'Ошибка аутентификации в сервисе облачной кассы.',
    english: 'The cloud register service does not accept the credentials.',
  },
  {
    type: 'NO_TARIFF_FOUND',
    statuses: [402],
    effect: 'payment',
    russian: 'Не найден подходящий тариф, требуется оплата.',
    english: 'There is no tariff for this; the service has to be paid for.',
  },
  {
    type: 'USER_AUTHORISATION_EXCEPTION_1C',
    statuses: [403],
    effect: 'forbidden',
    byPortal: true,
    russian: 'Нет доступа к сервису на портале 1С:ИТС.',
    english: 'The account has no access to the service on the 1C:ITS portal.',
  },
  {
    type: 'AUTHORIZATION_EXCEPTION',
    statuses: [403],
    effect: 'forbidden',
    russian: 'Нет доступа к сервису облачной кассы.',
    english: 'The account has no access to the cloud register service.',
  },
  {
    type: 'TOO_MANY_REQUESTS',
    statuses: [429],
    effect: 'throttled',
    russian:
      'Слишком много обращений к сервису облачной кассы с неверными данными; повторите через 30 минут.',
    english: 'Too many calls to the cloud register service with wrong credentials; try again in 30 minutes.',
  },
  {
    type: 'TOO_MANY_REQUESTS_1C',
    statuses: [429],
    effect: 'throttled',
    byPortal: true,
    russian: 'Слишком много обращений к порталу 1С:ИТС с неверными данными; повторите через 30 минут.',
    english: 'Too many calls to the 1C:ITS portal with wrong credentials; try again in 30 minutes.',
  },
  {
    type: 'SERVICE_UNAVAILABLE_PAYMENT',
    statuses: [503],
    effect: 'nothing-known',
    russian: 'Сервис облачной кассы временно недоступен.',
    english: 'The cloud register service is not available for the moment.',
  },
  {
    type: 'UNKNOWN_EXCEPTION',
    statuses: SERVER_ERROR,
    effect: 'nothing-known',
    russian: 'Сервис облачной кассы сообщил о неизвестной ошибке.',
    english: 'The cloud register service reported an unknown error.',
  },
  {
    type: 'UNKNOWN_EXCEPTION_1C',
    statuses: SERVER_ERROR,
    effect: 'nothing-known',
    byPortal: true,
    russian: 'Портал 1С:ИТС сообщил о неизвестной ошибке.',
    english: 'The 1C:ITS portal reported an unknown error.',
  },
  {
    type: 'BACKEND_CONNECTION_ERROR',
    statuses: SERVER_ERROR,
    effect: 'nothing-known',
    byPortal: true,
    russian: 'Сервис облачной кассы не ответил шлюзу 1С вовремя.',
    english: 'The cloud register service did not answer the 1C gateway in time.',
  },
];

const CYRILLIC_ENDING = /_1\u0421$/;

const NO_SUCH_PROVIDER: Partial<ProblemType> = {
  effect: 'forbidden',
  byPortal: true,
  russian: 'Шлюз 1С не знает такого провайдера.',
  english: 'The 1C gateway knows no such provider.',
};

/**
 * The documented type for a status, or `undefined`: a known type under another status is not attributable. `NOT_FOUND` of the gateway
 * itself has not come from the provider: it says nothing of a receipt.
 */
export const problemTypeOf = (
  type: string,
  status: number,
  from: 'provider' | 'gateway',
): ProblemType | undefined => {
  const latin = type.replace(CYRILLIC_ENDING, '_1C');
  const known = PROBLEM_TYPES.find((each) => each.type === latin && each.statuses.includes(status));
  return known?.type === 'NOT_FOUND' && from === 'gateway' ? { ...known, ...NO_SUCH_PROVIDER } : known;
};
