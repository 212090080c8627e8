import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { StoredEvent } from '@cloud-kassa/event-store';
import { seededRandom, systemRuntime } from '@cloud-kassa/runtime';
import { integrityOf, nodeDriver } from '@cloud-kassa/sqlite';
import { temporaryFolder } from '@cloud-kassa/sqlite/testing';
import { eventsIn, jars, shelves, succeeded } from './jars.testing';
import { contentsOf, recompute } from './testing';
import { sampleLog } from './sample-log.testing';
import { openSqliteReadModels } from './sqlite-read-models';

const folder = temporaryFolder();
const script = folder.path('projector.cjs');
const runtime = systemRuntime();
const EVENTS = 300;

beforeAll(() => {
  execFileSync(require.resolve('esbuild/bin/esbuild'), [
    join(__dirname, 'projector-process.testing.ts'),
    '--bundle',
    '--platform=node',
    '--conditions=@cloud-kassa/source',
    '--log-level=error',
    `--outfile=${script}`,
  ]);
});
afterAll(folder.remove);

interface End {
  readonly signal: string | null;
  readonly printed: string;
  readonly errors: string;
}

const project = async (
  file: string,
  name: string,
  work: 'catch-up' | 'rebuild',
  killAt = 0,
): Promise<End> => {
  const flags = ['--no-warnings', script, file, name, work, String(EVENTS), String(killAt)];
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [printed, errors]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => printed.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => errors.push(chunk));
  const signal = await new Promise<string | null>((resolve) => {
    child.on('close', (_code, by) => resolve(by));
  });
  return { signal, printed: printed.join(''), errors: errors.join('') };
};

/** What the file holds equals a recomputation of the events up to where it says that it stands. */
const look = async (
  file: string,
  projection: ReturnType<typeof jars>,
  events: ReadonlyArray<StoredEvent>,
): Promise<number> => {
  const connection = nodeDriver.connect(file);
  expect(integrityOf(connection)).toEqual([]);
  connection.close();
  const readModels = await succeeded(openSqliteReadModels({ file, runtime }));
  try {
    const generations = await succeeded(readModels.survey(projection.name, (all) => all.generations()));
    const live = generations.filter(({ status }) => status === 'live');
    // Killed before the first transaction, there is nothing yet.
    if (generations.length === 0) return 0;
    expect(live).toHaveLength(1);
    const upTo = Number(live[0]?.position ?? 0);
    expect(await succeeded(contentsOf(readModels, projection))).toEqual(
      recompute(projection, events.slice(0, upTo)),
    );
    return upTo;
  } finally {
    await readModels.close();
  }
};

describe('kill -9', () => {
  it.each([
    ['within streams', jars()],
    ['across streams', shelves()],
  ] as const)(
    'at any statement leaves the rows of an exact position; the next process goes on from there (%s)',
    async (_, projection) => {
      const file = folder.path(`${projection.name}.db`);
      const events = await eventsIn(await sampleLog(EVENTS));
      const random = seededRandom(`kill ${projection.name}`);
      let kills = 0;
      for (let upTo = 0; upTo < EVENTS && kills < 60; kills += 1) {
        const end = await project(file, projection.name, 'catch-up', 1 + random.integer(260));
        expect(end.errors).toBe('');
        const now = await look(file, projection, events);
        expect(now).toBeGreaterThanOrEqual(upTo);
        upTo = now;
        if (end.signal === null) break;
      }
      expect(kills).toBeGreaterThan(3);
      expect(await project(file, projection.name, 'catch-up')).toMatchObject({ printed: 'done' });
      expect(await look(file, projection, events)).toBe(EVENTS);
    },
  );

  it('in the middle of a rebuild leaves the live one whole, until the new one has taken over', async () => {
    const projection = jars();
    const file = folder.path('rebuilt.db');
    const events = await eventsIn(await sampleLog(EVENTS));
    await project(file, projection.name, 'catch-up');
    expect(await look(file, projection, events)).toBe(EVENTS);
    const random = seededRandom('kill rebuild');
    for (let kills = 0; kills < 12; kills += 1) {
      const end = await project(file, projection.name, 'rebuild', 1 + random.integer(960));
      expect(end.errors).toBe('');
      expect(await look(file, projection, events)).toBe(EVENTS);
    }
    expect(await project(file, projection.name, 'rebuild')).toMatchObject({ printed: 'done' });
    expect(await look(file, projection, events)).toBe(EVENTS);
    const readModels = await succeeded(openSqliteReadModels({ file, runtime }));
    const left = await succeeded(readModels.survey(projection.name, (all) => all.generations()));
    expect(left).toMatchObject([{ status: 'live' }]);
    await readModels.close();
    const connection = nodeDriver.connect(file);
    const tables = [...connection.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).iterate()];
    expect(tables.map(({ name }) => name).filter((name) => String(name).startsWith('jars_'))).toHaveLength(1);
    connection.close();
  });
});

describe('several processes on one file', () => {
  it('project every event once, while some are killed and one rebuilds', async () => {
    const projection = jars();
    const file = folder.path('shared.db');
    const events = await eventsIn(await sampleLog(EVENTS));
    const random = seededRandom('shared');
    for (let round = 0; round < 4; round += 1) {
      const ends = await Promise.all([
        project(file, projection.name, 'catch-up'),
        project(file, projection.name, 'catch-up', 1 + random.integer(260)),
        project(file, projection.name, round % 2 === 0 ? 'catch-up' : 'rebuild'),
      ]);
      expect(ends.map(({ errors }) => errors)).toEqual(['', '', '']);
      expect(ends[0]).toMatchObject({ printed: 'done' });
      expect(await look(file, projection, events)).toBe(EVENTS);
    }
  });
});
