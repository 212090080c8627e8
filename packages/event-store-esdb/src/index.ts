export type { CertificateUnusable } from './connection/certificates';
export type { ConnectionStringRule, WrongConnectionString } from './connection/wrong-connection-string';
export { ESDB_ERRORS, type DocumentedError } from './documented-errors';
export { openEsdbStore, type EsdbStatistics, type EsdbStore, type EsdbStoreOptions } from './esdb-store';
export type { ConsumerGroup, Consumption, Delivery, GroupState, ParkedEvent } from './groups/consumer-group';
export type { ConsumerGroups } from './groups/consumer-groups';
export type { OpenError } from './open-error';
export { DEFAULT_SETTINGS, type EsdbSettings } from './settings';
