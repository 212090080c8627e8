import type { AttemptRunner, StepResult } from './attempt-runner';
import type { NextAction } from './next-action';
import type { OpenReceipt } from './open-receipt';

export type Step = Exclude<NextAction['do'], 'nothing'>;

/** Makes a step by the hands of the attempt protocol. `isOwnEarlierLife` tells whether an intent was made by this process before it died. */
export const performStep =
  (runner: AttemptRunner, isOwnEarlierLife: (worker: string) => boolean) =>
  (entry: OpenReceipt, step: Step): Promise<StepResult> => {
    switch (step) {
      case 'route':
        return runner.route(entry);
      case 'resume':
        return runner.resume(entry);
      case 'send':
        return runner.send(entry);
      case 'resend':
        return runner.send(entry, 'resending-is-asking');
      case 'ask':
        return runner.ask(entry);
      case 'give-up-waiting':
        return runner.giveUpWaiting(entry);
      case 'take-over':
        return runner.takeOver(
          entry,
          isOwnEarlierLife(entry.receipt.attempt.worker ?? '') ? 'worker-restarted' : 'lease-ran-out',
        );
      case 'rekey':
        return runner.rekey(entry);
      case 'hold-for-horizon':
        return runner.holdForHorizon(entry);
      case 'hold-without-handle':
        return runner.holdWithoutHandle(entry);
    }
  };
