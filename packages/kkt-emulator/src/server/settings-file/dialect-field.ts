import type * as t from 'io-ts';
import { fieldCodec, flagField, oneOf, positiveField } from '../../codec/field-codec';
import { objectCodec } from '../../codec/object-codec';
import type { OneCSettings } from '../../dialects/one-c/settings';

const CHECK_RESULTS: ReadonlyArray<unknown> = [0, 1, 3, 5, 7, 15, 16, 17, 19];

const checkResultField = fieldCodec('not-a-check-result', (input) =>
  CHECK_RESULTS.includes(input) ? Number(input) : undefined,
);

/** After how many wrong attempts an account is blocked, and for how many minutes. */
export const badCredentialsField = objectCodec(
  { attempts: positiveField, blockedMinutes: positiveField },
  {},
  'strict',
);

/** What a file may say of the 1C dialect: all of its settings but the table of VAT rates. */
export const dialectField = objectCodec(
  {},
  {
    reader: oneOf('tolerant', 'strict'),
    vatAmount: oneOf('ignored', 'judged'),
    receiptNumberMeans: oneOf('fiscal-document', 'number-in-shift'),
    kktSerialNumberMeans: oneOf('registration-number', 'serial'),
    receiptDate: oneOf('with-offset', 'milliseconds', 'local'),
    otherContent: oneOf('first-wins', 'refused'),
    deviceFailureMeans: oneOf('in-progress', 'rejected'),
    contact: oneOf('receipts', 'every-document', 'not-required'),
    preferredContact: oneOf('email', 'phone'),
    agentSign: oneOf('bit-number', 'mask'),
    internetSign: flagField,
    markingCheckResult: checkResultField,
    tokenMinutes: positiveField,
    badCredentials: badCredentialsField,
  } satisfies Readonly<Record<Exclude<keyof OneCSettings, 'vatRates'>, t.Mixed>>,
  'strict',
);
