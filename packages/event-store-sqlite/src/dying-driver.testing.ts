import type { Connection, Driver, Statement } from '@cloud-kassa/sqlite';

/** A driver whose process kills itself at a point, counted from 1; 0 for never. A point lies before and after every statement. */
export const dying = (driver: Driver, at: number): Driver => {
  let points = 0;
  const point = (): void => {
    points += 1;
    if (points === at) process.kill(process.pid, 'SIGKILL');
  };
  const through = <A>(work: () => A): A => {
    point();
    const done = work();
    point();
    return done;
  };
  const statement = (real: Statement): Statement => ({
    ...real,
    run: (...values) => through(() => real.run(...values)),
  });
  const connection = (real: Connection): Connection => ({
    exec: (sql) => through(() => real.exec(sql)),
    prepare: (sql) => statement(real.prepare(sql)),
    close: () => through(real.close),
  });
  return { ...driver, connect: (path) => connection(driver.connect(path)) };
};
