import { systemRuntime } from '@cloud-kassa/runtime';
import { temporaryFolder } from '@cloud-kassa/sqlite/testing';
import { succeeded } from './jars.testing';
import { runnerBehaviour } from './runner-behaviour.testing';
import { openSqliteReadModels } from './sqlite-read-models';

const runtime = systemRuntime();

runnerBehaviour('in SQLite', {
  runtime,
  place: () => {
    const folder = temporaryFolder();
    const file = folder.path('read-models.db');
    return { open: () => succeeded(openSqliteReadModels({ file, runtime })), remove: folder.remove };
  },
  numRuns: 25,
});
