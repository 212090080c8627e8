import type { NotCanonical, RuleTable } from '@cloud-kassa/core';
import type { RejectedRule } from '@cloud-kassa/event-store';
import type { QueryRefusal } from '@cloud-kassa/projections';
import type { FormRefusal } from '@cloud-kassa/provider';
import type { EnvironmentProblem } from '@cloud-kassa/provider-one-c';

/** Why what a caller gives is not taken, before any aggregate is asked. */
export type InputRule =
  | 'input-shape'
  | 'input-unknown-field'
  | 'input-not-storable'
  | 'provider-unknown'
  | 'worker-setting'
  | 'copy-onto-itself'
  | `connection-${FormRefusal['rule'] | EnvironmentProblem}`
  | `query-${QueryRefusal['rule'] | 'position'}`
  | `store-${Exclude<RejectedRule, 'closed'>}`
  | `not-canonical-${NotCanonical['rule']}`;

const edge = 'the edge of the library: what is not understood is refused, not overlooked';
const form = 'the form of the connection, as the adapter describes it (S15 to S18)';
const contours = 'test and production are never mixed (S17)';
const question = 'questions to the read models';
const store = 'the port of the store';
const text = 'stored events have one canonical text (RFC 8785, narrowed)';

/** The refusals of input in words. */
export const INPUT_RULES: RuleTable<InputRule> = {
  'input-shape': {
    english: 'A field is missing or not of the kind that is expected there.',
    russian: 'Поле отсутствует или имеет не тот вид.',
    source: edge,
  },
  'input-unknown-field': {
    english: 'There is no such field.',
    russian: 'Такого поля нет.',
    source: edge,
  },
  'input-not-storable': {
    english: 'A value can not be stored: it is not of the kind its event has there.',
    russian: 'Значение нельзя сохранить: у события в этом поле значение другого вида.',
    source: 'events are checked by their codec before they are stored',
  },
  'provider-unknown': {
    english: 'There is no adapter of this name.',
    russian: 'Адаптера с таким именем нет.',
    source: 'the name of the provider chooses the adapter',
  },
  'worker-setting': {
    english: 'A setting of the worker contradicts another one or is out of its range.',
    russian: 'Настройка исполнителя противоречит другой или выходит за пределы.',
    source: 'attempt protocol: time-outs, leases and windows have to fit together',
  },
  'copy-onto-itself': {
    english: 'Source and target of the copy are the same store.',
    russian: 'Источник и приёмник копирования — одно и то же хранилище.',
    source: 'a copy needs two stores',
  },
  'connection-obligatory': {
    english: 'A parameter of the connection has to be filled in.',
    russian: 'Параметр подключения обязателен.',
    source: form,
  },
  'connection-unknown-field': {
    english: 'The connection has no such parameter.',
    russian: 'У подключения нет такого параметра.',
    source: form,
  },
  'connection-not-a-choice': {
    english: 'The parameter has one of the values that its form lists.',
    russian: 'Значение параметра выбирается из списка формы.',
    source: form,
  },
  'connection-not-an-address': {
    english: 'The parameter is an address: http or https, without user, query and fragment.',
    russian: 'Параметр — адрес http или https без пользователя и параметров.',
    source: form,
  },
  'connection-too-long': {
    english: 'The value of the parameter is too long.',
    russian: 'Значение параметра слишком длинное.',
    source: form,
  },
  'connection-unprintable': {
    english: 'The value of the parameter holds control characters.',
    russian: 'В значении параметра есть управляющие символы.',
    source: form,
  },
  'connection-production-address': {
    english: 'The address is that of a production service, and the environment is another one.',
    russian: 'Это адрес рабочего сервиса, а указана другая среда.',
    source: contours,
  },
  'connection-loopback-address': {
    english: 'An address of this machine is an emulator and nothing else.',
    russian: 'Адрес этой машины может быть только эмулятором.',
    source: contours,
  },
  'query-limit': {
    english: 'A page has 1 to 1,000 rows.',
    russian: 'На странице от 1 до 1000 строк.',
    source: question,
  },
  'query-cursor': {
    english: 'The place to go on from is not one of this list.',
    russian: 'Место продолжения не от этого списка.',
    source: question,
  },
  'query-order': {
    english: 'The list can not be ordered like this.',
    russian: 'Так список упорядочить нельзя.',
    source: question,
  },
  'query-position': {
    english: 'The position is not one of this store.',
    russian: 'Позиция не от этого хранилища.',
    source: question,
  },
  'store-stream-name': {
    english: 'A name holds Latin letters, digits, points, hyphens and underscores only, at most 190 of them.',
    russian: 'Имя состоит из латинских букв, цифр, точек, дефисов и подчёркиваний, не более 190.',
    source: store,
  },
  'store-event-id': {
    english: 'The id of an event is no UUID.',
    russian: 'Имя события — не UUID.',
    source: store,
  },
  'store-event-type': {
    english: 'The type of an event is no such text.',
    russian: 'Тип события записан неверно.',
    source: store,
  },
  'store-empty': { english: 'There is nothing to append.', russian: 'Добавлять нечего.', source: store },
  'store-too-large': {
    english: 'An event is larger than the store takes.',
    russian: 'Событие больше, чем принимает хранилище.',
    source: store,
  },
  'store-revision': {
    english: 'The revision is no whole number from 0.',
    russian: 'Ревизия — не целое число от 0.',
    source: store,
  },
  'store-position': {
    english: 'The position is not one of this store.',
    russian: 'Позиция не от этого хранилища.',
    source: store,
  },
  'store-stream-gone': {
    english: 'The stream was deleted from the store.',
    russian: 'Поток удалён из хранилища.',
    source: store,
  },
  'store-access': {
    english: 'The store does not permit it.',
    russian: 'Хранилище не разрешает это.',
    source: store,
  },
  'not-canonical-integer-range': {
    english: 'A number is no whole number within ±(2^53 − 1).',
    russian: 'Число не целое или больше 2^53 − 1.',
    source: text,
  },
  'not-canonical-no-null': {
    english: 'What has no value is left out; null is not taken.',
    russian: 'Поле без значения не пишут; null не принимается.',
    source: text,
  },
  'not-canonical-no-such-type': {
    english: 'A value is neither text, number, flag, list nor plain object.',
    russian: 'Значение — не текст, число, флаг, список или простой объект.',
    source: text,
  },
  'not-canonical-no-prototype-key': {
    english: 'A key has a name that no object may have.',
    russian: 'Недопустимое имя ключа.',
    source: text,
  },
  'not-canonical-lone-surrogate': {
    english: 'A text is no well-formed Unicode.',
    russian: 'Текст — не правильный Юникод.',
    source: text,
  },
  'not-canonical-too-deep': {
    english: 'Objects and lists lie too deep in each other.',
    russian: 'Слишком глубокая вложенность.',
    source: text,
  },
  'not-canonical-no-json': {
    english: 'A stored text is no JSON.',
    russian: 'Сохранённый текст — не JSON.',
    source: text,
  },
  'not-canonical-other-text': {
    english: 'A stored text is not the one canonical text of its value.',
    russian: 'Сохранённый текст — не канонический.',
    source: text,
  },
};
