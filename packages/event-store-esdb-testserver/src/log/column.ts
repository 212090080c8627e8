/** Numbers side by side, one for every event, without an object for each. */
export interface Column {
  readonly add: (value: number) => void;
  /** The number in this row; a row that was never added is a fault of the caller. */
  readonly at: (row: number) => number;
}

const START = 1024;

/** Numbers from 0 to 2^32 - 1. */
export const narrowColumn = (): Column => columnOf((length) => new Uint32Array(length));

/** Numbers that are exact up to 2^53. */
export const wideColumn = (): Column => columnOf((length) => new Float64Array(length));

const columnOf = (make: (length: number) => Uint32Array | Float64Array): Column => {
  let values = make(START);
  let count = 0;
  return {
    add: (value) => {
      if (count === values.length) {
        const wider = make(count * 2);
        wider.set(values);
        values = wider;
      }
      values[count] = value;
      count += 1;
    },
    at: (row) => {
      const value = row < count ? values[row] : undefined;
      if (value === undefined) throw new RangeError(`There is no row ${row}.`);
      return value;
    },
  };
};
