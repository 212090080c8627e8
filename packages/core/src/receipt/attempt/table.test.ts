import { ATTEMPT_ROWS } from './decide';
import { ATTEMPT_EVENT_DEFINITIONS } from './events';
import { ATTEMPT_TABLE } from './table';

const nameOf = (row: number, trigger: string): string => `row ${row}, ${trigger}`;
const rowsThatWrite = (...types: ReadonlyArray<string>): ReadonlyArray<number> => [
  ...new Set(
    ATTEMPT_TABLE.filter(({ writes }) => writes.split('+').some((type) => types.includes(type))).map(
      ({ row }) => row,
    ),
  ),
];

describe('the table of the attempt protocol', () => {
  it('has exactly one implementation of every row and trigger, and there are no others', () => {
    const rows = ATTEMPT_TABLE.map(({ row, trigger }) => nameOf(row, trigger)).toSorted();
    expect(new Set(rows).size).toBe(rows.length);
    expect(ATTEMPT_ROWS.map(({ row, on }) => nameOf(row, on)).toSorted()).toEqual(rows);
  });

  it('numbers its rows from 1 to 47 without a gap', () => {
    const numbers = [...new Set(ATTEMPT_TABLE.map(({ row }) => row))].toSorted((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 47 }, (_none, index) => index + 1));
  });

  it('writes nothing where it refuses, and says in words when a cell has more than one row', () => {
    expect(ATTEMPT_TABLE.filter(({ to, writes }) => to === 'refused' && writes !== 'nothing')).toEqual([]);
    const cells = ATTEMPT_TABLE.flatMap(({ from, trigger, guard }) =>
      from.map((phase) => ({ cell: `${phase} ${trigger}`, guard })),
    );
    const unsaid = cells.filter(
      ({ cell, guard }) => guard === '' && cells.filter((other) => other.cell === cell).length > 1,
    );
    expect(unsaid).toEqual([]);
  });

  it('names every event of the protocol but the entry into the queue', () => {
    const written = new Set(ATTEMPT_TABLE.flatMap(({ writes }) => writes.split('+')));
    const known = Object.keys(ATTEMPT_EVENT_DEFINITIONS).map((type) => type.replace('receipt.', ''));
    expect([...written, 'Enqueued'].toSorted()).toEqual([...known, 'nothing'].toSorted());
  });

  it('I4: a new key comes from rows 4, 27 and 43 only', () => {
    expect(rowsThatWrite('Rerouted', 'Rekeyed')).toEqual([4, 27, 43]);
  });

  it('I5: out of Fiscalized and Cancelled there is no way but to Disputed', () => {
    const leaving = ATTEMPT_TABLE.filter(
      ({ from, to }) =>
        to !== 'same' && from.some((phase) => phase === 'Fiscalized' || phase === 'Cancelled'),
    );
    expect(new Set(leaving.map(({ to }) => to))).toEqual(new Set(['Disputed']));
  });

  it('I11: a send is authorised by rows 3 and 23 only, out of Ready and Unknown', () => {
    expect(rowsThatWrite('SendIntended')).toEqual([3, 23]);
    expect(ATTEMPT_TABLE.filter(({ to }) => to === 'Intended').map(({ row, from }) => [row, from])).toEqual([
      [3, ['Ready']],
      [23, ['Unknown']],
    ]);
  });

  it('marks as safety whatever sends, leaves a key, ends or disputes', () => {
    const mattering = ATTEMPT_TABLE.filter(({ writes, to }) =>
      /Sen|Re(?:routed|keyed|leased)|KeyRetired|Fiscalized|Cancelled|Disputed|OutcomeUnknown/.test(
        `${writes} ${to}`,
      ),
    );
    expect(mattering.filter(({ safety }) => !safety)).toEqual([]);
  });
});
