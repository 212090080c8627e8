import type { AttemptContext, Decision, Step, Trigger, TriggerData } from './step';
import { refuse } from './step';
import type { AttemptState } from './state';
import type { AttemptTrigger } from './table';

/** One row of the table at work, under its number. */
export interface Implementation {
  readonly row: number;
  readonly on: AttemptTrigger;
  readonly decide: (state: AttemptState, trigger: Trigger, context: AttemptContext) => Decision;
}

/** Binds a step to its row and trigger. The step sees the data of its own trigger only. */
export const implement = <K extends AttemptTrigger>(row: number, on: K, step: Step<K>): Implementation => ({
  row,
  on,
  decide: (state, trigger, context) =>
    trigger.on === on
      ? step(state, trigger.data as TriggerData[K], context)
      : refuse('transition-forbidden', 'phase', { state: state.phase, event: trigger.on }),
});
