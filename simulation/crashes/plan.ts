import type { Random } from '@cloud-kassa/runtime';
import type { Breach } from './assumption';
import type { FaultLine } from './fault-line';
import { HARMLESS_FAULTS } from './harmless-faults';
import type { StoreFaultKind } from './harmless-store-faults';
import type { Death, Point } from './moment';
import type { Standstill, StoreFault } from './store-fault';

/** A process that takes orders and can be killed. */
export type PlayerName = 'emulator' | 'worker-1' | 'worker-2';

/** A process that can be killed. */
export type Victim = PlayerName | 'store';

/** When the victims of a round die. */
export type Moment =
  /** When so many more events of a type stand in the log. */
  | { readonly at: 'recorded'; readonly type: string; readonly count: number }
  /** One of them dies at a point inside; the others are killed when it is gone. */
  | { readonly at: 'inside'; readonly victim: PlayerName; readonly death: Death }
  /** When so many calls of the store stand still. */
  | { readonly at: 'standstill'; readonly calls: Standstill }
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
  readonly storeFaults: ReadonlyArray<StoreFault>;
  /** What the shop does meanwhile. */
  readonly actions: number;
  /** How long the dead are left alone. */
  readonly pauseMs: number;
}

/** What a store adds to the plan of a campaign. */
export interface StorePlan {
  /** Who dies together. */
  readonly victims: ReadonlyArray<ReadonlyArray<Victim>>;
  readonly faults: ReadonlyArray<StoreFaultKind>;
}

/** A store in files: nobody of its own dies, and nothing strikes it. */
export const NO_SERVER: StorePlan = {
  victims: [
    ['worker-1'],
    ['worker-2'],
    ['worker-1', 'worker-2'],
    ['emulator'],
    ['emulator', 'worker-1'],
    ['emulator', 'worker-1', 'worker-2'],
  ],
  faults: [],
};

/** A store that is a process of its own, without its faults. */
export const SERVER_VICTIMS: StorePlan['victims'] = [
  ['store'],
  ['store', 'worker-1'],
  ['store', 'worker-1', 'worker-2'],
  ['store', 'emulator'],
  ['store', 'emulator', 'worker-1', 'worker-2'],
  ['worker-2'],
  ['worker-1', 'worker-2'],
  ['emulator', 'worker-1'],
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
const STORE_FAULTS_AT_ONCE = 3;

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

/** Appends most often: what is under way with them is under way for good. */
const STANDING = ['append', 'append', 'append', 'read-stream', 'subscribe-all'] as const;

const standstill = (random: Random): Standstill => {
  const on = pick(random, STANDING);
  return {
    on,
    // A subscription is never done.
    point: on !== 'subscribe-all' && random.next() < 0.6 ? 'after' : 'before',
    nth: 1 + random.integer(8),
    calls: 1 + random.integer(on === 'append' ? 6 : 2),
  };
};

const momentOf = (random: Random, kind: (typeof MOMENTS)[number], victims: ReadonlyArray<Victim>): Moment => {
  switch (kind) {
    case 'recorded':
      return { at: 'recorded', type: pick(random, PROGRESS), count: 1 + random.integer(6) };
    case 'inside': {
      const victim = pick(random, victims);
      if (victim === 'store') return { at: 'standstill', calls: standstill(random) };
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

/** What a plan is made for. */
export interface PlanOptions {
  readonly kills: number;
  readonly store: StorePlan;
  /** Lasts all the time. */
  readonly breach?: Breach | undefined;
}

/** The course of a campaign, drawn from its seed alone. */
export const planOf = (random: Random, { kills, store, breach }: PlanOptions): ReadonlyArray<Round> => {
  const victims = inTurns(random.split('victims'), store.victims);
  const moments = inTurns(random.split('moments'), MOMENTS);
  const kinds = inTurns(random.split('faults'), HARMLESS_FAULTS);
  const storeKinds = inTurns(random.split('store-faults'), store.faults);
  const source = random.split('rounds');
  const storeSource = random.split('store');
  return Array.from({ length: kills }, (): Round => {
    const dying = victims();
    const moment = momentOf(source, moments(), dying);
    const drawn = Array.from({ length: 1 + source.integer(FAULTS_AT_ONCE) }, kinds);
    const drawnOfStore = Array.from(
      { length: store.faults.length === 0 ? 0 : 1 + storeSource.integer(STORE_FAULTS_AT_ONCE) },
      storeKinds,
    );
    return {
      victims: dying,
      moment,
      faults: [...drawn, ...drawnOfStore].map(({ name }) => name),
      storeFaults: drawnOfStore.flatMap(({ draw }) => draw(storeSource)),
      // The first that is due strikes: a breach stands before what else is drawn.
      lines: [...(breach?.faults ?? []), ...drawn.flatMap(({ draw }) => draw(source))],
      actions: 6 + source.integer(7),
      pauseMs: source.next() < 0.5 ? 0 : source.integer(500),
    };
  });
};
