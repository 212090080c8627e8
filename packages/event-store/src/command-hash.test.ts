import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { commandHashOf } from './command-hash';

const hashOf = (command: unknown): string => E.getOrElse(() => 'no hash')(commandHashOf(command));

describe('the hash of a command', () => {
  it('is SHA-256 of its canonical text without persons', () => {
    // echo -n '{"data":{"amount":5,"payer":{"keyId":"k1"}},"type":"Pay"}' | sha256sum
    expect(
      hashOf({ type: 'Pay', data: { payer: { person: { email: 'a@b.c' }, keyId: 'k1' }, amount: 5 } }),
    ).toBe('2e6861f0119301e0416e8d4e48105da2014fff57da2ff79536bfa4f93b0a952f');
  });

  it('says nothing of persons, wherever they stand', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer(), (one, other, sum) => {
        const command = (email: string) => ({
          data: {
            sum,
            people: [{ keyId: 'k1', person: { email } }, { deep: [{ keyId: 'k2', person: email }] }],
          },
        });
        expect(hashOf(command(one))).toBe(hashOf(command(other)));
      }),
    );
  });

  it('tells everything else', () => {
    const hashes = [
      { a: 1 },
      { a: 2 },
      { b: 1 },
      { a: [1] },
      { a: { keyId: 'k1' } },
      { a: { keyId: 'k2', person: 1 } },
      { a: { person: 1 } },
      { a: { person: 2 } },
      { a: { keyId: 'k1', person: 1, channel: 'sms' } },
    ].map(hashOf);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashOf({ a: { keyId: 'k1', person: 1 } })).toBe(hashes[4]);
  });

  it('is refused for what has no canonical text, a cycle too', () => {
    const cycle: Record<string, unknown> = { keyId: 'k', person: {} };
    cycle['self'] = [cycle];
    expect(commandHashOf(cycle)).toMatchObject(E.left({ rule: 'too-deep' }));
    expect(commandHashOf({ data: { sum: 0.5 } })).toEqual(
      E.left({ _tag: 'NotCanonical', path: 'data.sum', rule: 'integer-range' }),
    );
  });
});
