import type { Refusal, RuleTable } from '../refusal';

/** Why a command to a cloud device is refused. */
export type CloudDeviceRule =
  | 'not-registered'
  | 'already-registered'
  | 'retired'
  | 'device-id'
  | 'local-use'
  | 'dedup-domain'
  | 'domain-taken'
  | 'provider'
  | 'base-url'
  | 'base-url-insecure'
  | 'parameter'
  | 'secret-in-connection'
  | 'secret-ref'
  | 'taxations'
  | 'registration-number'
  | 'provider-changes'
  | 'environment-changes'
  | 'domain-changes'
  | 'organisation-changes'
  | 'register-id'
  | 'register-type'
  | 'organisation-differs'
  | 'internet-only'
  | 'register-elsewhere'
  | 'register-differs'
  | 'register-unknown'
  | 'shift-open'
  | 'registers-attached'
  | 'receipts-unsettled'
  | 'health-counts'
  | 'unit-twice'
  | 'drive-serial'
  | 'drive-elsewhere'
  | 'drive-used-up'
  | 'unsent-documents'
  | 'kkt-shift-open';

export type CloudDeviceRefusal = Refusal<CloudDeviceRule>;

/** The refusals of a cloud device (облачная ККТ) in words. */
export const CLOUD_DEVICE_RULES: RuleTable<CloudDeviceRule> = {
  'not-registered': {
    english: 'There is no cloud device under this id.',
    russian: 'Облачная ККТ с таким идентификатором не зарегистрирована.',
    source: 'every command but the first needs a registered device',
  },
  'already-registered': {
    english: 'The device is registered with other data; the fields that differ are named.',
    russian: 'Облачная ККТ уже зарегистрирована с другими данными; отличающиеся поля названы.',
    source: 'one device is one provider group',
  },
  retired: {
    english: 'The device is retired for good.',
    russian: 'Облачная ККТ выведена из эксплуатации.',
    source: 'a retired device takes no commands',
  },
  'device-id': {
    english:
      'A device id has 1 to 64 Latin letters, digits, points, hyphens and underscores, and begins with a letter or digit.',
    russian: 'Идентификатор ККТ: от 1 до 64 латинских букв, цифр, точек, дефисов и подчёркиваний.',
    source: 'the id is part of a stream name',
  },
  'local-use': {
    english:
      'A cloud device is tied neither to a workplace nor to a place, so it can be used in shared mode only.',
    russian: 'Облачная ККТ не привязана к рабочему месту, поэтому возможен только режим «В общем доступе».',
    source: '1С-Облачная касса, set-up of connected equipment (S16)',
  },
  'dedup-domain': {
    english: 'The provider adapter gave no dedup domain of 1 to 200 characters.',
    russian: 'Не определена область уникальности ключей у провайдера.',
    source: 'attempt protocol: keys are unique within a dedup domain',
  },
  'domain-taken': {
    english: 'Another device has the same dedup domain: the same group of the provider would be two devices.',
    russian: 'Эта группа ККТ провайдера уже подключена как другая облачная ККТ.',
    source: 'attempt protocol: one provider group is one dedup domain is one device',
  },
  provider: {
    english: 'The name of a provider has 1 to 40 lower-case Latin letters, digits and hyphens.',
    russian: 'Название провайдера: от 1 до 40 строчных латинских букв, цифр и дефисов.',
    source: 'the name chooses the adapter',
  },
  'base-url': {
    english: 'The base URL is an http or https address of a host without query and fragment.',
    russian: 'Базовый адрес должен быть адресом http или https без параметров.',
    source: 'connection of a provider',
  },
  'base-url-insecure': {
    english: 'Only the emulator may be reached without TLS.',
    russian: 'Без TLS допускается только подключение к эмулятору.',
    source: 'secrets and contacts of buyers go over this connection (152-FZ art. 19)',
  },
  parameter: {
    english:
      'A connection parameter has a plain Latin name of at most 64 characters and a value of at most 256.',
    russian: 'Параметр подключения: латинское имя до 64 символов и значение до 256 символов.',
    source: 'connection of a provider (S17)',
  },
  'secret-in-connection': {
    english:
      'A value or its name looks like a secret. Put the secret into the secret store and give its reference.',
    russian: 'Значение похоже на секрет. Сохраните его в хранилище секретов и укажите ссылку.',
    source: 'events are kept for ever: secrets only by reference',
  },
  'secret-ref': {
    english: 'The reference to the secret has the form store:name.',
    russian: 'Ссылка на секрет имеет вид хранилище:имя.',
    source: 'events are kept for ever: secrets only by reference',
  },
  taxations: {
    english: 'A register is registered for at least one taxation system, each named once.',
    russian: 'ККТ регистрируется хотя бы с одной системой налогообложения, каждая указывается один раз.',
    source: 'order ЕД-7-20/662@, tag 1062',
  },
  'registration-number': {
    english:
      'The registration number has 16 digits and a check value over the taxpayer number and the serial number of the unit.',
    russian: 'Регистрационный номер ККТ: 16 цифр с контрольной суммой по ИНН и заводскому номеру.',
    source: 'order ЕД-7-20/662@, tags 1037, 1018, 1013',
  },
  'provider-changes': {
    english: 'Another provider is another device.',
    russian: 'Другой провайдер — это другая облачная ККТ.',
    source: 'attempt protocol: the dedup domain of a device never changes',
  },
  'environment-changes': {
    english: 'A device stays in its environment: production, test or emulator.',
    russian: 'Среду облачной ККТ (рабочая, тестовая, эмулятор) сменить нельзя.',
    source: 'attempt protocol: the dedup domain of a device never changes',
  },
  'domain-changes': {
    english: 'These parameters name another group of the provider; register it as a new device.',
    russian: 'Параметры указывают на другую группу ККТ; зарегистрируйте её как новую облачную ККТ.',
    source: 'attempt protocol: the dedup domain of a device never changes',
  },
  'organisation-changes': {
    english: 'A fiscal drive serves one taxpayer, so another organisation needs another device.',
    russian:
      'Фискальный накопитель служит одному налогоплательщику: для другой организации нужна другая ККТ.',
    source: 'the drive writes registration number and taxpayer number once',
  },
  'register-id': {
    english:
      'A register id has 1 to 64 Latin letters, digits, points, hyphens and underscores, and begins with a letter or digit.',
    russian: 'Идентификатор кассы: от 1 до 64 латинских букв, цифр, точек, дефисов и подчёркиваний.',
    source: 'the id is part of a stream name',
  },
  'register-type': {
    english:
      'Only a register card of the type "KKT with transfer to an OFD" can be attached to a cloud device.',
    russian: 'К облачной ККТ подключается только касса вида «ККТ с передачей в ОФД».',
    source: '1С-Облачная касса, register card (S19)',
  },
  'organisation-differs': {
    english: 'The register card belongs to another organisation than the device.',
    russian: 'Касса принадлежит другой организации, чем облачная ККТ.',
    source: 'a cloud register is dedicated to one taxpayer; tag 1018',
  },
  'internet-only': {
    english: 'A device registered for settlements in the Internet only serves no other legal ground.',
    russian: 'ККТ, зарегистрированная только для расчётов в Интернете, не применяется по другому основанию.',
    source: 'tag 1108, bit 5 of tag 1290; 54-FZ art. 1.2 cl. 5',
  },
  'register-elsewhere': {
    english: 'The register is attached to another device; detach it there first.',
    russian: 'Касса подключена к другой облачной ККТ; сначала отключите её.',
    source: 'a register card points to one device (S21)',
  },
  'register-differs': {
    english: 'The register is attached with other data; the fields that differ are named.',
    russian: 'Касса уже подключена с другими данными; отличающиеся поля названы.',
    source: 'a register card points to one device (S21)',
  },
  'register-unknown': {
    english: 'The register was never attached to this device.',
    russian: 'Касса не подключалась к этой облачной ККТ.',
    source: 'a register card points to one device (S21)',
  },
  'shift-open': {
    english: 'A shift is open on the register; close it first.',
    russian: 'На кассе открыта смена; сначала закройте её.',
    source: 'a shift belongs to a register with a device (S25)',
  },
  'registers-attached': {
    english: 'Registers are attached to the device; detach them first.',
    russian: 'К облачной ККТ подключены кассы; сначала отключите их.',
    source: 'a register without a device would take payments it cannot fiscalise',
  },
  'receipts-unsettled': {
    english: 'Receipts sent to this device have no known outcome yet.',
    russian: 'Есть чеки, исход которых на этой ККТ ещё неизвестен.',
    source: 'attempt protocol: an unknown outcome is resolved by asking the same device',
  },
  'health-counts': {
    english: 'Counts and numbers told by a device are whole and not negative.',
    russian: 'Количества и номера, сообщённые ККТ, — целые неотрицательные числа.',
    source: 'tags 1038, 1040, 1097',
  },
  'unit-twice': {
    english: 'One observation names a unit twice.',
    russian: 'Одна и та же ККТ указана дважды.',
    source: 'the registration number names a unit (tag 1037)',
  },
  'drive-serial': {
    english: 'The serial number of a fiscal drive has 16 digits.',
    russian: 'Номер фискального накопителя состоит из 16 цифр.',
    source: 'order ЕД-7-20/662@, tag 1041',
  },
  'drive-elsewhere': {
    english: 'The drive works in another unit of this device.',
    russian: 'Этот накопитель установлен в другой ККТ.',
    source: 'the drive writes the registration number of its unit once',
  },
  'drive-used-up': {
    english: 'The drive was replaced before; a closed drive never works again.',
    russian: 'Этот накопитель уже был заменён; закрытый архив снова не используется.',
    source: 'phases of a fiscal drive: closed is final',
  },
  'unsent-documents': {
    english: 'Documents of the old drive have not reached the operator of fiscal data.',
    russian: 'Есть документы, не переданные в ОФД.',
    source: 'a drive is closed after all its documents were sent; tag 1097',
  },
  'kkt-shift-open': {
    english: 'The shift of the unit is open; a drive is replaced in a closed shift.',
    russian: 'Смена ККТ открыта; накопитель заменяют при закрытой смене.',
    source: 'registration reports need a closed shift (unconfirmed as a norm, registers enforce it)',
  },
};

export const refusal = (
  rule: CloudDeviceRule,
  field: string,
  detail?: CloudDeviceRefusal['detail'],
): CloudDeviceRefusal => (detail === undefined ? { rule, field } : { rule, field, detail });
