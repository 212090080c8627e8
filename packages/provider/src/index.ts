// The port.
export type {
  AskAnswer,
  AskBy,
  Availability,
  Capabilities,
  FinalAnswer,
  FiscalProvider,
  FiscalRequest,
  NotExpressible,
  OpenProvider,
  SendAnswer,
  UnitState,
} from './port';

// The HTTP client.
export type { AddressRule } from './http/address-rule';
export { isAllowedAddress } from './http/address-rule';
export type { Resolve, ResolvedAddress, TlsSettings } from './http/connector';
export type { ExchangeDeadlines, HttpRequest } from './http/exchange';
export { LARGEST_ANSWER } from './http/exchange';
export type { Deadlines, HttpClient, HttpClientOptions, Purpose, RequestLimits } from './http/http-client';
export { deadlinesOf, httpClient } from './http/http-client';
export type { HttpAnswer, HttpOutcome, NotSentWhy, UnansweredWhy } from './http/outcome';
export { unknownWhyOf } from './http/outcome';

// Reading answers and writing requests.
export type { MediaType } from './http/media-type';
export { isJsonType, mediaTypeOf } from './http/media-type';
export type { JsonRead, NotJson } from './http/read-json';
export { readJson } from './http/read-json';
export type { NotText } from './http/read-text';
export { readText } from './http/read-text';
export { retryAfterMs } from './http/retry-after';
export type { JsonDecimal, JsonWritten, JsonWrittenObject } from './http/write-json';
export { jsonDecimal, writeJson } from './http/write-json';

// What may be kept of an answer.
export { personalValues } from './personal-values';
export type { ToldAnswer } from './redaction';
export { LONGEST_EXCERPT, answerNote, excerptOf, safeCode } from './redaction';

// Secrets and tokens.
export type { Secret } from './secret';
export { secret } from './secret';
export type { NoSecretBundle } from './secret-bundle';
export { secretBundle } from './secret-bundle';
export type { NoSecret, SecretSource, SecretSourceOptions } from './secret-source';
export { secretSource } from './secret-source';
export type { IssuedToken, TokenCache } from './token-cache';
export { tokenCache } from './token-cache';

// The form of a connection.
export type {
  Bilingual,
  ConnectionForm,
  FilledForm,
  FormChoice,
  FormField,
  FormRefusal,
} from './connection-form';
export { fillForm, parametersCodec, shownFields, shownValues } from './connection-form';
