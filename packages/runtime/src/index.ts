export type { Drain } from './drain';
export { jsonLinesLog, silentLog, type JsonLinesLogOptions } from './json-lines-log';
export type {
  Kernel,
  KernelOptions,
  LogEntry,
  RunEnd,
  RunOptions,
  Scheduled,
  SeededRuntime,
  SeededRuntimeOptions,
} from './kernel';
export { seededRandom } from './random';
export type { Ids, Log, LogLevel, Random, Runtime } from './runtime';
export { seededKernel, seededRuntime } from './seeded-kernel';
export { systemRuntime, type SystemRuntimeOptions } from './system-runtime';
export { uuidV7 } from './uuid-v7';
export type { WallClock } from './wall-clock';
