import { memoryStore, type EventStore, type Position } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import { eventsIn, jars, jarWriter, type JarEvent } from './jars.testing';
import { projectionRunner, type ProjectionRunner } from './projection-runner';
import type { Projection } from './projection';
import type { ReadModels } from './read-models';
import { recompute } from './testing';

/** A store of read models under test. */
export interface Subject {
  readonly runtime: Runtime;
  /** A new, empty place for read models; opened anew each time it is called: as by another process. */
  readonly place: () => { readonly open: () => Promise<ReadModels>; readonly remove: () => void };
  /** Of every property. */
  readonly numRuns: number;
}

/** A store with jars in it, and read models that are made of them. */
export interface Stage {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly write: (jar: string, ...events: ReadonlyArray<JarEvent>) => Promise<Position>;
  readonly writeRaw: (jar: string, type: string, data: object, version?: number) => Promise<Position>;
  readonly runner: (projection?: Projection<JarEvent>, batch?: number) => ProjectionRunner;
  readonly expected: (projection: Projection<JarEvent>) => Promise<ReturnType<typeof recompute>>;
  /** The store of read models as another process opens it. */
  readonly reopened: () => Promise<ReadModels>;
}

/** Plays on a stage of its own, and takes it down afterwards. */
export const stageOf =
  ({ runtime, place }: Subject) =>
  async (play: (stage: Stage) => Promise<void>): Promise<void> => {
    const { open, remove } = place();
    const opened: ReadModels[] = [];
    const reopened = async (): Promise<ReadModels> => {
      const readModels = await open();
      opened.push(readModels);
      return readModels;
    };
    try {
      const store = memoryStore({ pageSize: 5 });
      const readModels = await reopened();
      const writer = jarWriter(store);
      await play({
        store,
        readModels,
        write: async (jar, ...events) => {
          let position: Position = '0';
          for (const event of events) position = await writer.write(jar, event);
          return position;
        },
        writeRaw: writer.writeRaw,
        runner: (projection = jars(), batch = 4) =>
          projectionRunner({ store, readModels, projection, runtime, batch }),
        expected: async (projection) => recompute(projection, await eventsIn(store)),
        reopened,
      });
    } finally {
      for (const one of opened) await one.close();
      remove();
    }
  };
