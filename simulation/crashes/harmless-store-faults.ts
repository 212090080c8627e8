import type { Fault, FaultRule, NamedRefusal } from '@cloud-kassa/event-store-esdb-testserver';
import type { Random } from '@cloud-kassa/runtime';
import type { StoreFault } from './store-fault';

/** A kind of fault of the server of a store and how one of it is drawn. */
export interface StoreFaultKind {
  readonly name: string;
  readonly draw: (random: Random) => ReadonlyArray<StoreFault>;
}

const HOUR_MS = 3_600_000;

const between = (random: Random, least: number, most: number): number =>
  least + random.integer(most - least + 1);

const flag = (random: Random): boolean => random.next() < 0.5;

const pointOf = (random: Random): 'before' | 'after' => (flag(random) ? 'after' : 'before');

/** A fault that strikes every so many-th call. */
const striking = (
  name: string,
  on: (random: Random) => FaultRule['on'],
  [least, most]: readonly [number, number],
  fault: (random: Random) => Fault,
): StoreFaultKind => ({
  name,
  draw: (random) => [
    {
      do: 'strike',
      rule: {
        on: on(random),
        nth: between(random, 1, least),
        every: between(random, least, most),
        times: 'all',
        fault: fault(random),
      },
    },
  ],
});

const appends = (
  name: string,
  every: readonly [number, number],
  fault: (random: Random) => Fault,
): StoreFaultKind => striking(name, () => 'append', every, fault);

/** A refusal that is told before anything is done is always true; one that is told afterwards must not claim that nothing was done. */
const refused = (
  name: string,
  as: NamedRefusal,
  point: (random: Random) => 'before' | 'after',
): StoreFaultKind => appends(name, [5, 12], (random) => ({ do: 'refuse', as, at: point(random) }));

const READS = ['read-stream', 'read-stream', 'read-all'] as const;
const aRead = (random: Random): FaultRule['on'] => READS[random.integer(READS.length)] ?? 'read-stream';
const aSubscription = (): FaultRule['on'] => 'subscribe-all';

/** After how many events a read or a subscription comes to grief. */
const inside = (random: Random): number => random.integer(6);

/**
 * Faults of EventStoreDB that break no assumption: what was acknowledged stays, and of two appends at one revision one wins. What they take
 * away is the knowledge of it: answers get lost before and after the work is done, connections break, the server is silent or stands still.
 */
export const harmlessStoreFaults = (port: number): ReadonlyArray<StoreFaultKind> => [
  appends('store-answer-lost', [4, 10], () => ({ do: 'drop', at: 'after' })),
  appends('store-connection-lost', [6, 15], () => ({ do: 'drop' })),
  appends('store-silent', [10, 30], (random) => ({ do: 'silence', at: pointOf(random) })),
  appends('store-ends-without-answer', [5, 15], (random) => ({ do: 'end', at: pointOf(random) })),
  appends('store-slow', [2, 6], (random) => ({
    do: 'wait',
    milliseconds: between(random, 20, 250),
    at: pointOf(random),
  })),
  // Longer than a try of an append: it is done when its client has given it up and tries again.
  appends('store-slower-than-the-try', [8, 20], (random) => ({
    do: 'wait',
    milliseconds: between(random, 450, 1_200),
    at: pointOf(random),
  })),
  refused('store-not-ready', 'not-ready', () => 'before'),
  refused('store-too-busy', 'too-busy', () => 'before'),
  refused('store-timed-out', 'timed-out', pointOf),
  refused('store-deadline-exceeded', 'deadline-exceeded', pointOf),
  refused('store-unavailable', 'unavailable', pointOf),
  refused('store-failed', 'unknown', pointOf),
  appends('store-not-the-leader', [6, 15], () => ({ do: 'not-leader', host: '127.0.0.1', port })),
  appends('store-has-other-users', [2, 5], () => ({ do: 'foreign-append', stream: 'stranger-1' })),
  striking('store-read-broken', aRead, [4, 12], (random) => ({ do: 'drop', at: inside(random) })),
  striking('store-read-silent', aRead, [10, 30], (random) => ({ do: 'silence', at: inside(random) })),
  striking('store-read-refused', aRead, [4, 12], () => ({ do: 'refuse', as: 'unavailable' })),
  striking('store-subscription-broken', aSubscription, [2, 4], (random) => ({
    do: 'drop',
    at: inside(random),
  })),
  striking('store-subscription-silent', aSubscription, [2, 4], (random) => ({
    do: 'silence',
    at: inside(random),
  })),
  striking('store-subscription-ended', aSubscription, [2, 4], (random) => ({
    do: 'end',
    at: inside(random),
  })),
  striking(
    'store-tells-nothing-of-itself',
    () => 'features',
    [2, 4],
    (random) => ({ do: flag(random) ? 'drop' : 'silence' }),
  ),
  {
    name: 'store-connections-reset',
    draw: (random) => [{ do: 'reset-connections', everyMs: between(random, 150, 600) }],
  },
  {
    name: 'store-suspended',
    draw: (random) => [
      { do: 'suspend', everyMs: between(random, 300, 1_000), forMs: between(random, 100, 900) },
    ],
  },
  {
    name: 'store-clock-wrong',
    draw: (random) => [{ do: 'skew-clock', milliseconds: flag(random) ? HOUR_MS : -HOUR_MS }],
  },
];
