import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { ProcessCommand, ProcessReport } from '@cloud-kassa/event-store-esdb-testserver';
import type { Runtime } from '@cloud-kassa/runtime';
import type { Child } from './child';
import type { Standstill, StoreFault } from './store-fault';
import type { StoreServer } from './store-server';
import type { EsdbTask, Told } from './talk';

export interface EsdbServerOptions {
  readonly script: string;
  readonly task: EsdbTask;
  readonly runtime: Runtime;
}

/** A process that serves now. */
interface Running {
  readonly tell: (command: ProcessCommand) => void;
  readonly signal: (signal: 'SIGSTOP' | 'SIGCONT') => void;
}

const toldOf = (report: ProcessReport): Told =>
  report.is === 'listening' ? { told: 'ready' } : { told: 'not-started', why: JSON.stringify(report) };

/** The test server in a process of its own, which is told of its faults through its input. */
export const esdbServer = ({ script, task, runtime }: EsdbServerOptions): StoreServer => {
  let running: Running | undefined;
  let faults: ReadonlyArray<StoreFault> = [];
  let changing = new AbortController();
  let [standstills, struck] = [0, 0];
  const waiting = new Map<string, { readonly calls: number; readonly wake: () => void }>();

  const again = async (everyMs: number, signal: AbortSignal, act: () => Promise<void>): Promise<void> => {
    while (!signal.aborted) {
      await runtime.sleep(everyMs, signal);
      if (!signal.aborted) await act();
    }
  };

  const setFault = (server: Running, fault: StoreFault, index: number): void => {
    const { signal } = changing;
    switch (fault.do) {
      case 'strike':
        return server.tell({ do: 'set-fault', name: `fault-${index}`, rule: fault.rule });
      case 'skew-clock':
        return server.tell(fault);
      case 'reset-connections':
        return void again(fault.everyMs, signal, () => {
          server.tell({ do: 'drop-connections' });
          return Promise.resolve();
        });
      case 'suspend':
        return void again(fault.everyMs, signal, async () => {
          server.signal('SIGSTOP');
          await runtime.sleep(fault.forMs, signal);
          server.signal('SIGCONT');
        });
    }
  };

  /** Ends what was set, and sets what is to be. */
  const renew = (): void => {
    changing.abort();
    changing = new AbortController();
    const server = running;
    if (server === undefined) return;
    server.tell({ do: 'clear-faults' });
    server.tell({ do: 'skew-clock', milliseconds: 0 });
    faults.forEach((fault, index) => setFault(server, fault, index));
  };

  const hear = (report: ProcessReport): void => {
    if (report.is !== 'struck') return;
    struck += 1;
    const one = waiting.get(report.name);
    if (one !== undefined && report.count >= one.calls) one.wake();
  };

  const begin = (): Child => {
    const child = spawn(process.execPath, [script, JSON.stringify(task)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    // A process that is gone takes no commands; that it is gone is known by `ended`.
    child.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    // One that stands still does not notice that the campaign has ended.
    const die = (): void => void child.kill('SIGKILL');
    process.once('exit', die);
    const ended = once(child, 'close').then(() => void process.off('exit', die));
    const me: Running = {
      tell: (command) => void child.stdin.write(`${JSON.stringify(command)}\n`),
      signal: (signal) => void child.kill(signal),
    };
    const ready = new Promise<Told>((resolve) => {
      void ended.then(() => resolve({ told: 'not-started', why: 'it ended' }));
      createInterface({ input: child.stdout }).on('line', (line) => {
        const report = JSON.parse(line) as ProcessReport;
        if (report.is === 'listening') {
          running = me;
          renew();
        }
        if (report.is === 'listening' || report.is === 'not-started') resolve(toldOf(report));
        hear(report);
      });
    });
    return {
      ready,
      ended,
      kill: () => {
        if (running === me) running = undefined;
        die();
        return ended;
      },
    };
  };

  return {
    struck: () => struck,
    begin,
    setFaults: (given) => {
      faults = given;
      renew();
    },
    standing: ({ on, point, nth, calls }: Standstill, over) =>
      new Promise((resolve) => {
        standstills += 1;
        const name = `standstill-${standstills}`;
        const wake = (): void => {
          waiting.delete(name);
          over.removeEventListener('abort', wake);
          resolve();
        };
        waiting.set(name, { calls, wake });
        over.addEventListener('abort', wake);
        if (over.aborted) wake();
        const rule = { on, nth, times: calls, fault: { do: 'hold', at: point } } as const;
        running?.tell({ do: 'set-fault', name, rule });
      }),
  };
};
