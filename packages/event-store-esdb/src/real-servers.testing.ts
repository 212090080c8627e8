import { isContainerEngineRunning } from './container-engine.testing';

/** A real server, and what ends it. */
export interface StartedRealServer {
  readonly connectionString: string;
  readonly stop: () => Promise<void>;
}

/** A real server that can be had here. */
export interface RealServer {
  readonly name: string;
  readonly start: () => Promise<StartedRealServer>;
}

/** What is started where a container engine runs: the last EventStoreDB, and the present form of it under its new name. */
const IMAGES = [
  { image: 'eventstore/eventstore:24.10.0-bookworm-slim', prefix: 'EVENTSTORE' },
  { image: 'kurrentplatform/kurrentdb:26.0', prefix: 'KURRENTDB' },
];

/** The real servers that tests can use, or why there is none. */
export const realServers = (): ReadonlyArray<RealServer> | string => {
  const named = process.env['ESDB_URL'];
  if (named !== undefined) {
    const stop = (): Promise<void> => Promise.resolve();
    return [
      {
        name: 'the server of ESDB_URL',
        start: () => Promise.resolve({ connectionString: named, stop }),
      },
    ];
  }
  return isContainerEngineRunning() ? IMAGES.map(inContainer) : 'no ESDB_URL, no container engine';
};

const inContainer = ({ image, prefix }: (typeof IMAGES)[number]): RealServer => ({
  name: image,
  start: async () => {
    const { KurrentDbContainer } = await import('@testcontainers/kurrentdb');
    const container = await new KurrentDbContainer(image)
      .withEnvironment({
        [`${prefix}_CLUSTER_SIZE`]: '1',
        [`${prefix}_INSECURE`]: 'true',
        [`${prefix}_MEM_DB`]: 'true',
        [`${prefix}_RUN_PROJECTIONS`]: 'All',
        [`${prefix}_START_STANDARD_PROJECTIONS`]: 'true',
      })
      .start();
    return {
      // The client knows the old name only.
      connectionString: container.getConnectionString().replace(/^kurrentdb:/, 'esdb:'),
      stop: async () => {
        await container.stop();
      },
    };
  },
});
