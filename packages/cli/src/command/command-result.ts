import type { KassaError } from '@cloud-kassa/cloud-kassa';
import type { Bilingual } from '@cloud-kassa/provider';
import { obstacle } from '../output/labels';
import type { View } from '../output/view';
import type { ExitCode } from './exit-code';

/** What a command came to: data for programs, views for people, and the exit code. */
export interface CommandResult {
  readonly exit: ExitCode;
  /** What `--json` prints: one object. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly views: ReadonlyArray<View>;
  /** What went wrong, for people; goes to the error output. */
  readonly problem?: Bilingual;
  /** Data and views stand on the standard output already: the command printed them while it worked. */
  readonly isPrinted?: boolean;
}

export const shown = (
  data: Readonly<Record<string, unknown>>,
  ...views: ReadonlyArray<View>
): CommandResult => ({
  exit: 0,
  data,
  views,
});

/** A call that the command does not understand. */
export const wrongUse = (field: string, rule: string, problem: Bilingual): CommandResult => ({
  exit: 2,
  data: { error: { code: 'usage', field, rule, message: problem.english } },
  views: [],
  problem,
});

/** How a command ends that meets an error of the library. */
export const EXIT_OF: Readonly<Record<KassaError['code'], ExitCode>> = {
  refused: 3,
  'no-route': 3,
  'not-found': 3,
  conflict: 7,
  unavailable: 5,
  'outcome-unknown': 5,
  corrupt: 5,
  'cannot-open': 5,
  provider: 6,
  closed: 5,
};

/** Where a store was not opened because of what was given, or of who is asking. */
const EXIT_OF_OPENING: Readonly<Record<string, ExitCode>> = {
  WrongConnectionString: 2,
  WrongSettings: 2,
  AccessDenied: 4,
};

const exitOfError = (error: KassaError): ExitCode =>
  (error.code === 'cannot-open' ? EXIT_OF_OPENING[error.why] : undefined) ?? EXIT_OF[error.code];

/** Ctrl-C was pressed; whatever was accepted until then stands. */
export const interrupted = (): CommandResult => ({
  exit: 130,
  data: { error: { code: 'interrupted' } },
  views: [],
  problem: { english: 'Interrupted; everything is whole.', russian: 'Прервано; данные целы.' },
});

const placeOf = (error: KassaError): string =>
  error.code === 'refused' ? ` [${error.rule}${error.field === '' ? '' : `, ${error.field}`}]` : '';

/** Why each device can not take a receipt, a line each. */
const reasonsOf = (error: KassaError): Bilingual =>
  error.code !== 'no-route'
    ? { english: '', russian: '' }
    : {
        english: error.refused
          .map(({ deviceId, reason }) => `\n  ${deviceId}: ${obstacle(reason).english}`)
          .join(''),
        russian: error.refused
          .map(({ deviceId, reason }) => `\n  ${deviceId}: ${obstacle(reason).russian}`)
          .join(''),
      };

/** Whether a call was refused by this rule. */
export const isRule = (error: KassaError, rule: string): boolean =>
  error.code === 'refused' && error.rule === rule;

/** An error of the library as the end of a command. */
export const failure = (error: KassaError): CommandResult => {
  const place = placeOf(error);
  const reasons = reasonsOf(error);
  return {
    exit: exitOfError(error),
    data: { error },
    views: [],
    problem: {
      english: `${error.message}${place}${reasons.english}`,
      russian: `${error.russian}${place}${reasons.russian}`,
    },
  };
};
