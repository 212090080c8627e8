import type { Runtime } from '@cloud-kassa/runtime';
import cliProgress from 'cli-progress';
import type { OutputStream } from '../terminal';

/** Tells how far long work has come. */
export interface Progress {
  /** Begins a bar; without a total it counts. */
  readonly begin: (what: string, total?: number) => ProgressBar;
}

export interface ProgressBar {
  readonly to: (value: number, total?: number) => void;
  readonly end: () => void;
}

/** Where no bar can be drawn a line is written this often. */
const LINE_EVERY_MS = 10_000;

const linesOf = (runtime: Runtime, say: (line: string) => void): Progress => ({
  begin: (what, total) => {
    let said = runtime.monotonic();
    let whole = total;
    return {
      to: (value, newTotal) => {
        whole = newTotal ?? whole;
        if (runtime.monotonic() - said < LINE_EVERY_MS) return;
        said = runtime.monotonic();
        say(`${what}: ${value}${whole === undefined ? '' : ` / ${whole}`}`);
      },
      end: () => undefined,
    };
  },
});

const barsOn = (stream: NodeJS.WritableStream): Progress => ({
  begin: (what, total) => {
    const bar = new cliProgress.SingleBar(
      {
        stream,
        format: total === undefined ? `${what}: {value}` : `${what} {bar} {value}/{total}`,
        hideCursor: true,
        clearOnComplete: true,
        barsize: 30,
      },
      cliProgress.Presets.shades_classic,
    );
    bar.start(total ?? 0, 0);
    return {
      to: (value, newTotal) => {
        if (newTotal !== undefined) bar.setTotal(newTotal);
        bar.update(value);
      },
      end: () => bar.stop(),
    };
  },
});

/** Bars on a terminal, a line every ten seconds elsewhere. */
export const progressOn = (stream: OutputStream, runtime: Runtime, say: (line: string) => void): Progress =>
  stream.isTTY === true ? barsOn(stream) : linesOf(runtime, say);
