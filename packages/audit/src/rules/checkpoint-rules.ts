import type { RuleTable } from '@cloud-kassa/core';

/** What a checkpoint that was kept elsewhere can show. */
export type CheckpointRule = 'tail-cut' | 'chain-rewritten';

export const CHECKPOINT_RULES: RuleTable<CheckpointRule> = {
  'tail-cut': {
    english: 'Events that the checkpoint speaks of are not there any more.',
    russian: 'Событий, учтённых в контрольной точке, больше нет.',
    source: 'checkpoint kept elsewhere',
  },
  'chain-rewritten': {
    english: 'The events up to the checkpoint are not those it was made of.',
    russian: 'События до контрольной точки переписаны.',
    source: 'checkpoint kept elsewhere',
  },
};
