import type { Random } from '@cloud-kassa/runtime';
import type { Alteration, HttpAction, HttpMatch, HttpOperation } from '@cloud-kassa/kkt-emulator';
import type { FaultLine } from './fault-line';
import { DEVICES } from './registers';

/** A kind of fault and how one of it is drawn. */
export interface FaultKind {
  readonly name: string;
  readonly draw: (random: Random) => ReadonlyArray<FaultLine>;
}

const HOUR_MS = 3_600_000;

/** Longer than a shift may be (24 hours). */
const OVER_A_DAY_MS = 25 * HOUR_MS;

/** Serials of the emulated registers, in the order in which their groups are set up. */
const SERIALS: ReadonlyArray<string> = Array.from(
  { length: 2 * DEVICES.length },
  (_, index) => `00106925${String(index + 1).padStart(6, '0')}`,
);

const oneOf = <Item>(random: Random, items: readonly [Item, ...ReadonlyArray<Item>]): Item =>
  items[random.integer(items.length)] ?? items[0];

const between = (random: Random, least: number, most: number): number =>
  least + random.integer(most - least + 1);

const flag = (random: Random): boolean => random.next() < 0.5;

const OPERATIONS = ['submit', 'submit', 'submit', 'status', 'kkts', 'tokens'] as const;

/** Sends are struck most often, for only they make documents. */
const some = (
  random: Random,
  probability: number,
  operation: HttpOperation = oneOf(random, OPERATIONS),
): HttpMatch => ({ operation, probability });

const someSends = (random: Random, probability: number): HttpMatch => some(random, probability, 'submit');

const aUnit = (random: Random): { readonly unit: string } => ({
  unit: SERIALS[random.integer(SERIALS.length)] ?? '',
});

/** All registers of a device at once: nothing stands beside them that could make the receipt. */
const aGroup = (random: Random): { readonly group: string } => ({
  group: DEVICES[random.integer(DEVICES.length)]?.deviceId ?? '',
});

const ALTERATIONS: readonly [Alteration, ...ReadonlyArray<Alteration>] = [
  'unknown-status',
  'empty-result',
  'foreign-operation',
  'extra-members',
];

/** A fault of the transport that strikes some requests of one kind. */
const transport = (
  name: string,
  probability: number,
  action: (random: Random) => HttpAction & { readonly times?: number },
): FaultKind => ({
  name,
  draw: (random) => [{ ...action(random), when: some(random, probability) }],
});

/**
 * Faults that break no assumption of the attempt protocol: whatever of them comes together, at most one document is made for a receipt,
 * and each receipt gets it or waits for a person with a reason. A refusal among them is true, and a key is remembered for ever.
 */
export const HARMLESS_FAULTS: ReadonlyArray<FaultKind> = [
  transport('slow-answer', 0.2, (random) => ({ do: 'slow', milliseconds: between(random, 200, 1_400) })),
  transport('slow-work', 0.2, (random) => ({
    do: 'slow',
    milliseconds: between(random, 200, 1_400),
    where: 'before',
  })),
  transport('hang', 0.08, (random) => ({ do: 'hang', effect: flag(random) })),
  transport('connection-refused', 0.5, (random) => ({
    do: 'refuse',
    milliseconds: between(random, 100, 600),
    times: 1,
  })),
  transport('reset-before', 0.2, () => ({ do: 'reset-before' })),
  transport('reset-after', 0.25, () => ({ do: 'reset-after' })),
  transport('server-error', 0.2, (random) => ({ do: 'status', status: 500, effect: flag(random) })),
  transport('gateway-page', 0.2, (random) => ({
    do: 'gateway-page',
    status: oneOf(random, [502, 503, 504]),
    effect: flag(random),
  })),
  transport('busy-503', 0.1, (random) => ({
    do: 'retry-after',
    status: 503,
    seconds: 1,
    effect: flag(random),
  })),
  transport('throttled-429', 0.05, () => ({ do: 'retry-after', status: 429, seconds: 1 })),
  transport('unpaid-402', 0.03, () => ({ do: 'status', status: 402 })),
  transport('token-expired', 0.2, () => ({ do: 'expire-token', times: 4 })),
  transport('invalid-json', 0.15, () => ({ do: 'invalid-json' })),
  transport('truncated', 0.15, () => ({ do: 'truncate' })),
  transport('empty-answer', 0.15, () => ({ do: 'empty' })),
  transport('byte-by-byte', 0.1, () => ({ do: 'trickle', milliseconds: 1 })),
  transport('endless-answer', 0.2, () => ({ do: 'endless', bytes: 2_000_000, times: 2 })),
  transport('redirect', 0.1, () => ({ do: 'redirect', location: 'http://127.0.0.1:1/' })),
  transport('altered-answer', 0.15, (random) => ({ do: 'alter', what: oneOf(random, ALTERATIONS) })),
  {
    name: 'gateway-loses-provider',
    draw: (random) => [
      { do: flag(random) ? 'reset-after' : 'reset-before', when: { layer: 'inner', probability: 0.25 } },
    ],
  },
  {
    name: 'refused-as-wrong',
    draw: (random) => [{ do: 'status', status: 400, type: 'BAD_REQUEST', when: someSends(random, 0.05) }],
  },
  {
    name: 'in-progress-for-a-while',
    draw: (random) => [
      { do: 'slow-result', milliseconds: between(random, 200, 1_500), when: { probability: 0.4 } },
    ],
  },
  {
    name: 'known-only-later',
    draw: (random) => [
      { do: 'late-success', milliseconds: between(random, 200, 1_500), when: { probability: 0.3 } },
    ],
  },
  {
    name: 'rejected-truly',
    draw: () => [{ do: 'rejected-before-signing', when: { probability: 0.12 } }],
  },
  { name: 'dropped-from-queue', draw: () => [{ do: 'queue-timeout', when: { probability: 0.1 } }] },
  { name: 'register-unreachable', draw: (random) => [{ do: 'unit-unreachable', when: aUnit(random) }] },
  {
    name: 'registers-unreachable',
    draw: (random) => [{ do: 'unit-unreachable', when: aGroup(random) }],
  },
  { name: 'drives-full', draw: (random) => [{ do: 'drive-full', when: aGroup(random) }] },
  { name: 'drive-keys-expired', draw: (random) => [{ do: 'key-expired', when: aGroup(random) }] },
  { name: 'ofd-unreachable', draw: (random) => [{ do: 'ofd-unreachable', when: aUnit(random) }] },
  {
    name: 'clock-of-register-wrong',
    draw: (random) => [
      { do: 'clock-offset', milliseconds: flag(random) ? HOUR_MS : -HOUR_MS, when: aUnit(random) },
    ],
  },
  {
    name: 'shift-over-24-hours',
    draw: () => [
      { do: 'shift-keeper-asleep' },
      { do: 'clock-jump', milliseconds: OVER_A_DAY_MS, when: { operation: 'submit', nth: 2 } },
    ],
  },
];
