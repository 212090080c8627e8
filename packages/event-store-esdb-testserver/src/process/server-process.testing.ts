import { systemRuntime } from '@cloud-kassa/runtime';
import type { ProcessOptions } from './process-command';
import { serveEsdbTestProcess } from './serve-process';

/** A process that serves until it is killed or its input ends. */
void serveEsdbTestProcess(systemRuntime(), JSON.parse(process.argv[2] ?? '{}') as ProcessOptions, {
  input: process.stdin,
  output: process.stdout,
});
