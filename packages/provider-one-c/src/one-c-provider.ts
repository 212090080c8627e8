import * as E from 'fp-ts/Either';
import type { AnswerNote, Connection, FiscalDocument } from '@cloud-kassa/core';
import type {
  AskAnswer,
  Availability,
  FinalAnswer,
  FiscalRequest,
  OpenProvider,
  SecretSource,
  SendAnswer,
} from '@cloud-kassa/provider';
import { answerNote, deadlinesOf, httpClient, personalValues } from '@cloud-kassa/provider';
import type { Runtime } from '@cloud-kassa/runtime';
import type { OperationState } from './answer/operation';
import { operationState } from './answer/operation';
import { registersState } from './answer/registers';
import type { Told, Verdict } from './answer/verdict';
import { oneCDedupDomain } from './connection/dedup-domain';
import type { NotAOneCConnection, OneCConnection } from './connection/one-c-connection';
import { oneCConnection } from './connection/one-c-connection';
import { operationRequest, receiptRequest } from './request/receipt-request';
import type { OneCSettings } from './settings';
import { ONE_C_SETTINGS } from './settings';
import { authentication } from './wire/authentication';
import type { AuthorisedCall, Called } from './wire/authorised-call';
import { authorisedCall } from './wire/authorised-call';
import { REGISTERS_CALL, receiptCall, stateCall } from './wire/call';
import { oneCTransport } from './wire/transport';

export interface OneCOptions {
  /** As it is stored with the device; its provider is `one-c`. */
  readonly connection: Connection;
  readonly secrets: SecretSource;
  readonly runtime: Runtime;
  readonly settings?: Partial<OneCSettings>;
}

/** The calls of one connection; what makes requests is closed with `close`. */
export interface OneCCalls {
  readonly connection: OneCConnection;
  readonly call: AuthorisedCall;
  readonly close: () => void;
}

export const oneCCalls = (
  connection: OneCConnection,
  { secrets, runtime }: Pick<OneCOptions, 'secrets' | 'runtime'>,
  settings: OneCSettings,
): OneCCalls => {
  const { timeoutMs, connectMs, connections, program } = settings;
  const each = deadlinesOf(timeoutMs, connectMs);
  const http = httpClient({
    origin: connection.origin,
    runtime,
    connections,
    addressRule:
      settings.addressRule ?? (connection.environment === 'emulator' ? 'public-and-loopback' : 'public'),
    deadlines: { send: each, ask: each, token: each },
  });
  const transport = oneCTransport({ connection, http, runtime, program });
  const call = authorisedCall({
    authentication: authentication({ connection, secrets, transport, runtime }),
    transport,
    runtime,
    timeoutMs,
  });
  return { connection, call, close: http.close };
};

/** What the connection says of its provider counts more than what is set for all. */
const settingsOf = (
  given: Partial<OneCSettings> | undefined,
  { receiptNumberMeans }: OneCConnection,
): OneCSettings => ({
  ...ONE_C_SETTINGS,
  ...given,
  ...(receiptNumberMeans === undefined ? {} : { receiptNumberMeans }),
});

const withHandle = (handle: string | undefined): { readonly handle?: string } =>
  handle === undefined ? {} : { handle };

const noteOf = (told: Told, hide: ReadonlyArray<string>): AnswerNote => answerNote({ ...told, hide });

/** `Retry-After: 0`, or a date that has passed, must not make requests follow each other without end. */
const LEAST_PAUSE_MS = 1_000;

/** The pause after a documented refusal that concerns everything under the same credentials. */
const pauseAfter = (refusal: Extract<Verdict, { _tag: 'Refusal' }>, settings: OneCSettings): number =>
  Math.max(
    LEAST_PAUSE_MS,
    refusal.retryAfterMs ??
      (refusal.problem.effect === 'throttled' ? settings.throttledPauseMs : settings.accountPauseMs),
  );

type Success = Extract<Verdict, { _tag: 'Success' }>;

const done = (document: FiscalDocument): FinalAnswer => ({ _tag: 'Done', document });

/**
 * `REJECTED` tells no more than a description, so it is taken to speak of the content: the same content under a new key would be rejected
 * again, and a person has to amend or to cancel it.
 */
const rejected = (
  state: Extract<OperationState, { _tag: 'Rejected' }>,
  { hide }: Called,
  { rejectedIs }: OneCSettings,
): FinalAnswer => ({
  _tag: 'Failed',
  proof: rejectedIs,
  because: 'content',
  note: noteOf({ status: 200, code: 'REJECTED', text: state.description }, hide),
});

/**
 * The 1C provider API (API провайдера сервиса «1С-Облачная касса»), straight or through the 1C gateway. Dedup class B: a repeated operation
 * id is answered with the same receipt, so sending again is the ask; with the provider's receipt id its state is read.
 */
export const openOneC = (options: OneCOptions): E.Either<NotAOneCConnection, OpenProvider> =>
  E.map((connection: OneCConnection) => providerOf(connection, options))(oneCConnection(options.connection));

