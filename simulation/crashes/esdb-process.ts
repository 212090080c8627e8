import { serveEsdbTestProcess } from '@cloud-kassa/event-store-esdb-testserver';
import { systemRuntime } from '@cloud-kassa/runtime';
import type { EsdbTask } from './talk';

/** Serves a log out of a directory until it is killed. What is answered outlives it. */
void serveEsdbTestProcess(systemRuntime(), JSON.parse(process.argv[2] ?? '') as EsdbTask, {
  input: process.stdin,
  output: process.stdout,
});
