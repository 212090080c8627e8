import type { Connection, Environment } from '@cloud-kassa/core';
import type {
  Bilingual,
  ConnectionForm,
  FilledForm,
  OpenProvider,
  SecretSource,
  UnitState,
} from '@cloud-kassa/provider';
import type { NotAOneCConnection, OneCSettings } from '@cloud-kassa/provider-one-c';
import {
  checkOneC,
  connectionOfForm,
  oneCConnection,
  oneCDedupDomain,
  ONE_C_FORM,
  openOneC,
} from '@cloud-kassa/provider-one-c';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';

/** What an adapter is opened with. */
export interface AdapterContext {
  readonly connection: Connection;
  readonly secrets: SecretSource;
  readonly runtime: Runtime;
}

/** Why a connection can not be used: fields and rules, never values. */
export interface ConnectionRefusal {
  readonly field: string;
  readonly rule: string;
}

/** What a check of a connection has found (кнопка «Проверить», S18). */
export interface ConnectionReport {
  readonly passed: boolean;
  readonly steps: ReadonlyArray<{
    readonly step: string;
    readonly state: 'passed' | 'failed' | 'not-reached';
    readonly text: Bilingual;
  }>;
  readonly refusals: ReadonlyArray<ConnectionRefusal>;
  readonly units: ReadonlyArray<UnitState>;
  readonly checklist: ReadonlyArray<{
    readonly id: string;
    readonly text: Bilingual;
    readonly source: string;
  }>;
  /** Status and code of the provider's answer, where there was one. */
  readonly answer?: { readonly status?: number; readonly code?: string };
}

/** A protocol of cloud registers that the library can speak. */
export interface ProviderAdapter {
  /** Stands in `connection.provider`. */
  readonly name: string;
  readonly form: ConnectionForm;
  readonly connectionOf: (filled: FilledForm, environment: Environment, secretRef: string) => Connection;
  readonly dedupDomain: (connection: Connection) => E.Either<ReadonlyArray<ConnectionRefusal>, string>;
  readonly open: (context: AdapterContext) => E.Either<ReadonlyArray<ConnectionRefusal>, OpenProvider>;
  readonly check: (context: AdapterContext, signal?: AbortSignal) => Promise<ConnectionReport>;
}

const refusalsOf = (problem: NotAOneCConnection): ReadonlyArray<ConnectionRefusal> =>
  problem._tag === 'NotAConnection'
    ? problem.refusals.map(({ field, rule }) => ({ field: `connection.parameters.${field}`, rule }))
    : [{ field: 'connection.environment', rule: problem.rule }];

/** The 1C provider API, straight or through the 1C gateway. */
export const oneCAdapter = (settings: Partial<OneCSettings> = {}): ProviderAdapter => ({
  name: ONE_C_FORM.provider,
  form: ONE_C_FORM,
  connectionOf: connectionOfForm,
  dedupDomain: (connection) => E.bimap(refusalsOf, oneCDedupDomain)(oneCConnection(connection)),
  open: (context) => E.mapLeft(refusalsOf)(openOneC({ ...context, settings })),
  check: async (context, signal) => {
    const report = await checkOneC({ ...context, settings }, signal);
    const { passed, steps, units, checklist, problem, note } = report;
    const answer = {
      ...(note?.status === undefined ? {} : { status: note.status }),
      ...(note?.code === undefined ? {} : { code: note.code }),
    };
    return {
      passed,
      steps,
      units,
      checklist,
      refusals: problem === undefined ? [] : refusalsOf(problem),
      ...(note === undefined ? {} : { answer }),
    };
  },
});
