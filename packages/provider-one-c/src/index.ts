// The adapter.
export type { OneCOptions } from './one-c-provider';
export { openOneC } from './one-c-provider';
export type { OneCSettings, ProgramNames } from './settings';
export { ONE_C_SETTINGS } from './settings';

// The connection.
export type { AuthenticationType } from './connection/authentication-type';
export { ONE_C_FORM, ONE_C_GATEWAY } from './connection/connection-form';
export type { ConnectionChange } from './connection/dedup-domain';
export { changedParts, oneCDedupDomain } from './connection/dedup-domain';
export type { EnvironmentProblem } from './connection/environment';
export { environmentProblem } from './connection/environment';
export type {
  NotAOneCConnection,
  OneCAccess,
  OneCAccount,
  OneCConnection,
  OneCSecretName,
} from './connection/one-c-connection';
export { connectionOfForm, oneCConnection, secretNames } from './connection/one-c-connection';

// Setting up.
export type { CheckReport, CheckStep, CheckedStep } from './check-connection';
export { checkOneC } from './check-connection';
export type { ListProvidersOptions, ListedProvider, NoProviderList } from './list-providers';
export { listOneCProviders } from './list-providers';
export type { SetupItem } from './setup-checklist';
export { SETUP_CHECKLIST } from './setup-checklist';

// Tables of the protocol.
export type { ProblemEffect, ProblemType } from './answer/problem-types';
export { PROBLEM_TYPES } from './answer/problem-types';
export type { CodeRow, CodeTable } from './request/code-table';
export { AGENT_TYPES, OPERATION_TYPES, PAYMENT_FIELDS, TAXATION_SYSTEMS } from './request/codes';
export type { ExpressionRule } from './request/expression-rules';
export { EXPRESSION_RULES } from './request/expression-rules';
export type { RequestSettings } from './request/receipt-request';
export { receiptRequest } from './request/receipt-request';
export type { WireVatRate } from './request/vat-rates';
export { VAT_RATES } from './request/vat-rates';
