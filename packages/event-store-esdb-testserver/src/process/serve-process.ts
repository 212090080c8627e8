import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import * as E from 'fp-ts/Either';
import type { SetFault } from '../faults/fault-script';
import type { EsdbTestServer } from '../server/start-server';
import { startEsdbTestServer } from '../server/start-server';
import type { TestServerRuntime } from '../server/test-server-runtime';
import type { ProcessCommand, ProcessOptions, ProcessReport } from './process-command';
import { readCommand } from './process-command';

/** The two ends that a process is steered by: `process.stdin` and `process.stdout`. */
export interface ProcessEnds {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * A server in a process of its own, so that it can be killed or suspended:
 *
 * ```ts
 * void serveEsdbTestProcess(systemRuntime(), JSON.parse(process.argv[2] ?? '{}'), {
 *   input: process.stdin,
 *   output: process.stdout,
 * });
 * ```
 *
 * The first line of the output says where it listens, or why not. Resolves when the server is closed, by its command or by the
 * end of the input.
 */
export const serveEsdbTestProcess = async (
  runtime: TestServerRuntime,
  { origin, ...options }: ProcessOptions,
  { input, output }: ProcessEnds,
): Promise<void> => {
  const report = (line: ProcessReport): void => void output.write(`${JSON.stringify(line)}\n`);
  const started = await startEsdbTestServer({
    runtime,
    ...options,
    ...(origin === undefined ? {} : { origin: BigInt(origin) }),
  })();
  if (E.isLeft(started)) {
    report({ is: 'not-started', reason: started.left._tag, code: started.left.code });
    input.destroy();
    return;
  }
  const server = started.right;
  const { host, port, connectionString } = server;
  report({ is: 'listening', host, port, connectionString });
  const faults = new Map<string, SetFault>();
  let line = 0;
  for await (const text of createInterface({ input })) {
    line += 1;
    const command = readCommand(text);
    if (E.isLeft(command)) {
      report({ is: 'refused', line });
      continue;
    }
    obey(server, faults, command.right, report);
    report({ is: 'done', command: command.right.do });
    if (command.right.do === 'close') break;
  }
  await server.close();
};

const obey = (
  server: EsdbTestServer,
  faults: Map<string, SetFault>,
  command: ProcessCommand,
  report: (line: ProcessReport) => void,
): void => {
  switch (command.do) {
    case 'set-fault': {
      const set = server.faults.set(command.rule);
      faults.set(command.name, set);
      void tellStrikes(set, command.name, 1, report);
      return;
    }
    case 'release-fault':
      faults.get(command.name)?.release();
      return;
    case 'clear-faults':
      server.faults.clear();
      faults.clear();
      return;
    case 'drop-connections':
      server.connections.dropAll();
      return;
    case 'skew-clock':
      server.skewClock(command.milliseconds);
      return;
    case 'close':
  }
};

const tellStrikes = async (
  set: SetFault,
  name: string,
  count: number,
  report: (line: ProcessReport) => void,
): Promise<void> => {
  await set.strike(count);
  report({ is: 'struck', name, count });
  return tellStrikes(set, name, count + 1, report);
};
