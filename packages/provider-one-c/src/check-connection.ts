import * as E from 'fp-ts/Either';
import type { AnswerNote } from '@cloud-kassa/core';
import type { Bilingual, NotSentWhy, UnitState } from '@cloud-kassa/provider';
import { answerNote } from '@cloud-kassa/provider';
import type { ProblemEffect } from './answer/problem-types';
import { registersState } from './answer/registers';
import type { Verdict } from './answer/verdict';
import type { NotAOneCConnection } from './connection/one-c-connection';
import { oneCConnection } from './connection/one-c-connection';
import type { OneCOptions } from './one-c-provider';
import { oneCCalls } from './one-c-provider';
import type { SetupItem } from './setup-checklist';
import { SETUP_CHECKLIST } from './setup-checklist';
import type { OneCSettings } from './settings';
import { ONE_C_SETTINGS } from './settings';
import { REGISTERS_CALL } from './wire/call';

/** What is looked at, in this order: a step can only pass where all before it have passed. */
export type CheckStep =
  | 'parameters'
  | 'secret'
  | 'name'
  | 'connection'
  | 'tls'
  | 'answer'
  | 'credentials'
  | 'tariff'
  | 'access'
  | 'registers';

export interface CheckedStep {
  readonly step: CheckStep;
  readonly state: 'passed' | 'failed' | 'not-reached';
  readonly text: Bilingual;
}

/** What a check of a connection has found (кнопка «Проверить»). Reads only; no receipt is made. */
export interface CheckReport {
  readonly passed: boolean;
  readonly steps: ReadonlyArray<CheckedStep>;
  /** What is wrong with the parameters. */
  readonly problem?: NotAOneCConnection;
  /** What the provider answered, as far as it may be told. */
  readonly note?: AnswerNote;
  readonly units: ReadonlyArray<UnitState>;
  /** What has to be there besides, which no check can see. */
  readonly checklist: ReadonlyArray<SetupItem>;
}

const both = (russian: string, english: string): Bilingual => ({ russian, english });

/** Each step in its two outcomes. */
const TEXTS: Readonly<Record<CheckStep, { readonly passed: Bilingual; readonly failed: Bilingual }>> = {
  parameters: {
    passed: both('Параметры подключения заполнены.', 'The connection parameters are filled in.'),
    failed: both('Параметры подключения заполнены неверно.', 'The connection parameters are not right.'),
  },
  secret: {
    passed: both('Секрет найден.', 'The secret is at hand.'),
    failed: both(
      'Секрет по ссылке подключения не найден, пуст или доступен посторонним.',
      'The secret that the connection refers to is missing, empty or readable by others.',
    ),
  },
  name: {
    passed: both('Имя сервера найдено.', "The server's name was found."),
    failed: both(
      'Имя сервера не найдено или ведёт в закрытую сеть: проверьте адрес и DNS.',
      "The server's name was not found or leads into a private network: check the address and the DNS.",
    ),
  },
  connection: {
    passed: both('Соединение установлено.', 'The connection was made.'),
    failed: both(
      'Сервер не принимает соединения: проверьте адрес, порт и выход в интернет.',
      'The server takes no connection: check the address, the port and the way to the Internet.',
    ),
  },
  tls: {
    passed: both('Защищённый канал установлен.', 'The secure channel was made.'),
    failed: both(
      'Защищённый канал не установлен: сертификат сервера недействителен или не доверен.',
      "No secure channel: the server's certificate is not valid or not trusted.",
    ),
  },
  answer: {
    passed: both('Сервис отвечает.', 'The service answers.'),
    failed: both(
      'Сервис не ответил вовремя или ответил не так, как положено по протоколу.',
      'The service did not answer in time, or not as the protocol has it.',
    ),
  },
  credentials: {
    passed: both('Данные для аутентификации приняты.', 'The credentials were accepted.'),
    failed: both(
      'Данные для аутентификации не приняты. После нескольких неверных попыток доступ закрывается на 30 минут.',
      'The credentials were not accepted. After several wrong attempts access is closed for 30 minutes.',
    ),
  },
  tariff: {
    passed: both('Тариф есть.', 'There is a tariff.'),
    failed: both(
      'Нет подходящего тарифа: сервис надо оплатить.',
      'There is no tariff: the service has to be paid for.',
    ),
  },
  access: {
    passed: both('Доступ к сервису есть.', 'There is access to the service.'),
    failed: both(
      'Нет доступа к сервису, или интеграция с этим провайдером отключена.',
      'There is no access to the service, or the integration with this provider is switched off.',
    ),
  },
  registers: {
    passed: both('Облачная касса готова к фискализации.', 'The cloud register is ready to fiscalise.'),
    failed: both(
      'Облачная касса не доступна для фискализации: проверьте группу касс и состояние кассы в кабинете провайдера.',
      "The cloud register is not available for fiscalisation: look at the group and the state of the register in the provider's cabinet.",
    ),
  },
};

