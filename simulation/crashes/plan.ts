import type { Random } from '@cloud-kassa/runtime';
import type { Breach } from './assumption';
import type { FaultLine } from './fault-line';
import { HARMLESS_FAULTS } from './harmless-faults';
import type { Death, Point } from './moment';

/** A process that can be killed. */
export type Victim = 'emulator' | 'worker-1' | 'worker-2';

/** When the victims of a round die. */
export type Moment =
  /** When so many more events of a type stand in the log. */
  | { readonly at: 'recorded'; readonly type: string; readonly count: number }
  /** One of them dies at a point inside; the others are killed when it is gone. */
  | { readonly at: 'inside'; readonly victim: Victim; readonly death: Death }
  | { readonly at: 'time'; readonly milliseconds: number }
  /** At once, and once more so long after they were started again. */
  | { readonly at: 'start'; readonly milliseconds: number };

/** One kill with all that happens around it. */
export interface Round {
  readonly victims: ReadonlyArray<Victim>;
  readonly moment: Moment;
  /** Kinds of faults by name, and what is set for them. */
  readonly faults: ReadonlyArray<string>;
  readonly lines: ReadonlyArray<FaultLine>;
  /** What the shop does meanwhile. */
  readonly actions: number;
  /** How long the dead are left alone. */
  readonly pauseMs: number;
}

const VICTIMS: ReadonlyArray<ReadonlyArray<Victim>> = [
  ['worker-1'],
  ['worker-2'],
  ['worker-1', 'worker-2'],
  ['emulator'],
  ['emulator', 'worker-1'],
  ['emulator', 'worker-1', 'worker-2'],
];

/** Events that are written before and after what leaves the machine, and by the way from a payment to its receipt. */
const PROGRESS: ReadonlyArray<string> = [
  'receipt.SendIntended',
  'receipt.SendIntended',
  'receipt.OutcomeUnknown',
  'receipt.Acknowledged',
  'receipt.Fiscalized',
  'receipt.Registered',
  'receipt.Enqueued',
  'payment.ReceiptLinked',
];

const POINTS: Readonly<Record<'emulator' | 'worker', ReadonlyArray<Point>>> = {
  emulator: ['request-came', 'answer-left'],
  worker: ['request-written', 'answer-read'],
};

const MOMENTS = ['recorded', 'inside', 'recorded', 'inside', 'time', 'start'] as const;

const FAULTS_AT_ONCE = 4;

const shuffled = <Item>(random: Random, items: ReadonlyArray<Item>): Item[] => {
  const left = [...items];
  const order: Item[] = [];
  while (left.length > 0) order.push(...left.splice(random.integer(left.length), 1));
  return order;
};

/** Items in a drawn order, each as often as the others: what has a list to itself is never missed in a long campaign. */
const inTurns = <Item>(random: Random, items: ReadonlyArray<Item>): (() => Item) => {
  let left: Item[] = [];
  return () => {
    if (left.length === 0) left = shuffled(random, items);
    const next = left.pop();
    if (next === undefined) throw new Error('nothing to choose from');
    return next;
  };
};

const pick = <Item>(random: Random, items: ReadonlyArray<Item>): Item => {
  const item = items[random.integer(items.length)];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
};

const momentOf = (random: Random, kind: (typeof MOMENTS)[number], victims: ReadonlyArray<Victim>): Moment => {
  switch (kind) {
    case 'recorded':
      return { at: 'recorded', type: pick(random, PROGRESS), count: 1 + random.integer(6) };
    case 'inside': {
      const victim = pick(random, victims);
      const point = pick(random, POINTS[victim === 'emulator' ? 'emulator' : 'worker']);
      const afterMs = random.next() < 0.6 ? 0 : 1 + random.integer(12);
      return { at: 'inside', victim, death: { point, count: 1 + random.integer(8), afterMs } };
    }
    case 'time':
      return { at: 'time', milliseconds: random.integer(900) };
    case 'start':
      return { at: 'start', milliseconds: 20 + random.integer(900) };
  }
};

/** The course of a campaign, drawn from its seed alone. A breach of an assumption lasts all the time. */
export const planOf = (random: Random, kills: number, breach?: Breach): ReadonlyArray<Round> => {
  const victims = inTurns(random.split('victims'), VICTIMS);
  const moments = inTurns(random.split('moments'), MOMENTS);
  const kinds = inTurns(random.split('faults'), HARMLESS_FAULTS);
  const source = random.split('rounds');
  return Array.from({ length: kills }, (): Round => {
    const dying = victims();
    const moment = momentOf(source, moments(), dying);
    const drawn = Array.from({ length: 1 + source.integer(FAULTS_AT_ONCE) }, kinds);
    return {
      victims: dying,
      moment,
      faults: drawn.map(({ name }) => name),
      // The first that is due strikes: a breach stands before what else is drawn.
      lines: [...(breach?.faults ?? []), ...drawn.flatMap(({ draw }) => draw(source))],
      actions: 6 + source.integer(7),
      pauseMs: source.next() < 0.5 ? 0 : source.integer(500),
    };
  });
};
