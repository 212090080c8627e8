/** The ids that were committed last, as the server keeps them in memory: one place for each id, gone after a restart. */
export interface CommittedIds {
  readonly put: (id: string, row: number) => void;
  readonly rowOf: (id: string) => number | undefined;
}

/** The real cache is bounded by 8 MiB, which is about so many. */
const MOST = 100_000;

export const committedIds = (): CommittedIds => {
  const rows = new Map<string, number>();
  return {
    put: (id, row) => {
      rows.delete(id);
      rows.set(id, row);
      if (rows.size <= MOST) return;
      const [oldest] = rows.keys();
      if (oldest !== undefined) rows.delete(oldest);
    },
    rowOf: (id) => rows.get(id),
  };
};
