import type { ConnectionForm, FormField } from '@cloud-kassa/provider';

/** The integration service of 1C through which its programmes reach providers (source: 1C's client modules, 2024). */
export const ONE_C_GATEWAY = 'https://cloud-sales-register-integration.1c.ru/public/program-1c';

const DIRECT: NonNullable<FormField['shownWhen']> = { key: 'access', is: ['direct'] };
const GATEWAY: NonNullable<FormField['shownWhen']> = { key: 'access', is: ['gateway'] };

const authenticatedBy = (...types: ReadonlyArray<string>): NonNullable<FormField['shownWhen']> => ({
  key: 'authentication',
  is: types,
});

const FIELDS: ReadonlyArray<FormField> = [
  {
    key: 'access',
    kind: 'choice',
    obligatory: true,
    preset: 'gateway',
    label: { russian: 'Доступ', english: 'Access' },
    help: {
      russian: 'Через сервис интеграции 1С (нужна учётная запись портала 1С:ИТС) или прямо к провайдеру.',
      english:
        'Through the integration service of 1C (needs an account of the 1C:ITS portal) or straight to the provider.',
    },
    choices: [
      { value: 'gateway', label: { russian: 'Через шлюз 1С', english: 'Through the 1C gateway' } },
      { value: 'direct', label: { russian: 'Прямой', english: 'Direct' } },
    ],
  },
  {
    key: 'gatewayUrl',
    kind: 'url',
    obligatory: true,
    preset: ONE_C_GATEWAY,
    shownWhen: GATEWAY,
    label: { russian: 'Адрес шлюза', english: 'Address of the gateway' },
  },
  {
    key: 'portalLogin',
    kind: 'text',
    obligatory: true,
    shownWhen: GATEWAY,
    label: { russian: 'Логин портала 1С:ИТС', english: 'Login of the 1C:ITS portal' },
  },
  {
    key: 'portalPassword',
    kind: 'secret',
    obligatory: true,
    shownWhen: GATEWAY,
    label: { russian: 'Пароль портала 1С:ИТС', english: 'Password of the 1C:ITS portal' },
  },
  {
    key: 'baseUrl',
    kind: 'url',
    obligatory: true,
    shownWhen: DIRECT,
    label: { russian: 'Адрес сервиса провайдера', english: "Address of the provider's service" },
    help: {
      russian: 'Адрес, к которому добавляются /kkts и /kkts/receipts.',
      english: 'The address that /kkts and /kkts/receipts are added to.',
    },
  },
  {
    key: 'providerId',
    kind: 'text',
    obligatory: true,
    shownWhen: GATEWAY,
    label: { russian: 'Провайдер', english: 'Provider' },
    help: {
      russian: 'Идентификатор из списка провайдеров.',
      english: 'The identifier from the list of providers.',
    },
  },
  {
    key: 'providerName',
    kind: 'text',
    obligatory: false,
    shownWhen: DIRECT,
    label: { russian: 'Постоянное имя провайдера', english: 'Lasting name of the provider' },
    help: {
      russian: 'Если задано, адрес сервиса можно сменить, не заводя новую облачную ККТ.',
      english: 'Once it is given, the address of the service can change without a new cloud register.',
    },
  },
  {
    key: 'authentication',
    kind: 'choice',
    obligatory: true,
    preset: 'register-group',
    label: { russian: 'Способ аутентификации', english: 'Authentication' },
    choices: [
      { value: 'basic', label: { russian: 'Логин и пароль', english: 'Login and password' } },
      { value: 'bearer', label: { russian: 'Токен', english: 'Token' } },
      {
        value: 'register-group',
        label: { russian: 'Магазин и группа касс', english: 'Shop and group of registers' },
      },
    ],
  },
  {
    key: 'login',
    kind: 'text',
    obligatory: true,
    shownWhen: authenticatedBy('basic'),
    label: { russian: 'Логин', english: 'Login' },
  },
  {
    key: 'password',
    kind: 'secret',
    obligatory: true,
    shownWhen: authenticatedBy('basic'),
    label: { russian: 'Пароль', english: 'Password' },
  },
  {
    key: 'account',
    kind: 'text',
    obligatory: true,
    shownWhen: authenticatedBy('bearer'),
    label: { russian: 'Имя учётной записи', english: 'Name of the account' },
    help: {
      russian:
        'Любое постоянное имя учётной записи, к которой относится токен. Токен другой учётной записи под этим именем может привести к двум чекам.',
      english:
        'Any lasting name of the account that the token belongs to. A token of another account under this name may lead to two receipts.',
    },
  },
  {
    key: 'token',
    kind: 'secret',
    obligatory: true,
    shownWhen: authenticatedBy('bearer'),
    label: { russian: 'Токен', english: 'Token' },
  },
  {
    key: 'shopId',
    kind: 'text',
    obligatory: true,
    shownWhen: authenticatedBy('register-group'),
    label: { russian: 'Идентификатор магазина', english: 'Shop id' },
  },
  {
    key: 'kktsGroupId',
    kind: 'text',
    obligatory: true,
    shownWhen: authenticatedBy('register-group'),
    label: { russian: 'Идентификатор группы касс', english: 'Register group id' },
  },
  {
    key: 'shopSecret',
    kind: 'secret',
    obligatory: true,
    shownWhen: authenticatedBy('register-group'),
    label: { russian: 'Секретный ключ магазина', english: 'Secret of the shop' },
  },
  {
    key: 'receiptNumber',
    kind: 'choice',
    obligatory: false,
    label: { russian: 'Что провайдер пишет в receiptNumber', english: 'What receiptNumber holds' },
    help: {
      russian:
        'Номер чека в смене или номер фискального документа: протокол этого не говорит. Если не указано, считается номером в смене: тогда QR-код не составляется.',
      english:
        'The number of the receipt in the shift, or that of the fiscal document: the protocol does not say. Without an answer it counts as the number in the shift, and no QR text is made.',
    },
    choices: [
      { value: 'number-in-shift', label: { russian: 'Номер чека в смене', english: 'Number in the shift' } },
      {
        value: 'fiscal-document',
        label: { russian: 'Номер фискального документа', english: 'Number of the fiscal document' },
      },
    ],
  },
];

/**
 * The form "Connection parameters" (Параметры подключения, S17, S18) of a cloud register with the 1C provider API. It changes with the way
 * of access and the type of authentication. The link to the provider's cabinet is `personalPageUrl` in the list of providers.
 */
export const ONE_C_FORM: ConnectionForm = {
  provider: 'one-c',
  title: { russian: '1С-Облачная касса', english: '1C cloud cash register' },
  fields: FIELDS,
  cabinet: {
    label: { russian: 'Личный кабинет провайдера', english: "Provider's cabinet" },
    help: {
      russian: 'Данные для аутентификации выдаёт провайдер облачной кассы на своём сайте.',
      english: 'The credentials are issued by the provider of cloud registers on its site.',
    },
  },
};
