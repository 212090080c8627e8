import { writeSync } from 'node:fs';
import { systemRuntime } from '@cloud-kassa/runtime';
import { nodeDriver, type Connection, type Driver, type Statement } from '@cloud-kassa/sqlite';
import { jars, shelves, succeeded } from './jars.testing';
import { projectionRunner } from './projection-runner';
import { sampleLog } from './sample-log.testing';
import { openSqliteReadModelsOn } from './sqlite-read-models';

/**
 * A process that projects a log of jars into a file. Its arguments are the file, the projection, what it is to do (`catch-up` or
 * `rebuild`), the number of events in the log, and the number of the point at which it kills itself (0 for none): a point lies before
 * and after every statement. When it has done its work it prints `done`.
 */
const [, , file = '', name = 'jars', work = 'catch-up', events = '0', killAt = '0'] = process.argv;

const dying = (driver: Driver, at: number): Driver => {
  let points = 0;
  const point = (): void => {
    points += 1;
    if (points === at) process.kill(process.pid, 'SIGKILL');
  };
  const through = <A>(statement: () => A): A => {
    point();
    const done = statement();
    point();
    return done;
  };
  const statementOf = (real: Statement): Statement => ({
    run: (...values) => through(() => real.run(...values)),
    get: (...values) => through(() => real.get(...values)),
    iterate: (...values) => through(() => real.iterate(...values)),
  });
  const connectionOf = (real: Connection): Connection => ({
    exec: (sql) => through(() => real.exec(sql)),
    prepare: (sql) => statementOf(real.prepare(sql)),
    close: () => through(real.close),
  });
  return { ...driver, connect: (path) => connectionOf(driver.connect(path)) };
};

const main = async (): Promise<void> => {
  const runtime = systemRuntime();
  const store = await sampleLog(Number(events));
  const readModels = await succeeded(
    openSqliteReadModelsOn(dying(nodeDriver, Number(killAt)), { file, runtime, busyMilliseconds: 60_000 }),
  );
  const projection = name === 'jars' ? jars() : shelves();
  const runner = projectionRunner({ store, readModels, projection, runtime, batch: 20 });
  await succeeded(work === 'rebuild' ? runner.rebuild() : runner.catchUp());
  await readModels.close();
  writeSync(1, 'done');
};

void main();
