import { seededRuntime } from '@cloud-kassa/runtime';
import { memoryReadModels } from './memory-read-models';
import { otherStoreBehaviour } from './other-store-behaviour.testing';
import { runnerBehaviour } from './runner-behaviour.testing';
import type { Subject } from './runner-stage.testing';
import { versionBehaviour } from './version-behaviour.testing';

const subject: Subject = {
  runtime: seededRuntime('runner'),
  place: () => {
    const readModels = memoryReadModels();
    return {
      open: () => Promise.resolve({ ...readModels, close: () => Promise.resolve() }),
      remove: () => undefined,
    };
  },
  numRuns: 60,
};

runnerBehaviour('in memory', subject);
versionBehaviour('in memory', subject);
otherStoreBehaviour('in memory', subject);
