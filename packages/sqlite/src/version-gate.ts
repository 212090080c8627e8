const FIRST_WITH_WAL = [3, 7, 0] as const;
const FIRST_SAFE = [3, 51, 3] as const;
/** The releases of older branches from which on the repair was brought back. */
const BACK_PORTS: ReadonlyArray<readonly [number, number, number]> = [
  [3, 50, 7],
  [3, 44, 6],
];

/**
 * Why this version of SQLite may not be used, or `undefined`.
 *
 * SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL mode when two connections reset the write-ahead log at the same time
 * ("WAL-reset bug" in the documentation of SQLite). Repaired in 3.51.3, and brought back to 3.50.7 and 3.44.6.
 *
 * @param version three numbers, as `select sqlite_version()` gives them.
 */
export const versionRefusal = (version: string): string | undefined => {
  const found = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  if (found === null) return 'the version of SQLite is not known';
  const numbers = [Number(found[1]), Number(found[2]), Number(found[3])] as const;
  if (compare(numbers, FIRST_WITH_WAL) < 0) return 'SQLite before 3.7.0 has no write-ahead log';
  const repaired =
    compare(numbers, FIRST_SAFE) >= 0 ||
    BACK_PORTS.some(
      ([major, minor, patch]) => numbers[0] === major && numbers[1] === minor && numbers[2] >= patch,
    );
  return repaired
    ? undefined
    : 'SQLite 3.7.0 to 3.51.2 can corrupt a database whose write-ahead log is reset; 3.51.3, 3.50.7 and 3.44.6 are repaired';
};

type Version = readonly [number, number, number];

const compare = (a: Version, b: Version): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
