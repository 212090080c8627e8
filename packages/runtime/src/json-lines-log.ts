import type { Log, LogLevel } from './runtime';

const RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

export interface JsonLinesLogOptions {
  /** Takes one line with its line feed, e.g. `(line) => process.stderr.write(line)`. */
  readonly sink: (line: string) => void;
  /** Lines below this level are not written. Default `info`. */
  readonly level?: LogLevel;
  /** The time of a line. Default: the system's wall clock. */
  readonly wall?: () => string;
}

/**
 * A log of one JSON object per line: `at`, `level`, `message` and the fields. A field of one of these three names gives way.
 * A sink that throws loses the line; it never stops the work that was to be logged.
 */
export const jsonLinesLog = (options: JsonLinesLogOptions): Log => {
  const lowest = RANK[options.level ?? 'info'];
  const wall = options.wall ?? (() => new Date().toISOString());
  return {
    write: (level, message, fields) => {
      if (RANK[level] < lowest) return;
      const line: Record<string, unknown> = { at: wall(), level, message };
      for (const [name, value] of Object.entries(fields ?? {})) {
        if (!Object.hasOwn(line, name)) line[name] = value;
      }
      try {
        options.sink(`${JSON.stringify(line)}\n`);
      } catch {
        // There is no better place to say that the log is broken.
      }
    },
  };
};

/** A log that keeps nothing. */
export const silentLog: Log = { write: () => undefined };
