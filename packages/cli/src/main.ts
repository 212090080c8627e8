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

void run({
  arguments: process.argv.slice(2),
  environment: process.env,
  out: process.stdout,
  error: process.stderr,
  signal: stop.signal,
}).then((exit) => {
  process.exitCode = stop.signal.aborted ? 130 : exit;
});