const providerOf = (connection: OneCConnection, options: OneCOptions): OpenProvider => {
  const { runtime } = options;
  const settings = settingsOf(options.settings, connection);
  const { call, close } = oneCCalls(connection, options, settings);

  const alarm = (message: string, fields: Readonly<Record<string, string>>): void =>
    runtime.log.write('warn', message, { provider: 'one-c', ...fields });

  /** What an answer of 200 says about one operation. */
  const stateOf = (verdict: Success, key: string): OperationState => {
    const state = operationState(verdict.body, key, settings);
    if (state._tag === 'Unreadable')
      alarm(
        state.foreign
          ? 'an answer speaks of another operation than the one asked about'
          : 'an answer about an operation can not be read',
        { field: state.field },
      );
    return state;
  };

  const noticeUnknownCode = (verdict: Verdict, note: AnswerNote): void => {
    const { status = 0 } = note;
    if (verdict._tag === 'Doubt' && note.code !== undefined && status >= 400 && status < 500)
      alarm('a refusal of an unknown type is not taken for one', { code: note.code });
  };

  const sendState = (verdict: Success, called: Called, key: string): SendAnswer => {
    const state = stateOf(verdict, key);
    switch (state._tag) {
      case 'Waiting':
        return { _tag: 'Accepted', ...withHandle(state.handle) };
      case 'Done':
        return { _tag: 'Final', answer: done(state.document), ...withHandle(state.handle) };
      case 'Rejected':
        return { _tag: 'Final', answer: rejected(state, called, settings), ...withHandle(state.handle) };
      case 'Unreadable':
        return { _tag: 'Unknown', why: 'unreadable-answer', note: noteOf(verdict.told, called.hide) };
    }
  };

  const sendAnswer = (called: Called, key: string): SendAnswer => {
    const { verdict, hide } = called;
    if (verdict._tag === 'NotSent') return verdict;
    if (verdict._tag === 'Success') return sendState(verdict, called, key);
    const note = noteOf(verdict.told, hide);
    noticeUnknownCode(verdict, note);
    if (verdict._tag === 'Doubt') return { _tag: 'Unknown', why: verdict.why, note };
    return verdict.problem.effect === 'invalid'
      ? { _tag: 'RefusedInvalid', note }
      : { _tag: 'RefusedLater', note, scope: 'account', retryAfterMs: pauseAfter(verdict, settings) };
  };

  const send = async ({ key, content }: FiscalRequest, signal?: AbortSignal): Promise<SendAnswer> => {
    const written = receiptRequest(content, settings);
    if (E.isLeft(written)) {
      const { rule, field } = written.left;
      return { _tag: 'RefusedInvalid', note: { code: `not-expressible:${rule}`, excerpt: field } };
    }
    const called = await call('send', receiptCall(operationRequest(key, written.right)), signal);
    return sendAnswer({ ...called, hide: [...called.hide, ...personalValues(content)] }, key);
  };

  const askAnswer = (called: Called, key: string): AskAnswer => {
    const { verdict, hide } = called;
    if (verdict._tag === 'NotSent')
      return { _tag: 'Unavailable', scope: 'receipt', note: { code: verdict.why } };
    if (verdict._tag === 'Doubt')
      return { _tag: 'Unavailable', scope: 'receipt', note: noteOf(verdict.told, hide) };
    if (verdict._tag === 'Refusal') {
      const note = noteOf(verdict.told, hide);
      if (verdict.problem.effect !== 'invalid')
        return { _tag: 'Unavailable', scope: 'account', note, retryAfterMs: pauseAfter(verdict, settings) };
      return verdict.problem.type === 'NOT_FOUND'
        ? { _tag: 'Absent' }
        : { _tag: 'Unavailable', scope: 'receipt', note };
    }
    const state = stateOf(verdict, key);
    switch (state._tag) {
      case 'Waiting':
        return { _tag: 'Waiting', ...withHandle(state.handle) };
      case 'Done':
        return { _tag: 'Final', answer: done(state.document) };
      case 'Rejected':
        return { _tag: 'Final', answer: rejected(state, called, settings) };
      case 'Unreadable':
        return { _tag: 'Unavailable', scope: 'receipt', note: noteOf(verdict.told, hide) };
    }
  };

  const ask = async (key: string, handle: string | undefined, signal?: AbortSignal): Promise<AskAnswer> =>
    handle === undefined
      ? { _tag: 'Unavailable', scope: 'receipt', note: { code: 'no-handle' } }
      : askAnswer(await call('ask', stateCall(handle), signal), key);

  const availability = async (signal?: AbortSignal): Promise<Availability> => {
    const { verdict, hide } = await call('ask', REGISTERS_CALL, signal);
    if (verdict._tag === 'NotSent') return { _tag: 'Unreachable', note: { code: verdict.why } };
    if (verdict._tag === 'Refusal') return { _tag: 'NotAvailable', why: verdict.problem.effect, units: [] };
    if (verdict._tag === 'Doubt') return { _tag: 'Unreachable', note: noteOf(verdict.told, hide) };
    const state = registersState(verdict.body, settings);
    if (state === undefined) return { _tag: 'Unreachable', note: noteOf(verdict.told, hide) };
    return state.isReady
      ? { _tag: 'Available', units: state.units }
      : { _tag: 'NotAvailable', why: state.status ?? 'no-registers', units: state.units };
  };

  return {
    name: 'one-c',
    capabilities: { askBy: 'resend', horizonMs: settings.horizonMs, returnsContent: false },
    dedupDomain: oneCDedupDomain(connection),
    expressible: (content) => {
      const written = receiptRequest(content, settings);
      return E.isLeft(written) ? written.left : undefined;
    },
    send,
    ask,
    availability,
    close,
  };
};
