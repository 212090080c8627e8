import { startTalkingProcess } from './talking-process';

/** What the process of the test server is told. */
export type EventServerOrder =
  /** Closes the database there was and begins an empty one, in memory or in a directory. */
  { readonly do: 'begin'; readonly directory?: string } | { readonly do: 'tell' };

/** Calls that are told, as the test server counts them. */
export const COUNTED_CALLS = ['append', 'read-stream', 'read-all', 'subscribe-all'] as const;

/** What it says: where the database is, what the process has used and served so far. */
export interface EventServerSays {
  readonly connectionString: string;
  /** Processor time of the process since it was started. */
  readonly processorMs: number;
  /** Calls to the present database since it was begun. */
  readonly calls: Readonly<Record<(typeof COUNTED_CALLS)[number], number>>;
  /** Records in the present database. */
  readonly records: number;
}

/** The test server of EventStoreDB in a process of its own. */
export interface EventServer {
  /** Begins an empty database, and answers with its connection string. */
  readonly begin: (directory?: string) => Promise<string>;
  readonly tell: () => Promise<EventServerSays>;
  readonly end: () => Promise<void>;
}

export const startEventServer = async (): Promise<EventServer> => {
  const { ask, end } = await startTalkingProcess<EventServerOrder, EventServerSays>('event-server', {});
  return {
    begin: async (directory) => {
      const said = await ask({ do: 'begin', ...(directory === undefined ? {} : { directory }) });
      return said.connectionString;
    },
    tell: () => ask({ do: 'tell' }),
    end,
  };
};
