import type { RuleTable } from '@cloud-kassa/core';

/** What can be wrong with an event as it is stored. */
export type ChainRule =
  | 'chain-broken'
  | 'text-differs'
  | 'stored-unreadably'
  | 'position-order'
  | 'event-id'
  | 'unknown-stream'
  | 'unknown-type'
  | 'newer-version'
  | 'undecodable'
  | 'key-missing'
  | 'seal-broken'
  | 'person-open';

export const CHAIN_RULES: RuleTable<ChainRule> = {
  'chain-broken': {
    english:
      'The hash does not follow from the event before and the text of this one, or an event of the stream is missing.',
    russian: 'Цепочка событий нарушена: событие изменено, удалено или вставлено.',
    source: 'hash chain of every stream',
  },
  'text-differs': {
    english: 'The data of the event differ from the text its hash was taken over.',
    russian: 'Данные события расходятся с текстом, по которому посчитан хеш.',
    source: 'hash chain of every stream',
  },
  'stored-unreadably': {
    english: 'What the store keeps can not be read back as an event; nothing behind it was looked at.',
    russian: 'Хранилище повреждено: событие не читается, дальше проверка невозможна.',
    source: 'port of the event store, failure Corrupt',
  },
  'position-order': {
    english: 'The event does not come after the one before it in the commit order of the store.',
    russian: 'Порядок записи событий в хранилище нарушен.',
    source: 'port of the event store, positions',
  },
  'event-id': {
    english: 'The id of the event is not the one made of stream, command and index.',
    russian: 'Идентификатор события не соответствует потоку и команде.',
    source: 'envelope: UUID v5 of stream, command id and index',
  },
  'unknown-stream': {
    english: 'The stream belongs to no aggregate of this library.',
    russian: 'Поток не относится ни к одному известному агрегату.',
    source: 'streams: receipt, payment, clouddevice, shift',
  },
  'unknown-type': {
    english: 'The aggregate has no event of this type.',
    russian: 'Неизвестный тип события.',
    source: 'event families of the aggregates',
  },
  'newer-version': {
    english: 'The event was written by a later release; this one can not judge its stream.',
    russian: 'Событие записано более новой версией программы.',
    source: 'versions of events',
  },
  undecodable: {
    english: 'The data do not fit the codec of their version.',
    russian: 'Данные события не соответствуют своей версии.',
    source: 'codecs of events',
  },
  'key-missing': {
    english: 'The key of a person is neither in the key ring nor known to have been erased.',
    russian: 'Ключа покупателя нет, и нет отметки о его удалении.',
    source: 'sealing of personal data: a person is openable or erased',
  },
  'seal-broken': {
    english: 'What is sealed does not open for this event: it was changed or comes from another one.',
    russian: 'Зашифрованные данные покупателя повреждены или взяты из другого события.',
    source: 'sealing of personal data: AES-256-GCM bound to stream, event and field',
  },
  'person-open': {
    english: 'Personal data stand open in a stored event.',
    russian: 'Персональные данные записаны в открытом виде.',
    source: 'sealing of personal data from the first event on',
  },
};