const STEPS: ReadonlyArray<CheckStep> = [
  'parameters',
  'secret',
  'name',
  'connection',
  'tls',
  'answer',
  'credentials',
  'tariff',
  'access',
  'registers',
];

const OF_NOT_SENT: Readonly<Record<NotSentWhy | 'no-secret' | 'no-token', CheckStep>> = {
  'no-secret': 'secret',
  dns: 'name',
  'blocked-address': 'name',
  refused: 'connection',
  unreachable: 'connection',
  'no-slot': 'connection',
  aborted: 'connection',
  tls: 'tls',
  'not-writable': 'secret',
  'no-token': 'answer',
};

const OF_EFFECT: Readonly<Record<ProblemEffect, CheckStep>> = {
  credentials: 'credentials',
  throttled: 'credentials',
  payment: 'tariff',
  forbidden: 'access',
  invalid: 'access',
  'nothing-known': 'answer',
};

/** Without a secure channel none was made: only an emulator is reached like this. */
const NO_TLS = both(
  'Защищённого канала нет: адрес начинается с http. Так подключают только эмулятор.',
  'No secure channel is used: the address is one of plain http. Only an emulator is connected like this.',
);

interface Finding {
  /** The step that failed; none where all passed. */
  readonly failed?: CheckStep;
  readonly problem?: NotAOneCConnection;
  readonly note?: AnswerNote;
  readonly units?: ReadonlyArray<UnitState>;
  /** The address is one of plain http. */
  readonly isPlain?: boolean;
}

const report = ({ failed, problem, note, units = [], isPlain = false }: Finding): CheckReport => {
  const end = failed === undefined ? STEPS.length : STEPS.indexOf(failed);
  return {
    passed: failed === undefined,
    steps: STEPS.map((step, index) => {
      const state = index < end ? 'passed' : index === end ? 'failed' : 'not-reached';
      const told = TEXTS[step][state === 'failed' ? 'failed' : 'passed'];
      return { step, state, text: step === 'tls' && isPlain ? NO_TLS : told };
    }),
    units,
    checklist: SETUP_CHECKLIST,
    ...(problem === undefined ? {} : { problem }),
    ...(note === undefined ? {} : { note }),
  };
};

const findingOf = (verdict: Verdict, hide: ReadonlyArray<string>, settings: OneCSettings): Finding => {
  if (verdict._tag === 'NotSent') return { failed: OF_NOT_SENT[verdict.why], note: { code: verdict.why } };
  const note = answerNote({ ...verdict.told, hide });
  if (verdict._tag === 'Doubt') return { failed: 'answer', note };
  if (verdict._tag === 'Refusal') return { failed: OF_EFFECT[verdict.problem.effect], note };
  const state = registersState(verdict.body, settings);
  if (state === undefined) return { failed: 'answer', note };
  if (state.isReady) return { units: state.units };
  const code = state.status ?? 'no-registers';
  return { failed: 'registers', note: { status: 200, code }, units: state.units };
};

/**
 * Tries a connection: parameters, secret, name, connection, certificate, credentials with a token of its own, tariff, access, and whether a
 * register is ready. Never rejects.
 */
export const checkOneC = async (options: OneCOptions, signal?: AbortSignal): Promise<CheckReport> => {
  const connection = oneCConnection(options.connection);
  if (E.isLeft(connection)) return report({ failed: 'parameters', problem: connection.left });
  const settings = { ...ONE_C_SETTINGS, ...options.settings };
  const { call, close } = oneCCalls(connection.right, options, settings);
  const { verdict, hide } = await call('ask', REGISTERS_CALL, signal);
  close();
  const isPlain = connection.right.origin.startsWith('http:');
  return report({ ...findingOf(verdict, hide, settings), isPlain });
};
