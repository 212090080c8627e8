import { systemRuntime } from '@cloud-kassa/runtime';
import { temporaryFolder } from '@cloud-kassa/sqlite/testing';
import { succeeded } from './jars.testing';
import { otherStoreBehaviour } from './other-store-behaviour.testing';
import { runnerBehaviour } from './runner-behaviour.testing';
import type { Subject } from './runner-stage.testing';
import { openSqliteReadModels } from './sqlite-read-models';
import { versionBehaviour } from './version-behaviour.testing';

const runtime = systemRuntime();

const subject: Subject = {
  runtime,
  place: () => {
    const folder = temporaryFolder();
    const file = folder.path('read-models.db');
    return { open: () => succeeded(openSqliteReadModels({ file, runtime })), remove: folder.remove };
  },
  numRuns: 25,
};

runnerBehaviour('in SQLite', subject);
versionBehaviour('in SQLite', subject);
otherStoreBehaviour('in SQLite', subject);
