/** What the suite needs of a test framework. Jest, Vitest and `node:test` have it. */
export interface TestApi {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: {
    (name: string, body: () => Promise<void>): unknown;
    readonly skip: (name: string, body: () => Promise<void>) => unknown;
  };
}

/** The functions that the framework has put in the global scope. */
export const globalTestApi = (): TestApi => {
  const { describe, it }: Partial<TestApi> = globalThis as Partial<TestApi>;
  if (describe === undefined || it === undefined)
    throw new TypeError('No global describe and it: pass a TestApi.');
  return { describe, it };
};
