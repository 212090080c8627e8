import type { FaultRule } from '@cloud-kassa/event-store-esdb-testserver';

/** What is done to the server of a store while it works. */
export type StoreFault =
  | { readonly do: 'strike'; readonly rule: FaultRule }
  /** All connections are reset, time and again. */
  | { readonly do: 'reset-connections'; readonly everyMs: number }
  /** The whole process stands still for a while, time and again. */
  | { readonly do: 'suspend'; readonly everyMs: number; readonly forMs: number }
  | { readonly do: 'skew-clock'; readonly milliseconds: number };

/** Calls of a store that stand still at a point; whoever made them waits. */
export interface Standstill {
  readonly on: 'append' | 'read-stream' | 'subscribe-all';
  /** Before anything is done, or when all is done and nothing answered yet. */
  readonly point: 'before' | 'after';
  /** The how-manieth call from now is the first. */
  readonly nth: number;
  /** So many of them. */
  readonly calls: number;
}
