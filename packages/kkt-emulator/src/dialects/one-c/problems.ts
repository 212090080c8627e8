/**
 * Error types as 1C's modules know them; those ending in `1C` come from the gateway, the others from the provider. In
 * `USER_AUTHORISATION_EXCEPTION_1С` and `UNKNOWN_EXCEPTION_1С` the last letter is Cyrillic, as it is read there.
 */
export type ProblemType =
  | 'BAD_REQUEST'
  | 'BAD_REQUEST_1C'
  | 'NO_CONTACT_INFO'
  | 'NOT_FOUND'
  | 'INTEGRATION_IS_NOT_SUPPORTED_1C'
  | 'PROVIDER_DISABLED'
  | 'USER_AUTHENTICATION_EXCEPTION_1C'
  | 'BAD_CREDENTIALS'
  | 'NO_TARIFF_FOUND'
  | 'USER_AUTHORISATION_EXCEPTION_1С'
  | 'AUTHORIZATION_EXCEPTION'
  | 'TOO_MANY_REQUESTS'
  | 'TOO_MANY_REQUESTS_1C'
  | 'SERVICE_UNAVAILABLE_PAYMENT'
  | 'UNKNOWN_EXCEPTION'
  | 'UNKNOWN_EXCEPTION_1С'
  | 'BACKEND_CONNECTION_ERROR';

/**
 * Status and title of each type. 1C tells types apart within 400, 404 and 422 by their names only: which of the three a type bears is
 * unconfirmed.
 */
export const PROBLEMS: Readonly<Record<ProblemType, { readonly status: number; readonly title: string }>> = {
  BAD_REQUEST: { status: 400, title: 'Неверный формат запроса к сервису облачной кассы' },
  BAD_REQUEST_1C: { status: 400, title: 'Неверный формат запроса к порталу' },
  NO_CONTACT_INFO: { status: 422, title: 'Не указан телефон или электронный адрес покупателя' },
  NOT_FOUND: { status: 404, title: 'Данные не найдены' },
  INTEGRATION_IS_NOT_SUPPORTED_1C: { status: 422, title: 'Интеграция не поддерживается' },
  PROVIDER_DISABLED: { status: 422, title: 'Интеграция с облачной кассой отключена' },
  USER_AUTHENTICATION_EXCEPTION_1C: { status: 401, title: 'Ошибка аутентификации на портале' },
  BAD_CREDENTIALS: { status: 401, title: 'Ошибка аутентификации в сервисе облачной кассы' },
  NO_TARIFF_FOUND: { status: 402, title: 'Не найден подходящий тариф' },
  USER_AUTHORISATION_EXCEPTION_1С: { status: 403, title: 'Нет доступа к сервису на портале' },
  AUTHORIZATION_EXCEPTION: { status: 403, title: 'Нет доступа к сервису облачной кассы' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Слишком много попыток с неверными данными авторизации' },
  TOO_MANY_REQUESTS_1C: {
    status: 429,
    title: 'Слишком много попыток с неверными данными авторизации на портале',
  },
  SERVICE_UNAVAILABLE_PAYMENT: { status: 503, title: 'Сервис облачной кассы временно недоступен' },
  UNKNOWN_EXCEPTION: { status: 500, title: 'Неизвестная ошибка сервиса облачной кассы' },
  UNKNOWN_EXCEPTION_1С: { status: 500, title: 'Неизвестная ошибка портала' },
  BACKEND_CONNECTION_ERROR: { status: 504, title: 'Сервис облачной кассы не ответил вовремя' },
};

/** An answer of the dialect before it becomes bytes. */
export interface OneCAnswer {
  readonly status: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A problem body `{type, title, detail, status, instance}` (in the manner of RFC 7807). `detail` never repeats a value. */
export const problem = (
  type: ProblemType,
  detail: string,
  instance: string,
  other: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): OneCAnswer => {
  const { title } = PROBLEMS[type];
  const status = other.status ?? PROBLEMS[type].status;
  return {
    status,
    body: { type, title, detail, status, instance },
    ...(other.headers === undefined ? {} : { headers: other.headers }),
  };
};

export const isProblemType = (type: string): type is ProblemType => Object.hasOwn(PROBLEMS, type);

const BY_STATUS: ReadonlyMap<number, ProblemType> = new Map([
  [400, 'BAD_REQUEST'],
  [401, 'BAD_CREDENTIALS'],
  [402, 'NO_TARIFF_FOUND'],
  [403, 'AUTHORIZATION_EXCEPTION'],
  [404, 'NOT_FOUND'],
  [422, 'BAD_REQUEST'],
  [429, 'TOO_MANY_REQUESTS'],
  [503, 'SERVICE_UNAVAILABLE_PAYMENT'],
  [504, 'BACKEND_CONNECTION_ERROR'],
]);

/** The type the provider would give a status; `UNKNOWN_EXCEPTION` for those without one of their own. */
export const typeOfStatus = (status: number): ProblemType => BY_STATUS.get(status) ?? 'UNKNOWN_EXCEPTION';
