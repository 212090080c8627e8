import { seededRuntime } from '@cloud-kassa/runtime';
import { memoryReadModels } from './memory-read-models';
import { runnerBehaviour } from './runner-behaviour.testing';

runnerBehaviour('in memory', {
  runtime: seededRuntime('runner'),
  place: () => {
    const readModels = memoryReadModels();
    return {
      open: () => Promise.resolve({ ...readModels, close: () => Promise.resolve() }),
      remove: () => undefined,
    };
  },
  numRuns: 60,
});
