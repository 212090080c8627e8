import * as E from 'fp-ts/Either';
import { sqliteError } from './testing/faulty-driver';
import { attempt, faultOf } from './sqlite-fault';

describe('what SQLite reports', () => {
  it.each([
    [5, 'busy'],
    [261, 'busy'],
    [517, 'busy'],
    [15, 'busy'],
    [13, 'full'],
    [10, 'io'],
    [1034, 'io'],
    [11, 'damaged'],
    [779, 'damaged'],
    [26, 'damaged'],
    [2067, 'constraint'],
    [7, 'other'],
    [1032, 'other'],
    [1, 'other'],
  ])('means by code %i: %s', (code, kind) => {
    expect(faultOf(code)).toMatchObject({ kind, code });
  });

  it('is a value by name and number, without its text, which may name what is stored', () => {
    const outcome = attempt(() => {
      throw Object.assign(sqliteError(2067), { message: 'UNIQUE constraint failed: +79990000001' });
    });
    expect(outcome).toEqual(E.left({ kind: 'constraint', code: 2067, name: 'SQLITE_CONSTRAINT (2067)' }));
  });

  it('is not confused with faults of the program', () => {
    expect(() =>
      attempt(() => {
        throw new TypeError('a fault of the program');
      }),
    ).toThrow(TypeError);
  });
});
