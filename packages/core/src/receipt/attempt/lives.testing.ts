import * as E from 'fp-ts/Either';
import { decideReceipt } from '../decide';
import type { ReceiptEvent } from '../events';
import type { Refusal } from '../../refusal';
import type { Receipt } from '../state';
import { evolveReceipt } from '../state';
import type { Wish } from './attempt.arbitrary';
import { commandOf } from './attempt.arbitrary';
import { play } from './attempt.testing';
import type { AttemptState } from './state';
import type { Way } from './ways.testing';
import { WAYS } from './ways.testing';

/** One event of a life, between the states before and after it. */
export interface Turn {
  readonly event: ReceiptEvent;
  readonly before: AttemptState;
  readonly after: AttemptState;
}

/** What became of a receipt: what was written, and what was refused on the way. */
export interface Life {
  readonly receipt: Receipt;
  readonly turns: ReadonlyArray<Turn>;
  readonly refusals: ReadonlyArray<Refusal>;
}

const lived = (life: Life, event: ReceiptEvent): Life => {
  const receipt = evolveReceipt(life.receipt, event) ?? life.receipt;
  const turn = { event, before: life.receipt.attempt, after: receipt.attempt };
  return { ...life, receipt, turns: [...life.turns, turn] };
};

/** Every wish becomes a command to the receipt as it then stands. */
export const lifeFrom = (receipt: Receipt, wanted: ReadonlyArray<Wish>): Life =>
  wanted.reduce(
    (life: Life, wish) => {
      const decision = decideReceipt(commandOf(wish, life.receipt), life.receipt);
      return E.isLeft(decision)
        ? { ...life, refusals: [...life.refusals, decision.left] }
        : decision.right.reduce(lived, life);
    },
    { receipt, turns: [], refusals: [] },
  );

const starts = new Map<Way, Receipt>();

/** The receipt at the end of a way; played once. */
export const startAt = (way: Way): Receipt => {
  const start = starts.get(way) ?? play(...WAYS[way]);
  starts.set(way, start);
  return start;
};

export const lifeOf = (way: Way, wanted: ReadonlyArray<Wish>): Life => lifeFrom(startAt(way), wanted);

export const eventsOf = (life: Life): ReadonlyArray<ReceiptEvent> => life.turns.map(({ event }) => event);
