import { recordCodec } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Workload } from './workload';

interface MoneyMoved {
  readonly type: 'till.MoneyMoved';
  readonly data: { readonly sum: number; readonly document: string; readonly at: string };
}

interface MoveMoney {
  readonly type: 'MoveMoney';
  readonly data: MoneyMoved['data'];
}

interface Till {
  readonly balance: number;
  readonly moves: number;
}

/** Two counters: a state whose fold costs next to nothing, which suits whoever folds the whole stream for every command. */
export const TILL: Workload<MoveMoney, Till, MoneyMoved> = {
  name: 'two counters',
  decider: {
    initial: { balance: 0, moves: 0 },
    decide: ({ data }) => E.right([{ type: 'till.MoneyMoved', data }]),
    evolve: ({ balance, moves }, { data }) => ({ balance: balance + data.sum, moves: moves + 1 }),
  },
  family: {
    aggregate: 'till',
    definitions: {
      'till.MoneyMoved': {
        versions: [{ codec: recordCodec('MoneyMoved', { sum: t.number, document: t.string, at: t.string }) }],
        sealed: [],
      },
    },
  },
  stream: 'till-1',
  commandAt: (index) => ({
    type: 'MoveMoney',
    data: { sum: index * 7 - 1_000, document: `order-${index}`, at: '2026-10-08T06:00:00.000Z' },
  }),
};
