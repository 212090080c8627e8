import type { Runtime } from '@cloud-kassa/runtime';
import { pauseOf } from '../backoff';
import type { FiscalizerSettings } from '../settings';
import type { StepResult } from './attempt-runner';
import type { OpenReceipt } from './open-receipt';

/** Refusals that mean no more than that something has to be waited for, or that somebody else was faster. */
const ORDINARY: ReadonlySet<string> = new Set([
  'parents-waiting',
  'postponed',
  'quiet-period',
  'retry-not-due',
  'stale-epoch',
  'stale-key',
  'transition-forbidden',
]);

export interface AfterSteps {
  /** Sets the pause before the next step, by what the last one came to. */
  readonly afterStep: (entry: OpenReceipt, result: StepResult) => void;
  /** A pause of its own: an alarm that can not be raised holds up nothing else, and is not raised in haste. */
  readonly afterAlarm: (entry: OpenReceipt, result: StepResult) => void;
}

export const afterStepsOf = ({
  runtime,
  settings,
}: {
  readonly runtime: Runtime;
  readonly settings: FiscalizerSettings;
}): AfterSteps => {
  /** How long the next step has to wait for what the last one came to. */
  const pauseAfter = (entry: OpenReceipt, result: StepResult): number => {
    const { phase } = entry.receipt.attempt;
    switch (result._tag) {
      case 'StoreFailed':
        runtime.log.write('warn', 'the store did not take a step of a receipt', {
          receipt: entry.receipt.receiptId,
          error: result.error,
        });
        return pauseOf(settings.storeBackoff, entry.storeTries, runtime.random);
      case 'Still':
      case 'Refused':
        return pauseOf(settings.askBackoff, entry.stillTries, runtime.random);
      case 'Moved':
        return phase === 'Pending' ? settings.firstAskMs : 0;
    }
  };

  const afterAlarm = (entry: OpenReceipt, result: StepResult): void => {
    entry.alarmTries = result._tag === 'Moved' ? 0 : entry.alarmTries + 1;
    entry.alarmNotBefore =
      result._tag === 'Moved'
        ? 0
        : runtime.monotonic() + pauseOf(settings.storeBackoff, entry.alarmTries, runtime.random);
  };

  /** A receipt that makes no step and is not held has a reason somewhere: told once, however often it is tried. */
  const tellRefusal = (entry: OpenReceipt, result: StepResult): void => {
    const rule = result._tag === 'Refused' ? result.rule : undefined;
    if (rule !== undefined && rule !== entry.refused)
      runtime.log.write(ORDINARY.has(rule) ? 'info' : 'warn', 'a step of a receipt was refused', {
        receipt: entry.receipt.receiptId,
        phase: entry.receipt.attempt.phase,
        rule,
      });
    if (rule === undefined) delete entry.refused;
    else entry.refused = rule;
  };

  const afterStep = (entry: OpenReceipt, result: StepResult): void => {
    tellRefusal(entry, result);
    entry.notBefore = runtime.monotonic() + pauseAfter(entry, result);
    entry.storeTries = result._tag === 'StoreFailed' ? entry.storeTries + 1 : 0;
    if (result._tag === 'Still' || result._tag === 'Refused') entry.stillTries += 1;
  };

  return { afterStep, afterAlarm };
};
