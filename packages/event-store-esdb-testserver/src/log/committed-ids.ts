/** The ids that were committed last, as the server keeps them in memory: one place for each id, gone after a restart. */
export interface CommittedIds {
  readonly put: (id: string, row: number) => void;
  readonly rowOf: (id: string) => number | undefined;
}

/** Ids in one generation. The real cache is bounded by 8 MiB, which is about twice as many. */
const GENERATION = 50_000;

/** Two generations: when the young one is full, the old one is forgotten. */
export const committedIds = (): CommittedIds => {
  let young = new Map<string, number>();
  let old = young;
  return {
    put: (id, row) => {
      if (young.size >= GENERATION) {
        old = young;
        young = new Map();
      }
      young.set(id, row);
    },
    rowOf: (id) => young.get(id) ?? old.get(id),
  };
};
