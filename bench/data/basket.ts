import { recordCodec } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Workload } from './workload';

interface ThingAdded {
  readonly type: 'basket.ThingAdded';
  readonly data: {
    readonly thing: string;
    readonly quantity: number;
    readonly price: number;
    readonly at: string;
  };
}

interface AddThing {
  readonly type: 'AddThing';
  readonly data: ThingAdded['data'];
}

/** How many of each thing. */
type Basket = ReadonlyMap<string, number>;

const DIFFERENT_THINGS = 10;

/**
 * A shopping basket as Emmett's guide "Getting started" has it: the state is a map from product to quantity, and every event makes a new
 * map from the one before.
 */
export const BASKET: Workload<AddThing, Basket, ThingAdded> = {
  name: `a basket of ${DIFFERENT_THINGS} things`,
  decider: {
    initial: new Map(),
    decide: ({ data }) => E.right([{ type: 'basket.ThingAdded', data }]),
    evolve: (basket, { data: { thing, quantity } }) =>
      new Map(basket).set(thing, (basket.get(thing) ?? 0) + quantity),
  },
  family: {
    aggregate: 'basket',
    definitions: {
      'basket.ThingAdded': {
        versions: [
          {
            codec: recordCodec('ThingAdded', {
              thing: t.string,
              quantity: t.number,
              price: t.number,
              at: t.string,
            }),
          },
        ],
        sealed: [],
      },
    },
  },
  stream: 'basket-1',
  commandAt: (index) => ({
    type: 'AddThing',
    data: {
      thing: `thing-${index % DIFFERENT_THINGS}`,
      quantity: 1 + (index % 3),
      price: 10_000 + index,
      at: '2026-10-08T06:00:00.000Z',
    },
  }),
};
