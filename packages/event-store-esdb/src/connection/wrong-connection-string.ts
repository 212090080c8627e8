import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';

/** Why a connection string is not taken. The text names the rule and never repeats what was given, which may be a password. */
export interface WrongConnectionString {
  readonly _tag: 'WrongConnectionString';
  readonly rule: ConnectionStringRule;
  readonly why: string;
}

export type ConnectionStringRule =
  | 'scheme'
  | 'credentials'
  | 'credentials-without-tls'
  | 'host'
  | 'port'
  | 'several-hosts'
  | 'option'
  | 'unknown-option'
  | 'unsafe-option';

export const wrong = (rule: ConnectionStringRule, why: string): Either<WrongConnectionString, never> =>
  E.left({ _tag: 'WrongConnectionString', rule, why });
