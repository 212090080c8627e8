import { spawnSync } from 'node:child_process';

/** An engine that does not answer for so long is none. Milliseconds. */
const LONGEST = 15_000;

const ASK = `require(process.argv[1]).getContainerRuntimeClient().then(() => process.exit(0), () => process.exit(1))`;

/**
 * Whether a container engine runs here. The command of one proves nothing, and a socket may belong to an engine that has stopped: so it is
 * asked, in a process of its own, for tests have to be named before anything can be awaited.
 */
export const isContainerEngineRunning = (): boolean =>
  spawnSync(process.execPath, ['-e', ASK, require.resolve('testcontainers')], {
    stdio: 'ignore',
    timeout: LONGEST,
  }).status === 0;
