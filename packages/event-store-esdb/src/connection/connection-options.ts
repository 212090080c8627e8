import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { wrong, type WrongConnectionString } from './wrong-connection-string';

/** What stands behind the question mark of a connection string. */
export interface AddressOptions {
  readonly tls: boolean;
  /** Path of a file with the certificates that are trusted, instead of those of the system. */
  readonly tlsCAFile?: string;
  /** Paths of a certificate and its key by which this process shows who it is. */
  readonly userCertFile?: string;
  readonly userKeyFile?: string;
  readonly connectionName?: string;
  /** How often a connection without traffic is tested, and how long the answer may take. */
  readonly keepAliveInterval: number;
  readonly keepAliveTimeout: number;
  /** How long an append may take in all; the settings of the store come first. */
  readonly defaultDeadline?: number;
  readonly maxDiscoverAttempts: number;
  readonly discoveryInterval: number;
  /** Seconds, as the client for Node counts them. */
  readonly gossipTimeout: number;
}

interface Given {
  readonly name: string;
  readonly value: string;
}

/** Least and greatest value of those that are numbers. */
const NUMBERS: Readonly<Record<string, readonly [number, number]>> = {
  keepAliveInterval: [10_000, 3_600_000],
  keepAliveTimeout: [1_000, 3_600_000],
  defaultDeadline: [100, 600_000],
  maxDiscoverAttempts: [1, 100],
  discoveryInterval: [1, 60_000],
  gossipTimeout: [1, 60],
};

const TEXTS = ['tlsCAFile', 'userCertFile', 'userKeyFile', 'connectionName'];

/** Options that have one safe value only: it may be written, another is refused with the reason. */
const FIXED: Readonly<Record<string, readonly [string, string]>> = {
  tlsVerifyCert: [
    'true',
    'Certificates are always verified: name the certificate to be trusted by tlsCAFile.',
  ],
  throwOnAppendFailure: ['true', 'A failed append is always told.'],
  nodePreference: ['leader', 'Appends and leases need the leader, so that it is what is connected to.'],
};

const NAMES = new Map(
  ['tls', ...Object.keys(NUMBERS), ...TEXTS, ...Object.keys(FIXED)].map((name) => [name.toLowerCase(), name]),
);

const DEFAULTS: AddressOptions = {
  tls: true,
  keepAliveInterval: 10_000,
  keepAliveTimeout: 5_000,
  maxDiscoverAttempts: 3,
  discoveryInterval: 100,
  gossipTimeout: 2,
};

export const optionsOf = (query: string): Either<WrongConnectionString, AddressOptions> => {
  const options = new Map<string, string | number | boolean>();
  for (const part of query === '' ? [] : query.split('&')) {
    const given = givenIn(part);
    if (E.isLeft(given)) return given;
    const { name } = given.right;
    if (options.has(name)) return wrong('option', `${name} is given twice.`);
    const value = valueOf(given.right);
    if (E.isLeft(value)) return value;
    options.set(name, value.right);
  }
  if (options.has('userCertFile') !== options.has('userKeyFile'))
    return wrong('option', 'userCertFile and userKeyFile go together.');
  if (options.get('tls') === false && ['tlsCAFile', 'userCertFile'].some((name) => options.has(name)))
    return wrong('option', 'Certificates mean nothing with tls=false.');
  for (const name of Object.keys(FIXED)) options.delete(name);
  return E.right({ ...DEFAULTS, ...Object.fromEntries(options) });
};

const givenIn = (part: string): Either<WrongConnectionString, Given> => {
  const [key = '', value, ...more] = part.split('=');
  const name = NAMES.get(key.toLowerCase());
  if (name === undefined)
    return wrong('unknown-option', `There is an option that is none of ${[...NAMES.values()].join(', ')}.`);
  if (value === undefined || value === '' || more.length > 0)
    return wrong('option', `${name} is written ${name}=value.`);
  try {
    return E.right({ name, value: decodeURIComponent(value) });
  } catch {
    return wrong('option', `The value of ${name} is not percent-encoded as it should be.`);
  }
};

const valueOf = ({ name, value }: Given): Either<WrongConnectionString, string | number | boolean> => {
  const [safe, reason] = FIXED[name] ?? [];
  if (reason !== undefined)
    return value.toLowerCase() === safe ? E.right(value) : wrong('unsafe-option', reason);
  if (name === 'tls')
    return value === 'true' || value === 'false'
      ? E.right(value === 'true')
      : wrong('option', 'tls is true or false.');
  const [least, greatest] = NUMBERS[name] ?? [];
  if (least === undefined || greatest === undefined) return E.right(value);
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  return number >= least && number <= greatest
    ? E.right(number)
    : wrong('option', `${name} is a whole number from ${least} to ${greatest}.`);
};
