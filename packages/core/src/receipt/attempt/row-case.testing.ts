import * as E from 'fp-ts/Either';
import { decideReceipt } from '../decide';
import type { ReceiptEvent } from '../events';
import type { Refusal } from '../../refusal';
import type { Receipt } from '../state';
import { evolveReceipt } from '../state';
import type { Step } from './attempt.testing';
import { play } from './attempt.testing';
import type { Implementation } from './implementation';
import type { AttemptPhase } from './phase';
import type { AttemptRule } from './rejections';
import type { AttemptRow, AttemptTrigger } from './table';
import { ATTEMPT_TABLE } from './table';
import type { Way } from './ways.testing';
import { WAYS } from './ways.testing';

interface OfRow {
  readonly row: number;
  readonly on: AttemptTrigger;
  readonly way: Way;
  readonly step: Step;
}

/** A row whose guard holds. */
export interface Taken extends OfRow {
  /** The data of the events that are written. */
  readonly writes: ReadonlyArray<object>;
  /** Row 41 writes what row 20, 21 or 22 writes after its own. */
  readonly concludes?: number;
}

/** A row whose guard does not hold, or that refuses. */
export interface NotTaken extends OfRow {
  readonly refusal: readonly [rule: AttemptRule, field: string, detail?: Refusal['detail']];
  readonly when: string;
}

export const takes = (
  row: number,
  on: AttemptTrigger,
  way: Way,
  step: Step,
  ...writes: ReadonlyArray<object>
): Taken => ({ row, on, way, step, writes });

export const refuses = (
  row: number,
  on: AttemptTrigger,
  way: Way,
  step: Step,
  refusal: readonly [rule: AttemptRule, field: string, detail?: Refusal['detail']],
  when: string,
): NotTaken => ({ row, on, way, step, refusal, when });

export const rowOf = ({ row, on }: Pick<OfRow, 'row' | 'on'>): AttemptRow => {
  const found = ATTEMPT_TABLE.find((entry) => entry.row === row && entry.trigger === on);
  if (found === undefined) throw new Error(`no row ${row} on ${on}`);
  return found;
};

const conclusionOf = (row: number): AttemptRow => {
  const found = ATTEMPT_TABLE.find((entry) => entry.row === row);
  if (found === undefined) throw new Error(`no row ${row}`);
  return found;
};

const typesOf = ({ writes }: AttemptRow): ReadonlyArray<string> =>
  writes === 'nothing' ? [] : writes.split('+').map((type) => `receipt.${type}`);

export interface Outcome {
  readonly from: AttemptPhase;
  readonly written: ReadonlyArray<ReceiptEvent>;
  readonly to: AttemptPhase;
}

const startOf = ({ way }: OfRow): Receipt => play(...WAYS[way]);

/** What the decider makes of a case, from the registration on. */
export const outcomeOf = (taken: Taken): Outcome | Refusal => {
  const receipt = startOf(taken);
  const decision = decideReceipt(taken.step(receipt), receipt);
  if (E.isLeft(decision)) return decision.left;
  const after = decision.right.reduce(evolveReceipt, receipt as Receipt | undefined);
  return {
    from: receipt.attempt.phase,
    written: decision.right,
    to: after?.attempt.phase ?? 'Accepted',
  };
};

/** What the table wants of it. */
export const expectedOf = (taken: Taken): Outcome => {
  const entry = rowOf(taken);
  const rows = taken.concludes === undefined ? [entry] : [entry, conclusionOf(taken.concludes)];
  const { phase } = startOf(taken).attempt;
  const { to } = rows.at(-1) ?? entry;
  return {
    from: entry.from.find((from) => from === phase) ?? 'Disputed',
    written: rows
      .flatMap(typesOf)
      .map((type, index) => ({ type, data: taken.writes[index] }) as unknown as ReceiptEvent),
    to: to === 'same' || to === 'refused' ? phase : to,
  };
};

/** The rule, the field and the detail that the decider refuses a case with. */
export const refusalOf = (notTaken: NotTaken): ReadonlyArray<unknown> => {
  const receipt = startOf(notTaken);
  const decision = decideReceipt(notTaken.step(receipt), receipt);
  if (E.isRight(decision)) return [];
  const { rule, field, detail } = decision.left;
  return detail === undefined ? [rule, field] : [rule, field, detail];
};

/** The cases under the names of their rows. */
export const named = <C extends OfRow & { readonly when?: string }>(
  cases: ReadonlyArray<C>,
): ReadonlyArray<C & { readonly name: string }> =>
  cases.map((one) => {
    const { to, writes } = rowOf(one);
    const what = one.when === undefined ? `${to}, writes ${writes}` : `refused: ${one.when}`;
    return { ...one, name: `attempt protocol, row ${one.row}: ${one.way}, ${one.on} → ${what}` };
  });

const cellOf = (row: number, on: AttemptTrigger, phase: AttemptPhase): string => `${row} ${on} ${phase}`;

/** The cells of the table that these implementations are for. */
export const cellsOf = (rows: ReadonlyArray<Implementation>): ReadonlyArray<string> =>
  ATTEMPT_TABLE.filter(({ row, trigger }) => rows.some((one) => one.row === row && one.on === trigger))
    .flatMap(({ row, trigger, from }) => from.map((phase) => cellOf(row, trigger, phase)))
    .toSorted();

/** The cells that the cases stand in; a row that refuses stands by its refusals. */
export const cellsIn = (
  taken: ReadonlyArray<Taken>,
  notTaken: ReadonlyArray<NotTaken>,
): ReadonlyArray<string> => {
  const refusing = notTaken.filter((one) => rowOf(one).to === 'refused');
  const cells = [...taken, ...refusing].map((one) => cellOf(one.row, one.on, startOf(one).attempt.phase));
  return [...new Set(cells)].toSorted();
};
