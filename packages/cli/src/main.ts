#!/usr/bin/env node
import { run } from './run';

const stop = new AbortController();
let asked = 0;
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.on(name, () => {
    asked += 1;
    // Asked a second time there is no waiting for what is in flight: the journal stands any end.
    if (asked > 1) process.exit(130);
    stop.abort(name);
  });

// Whoever reads the output may have had enough of it: `cloud-kassa export | head`.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });

void run({
  arguments: process.argv.slice(2),
  environment: process.env,
  out: process.stdout,
  error: process.stderr,
  input: process.stdin,
  signal: stop.signal,
}).then((exit) => {
  process.exitCode = exit;
});
