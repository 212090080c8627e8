import { seededRuntime } from '@cloud-kassa/runtime';
import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import type { DataKey } from './key-ring';
import { open, personLeftOpen, personsToSeal, seal, sealsIn, type Sealed } from './sealing';

const { entropy } = seededRuntime('sealing');
const key: DataKey = { kid: 'key-1', secret: entropy(32) };
const keys = new Map([['p1', key]]);
const byName = new Map<string, DataKey | 'erased'>([['key-1', key]]);
const place = { stream: 'receipt-1', eventId: '00000000-0000-5000-8000-000000000001' };
const paths = ['buyer.contact'];
const person = { email: 'buyer@example.org', name: 'Иванов' };
const data = { sum: 5, buyer: { contact: { keyId: 'p1', channel: 'email', person } } };

const sealed = (): {
  readonly sum: number;
  readonly buyer: { readonly contact: { readonly sealed: Sealed } };
} => {
  const outcome = seal(data, paths, place, keys, entropy);
  if (E.isLeft(outcome)) throw new Error(outcome.left.rule);
  return outcome.right as ReturnType<typeof sealed>;
};

const withSeals = (change: (seals: Sealed) => unknown): unknown => ({
  ...sealed(),
  buyer: { contact: { keyId: 'p1', sealed: change(sealed().buyer.contact.sealed) } },
});

describe('sealing persons (AES-256-GCM, a key per person)', () => {
  it('puts { keyId, sealed: { kid, iv, ct, tag } } in the place of { keyId, person } and leaves the rest', () => {
    const outcome = sealed();
    expect(outcome).toEqual({
      sum: 5,
      buyer: {
        contact: {
          keyId: 'p1',
          channel: 'email',
          sealed: {
            kid: 'key-1',
            iv: expect.stringMatching(/^[\w-]{16}$/),
            ct: expect.stringMatching(/^[\w-]+$/),
            tag: expect.stringMatching(/^[\w-]{22}$/),
          },
        },
      },
    });
    expect(JSON.stringify(outcome)).not.toContain('example');
    expect(data.buyer.contact.person).toBe(person);
  });

  it('gives back what was sealed, whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean())), (anyone) => {
        const whole = { buyer: { contact: { keyId: 'p1', person: anyone } } };
        const shut = seal(whole, paths, place, keys, entropy);
        if (E.isLeft(shut))
          return shut.left.rule === 'no-prototype-key' || shut.left.rule === 'lone-surrogate';
        expect(open(shut.right, paths, place, byName)).toEqual(E.right(whole));
        return true;
      }),
    );
  });

  it('never uses a nonce twice', () => {
    const ivs = Array.from({ length: 50 }, () => sealed().buyer.contact.sealed.iv);
    expect(new Set(ivs).size).toBe(50);
  });

  it('opens nowhere but in its event, its stream and its field', () => {
    const broken = E.left({ path: 'buyer.contact', rule: 'seal-broken' });
    const shut = sealed();
    expect(E.isRight(open(shut, paths, place, byName))).toBe(true);
    expect(open(shut, paths, { ...place, stream: 'receipt-2' }, byName)).toEqual(broken);
    expect(open(shut, paths, { ...place, eventId: '00000000-0000-5000-8000-000000000002' }, byName)).toEqual(
      broken,
    );
    const moved = { other: { contact: shut.buyer.contact } };
    expect(open(moved, ['other.contact'], place, byName)).toEqual(
      E.left({ path: 'other.contact', rule: 'seal-broken' }),
    );
  });

  it.each(['iv', 'ct', 'tag'] as const)('does not open when %s was changed', (part) => {
    const changed = withSeals((seals) => ({
      ...seals,
      [part]: `${seals[part].startsWith('A') ? 'B' : 'A'}${seals[part].slice(1)}`,
    }));
    expect(open(changed, paths, place, byName)).toEqual(
      E.left({ path: 'buyer.contact', rule: 'seal-broken' }),
    );
  });

  it('does not open with a shortened tag', () => {
    const short = withSeals((seals) => ({ ...seals, tag: seals.tag.slice(0, 6) }));
    expect(open(short, paths, place, byName)).toMatchObject(E.left({ rule: 'seal-broken' }));
  });

  it.each([undefined, 'text', { kid: 'key-1' }, { kid: 1, iv: '', ct: '', tag: '' }])(
    'takes %p for no seal',
    (seals) => {
      const outcome = open(
        withSeals(() => seals),
        paths,
        place,
        byName,
      );
      expect(E.isRight(outcome)).toBe(seals === undefined);
    },
  );

  it('reads an erased person as erased, and a key that never was as missing', () => {
    const shut = sealed();
    expect(open(shut, paths, place, new Map([['key-1', 'erased' as const]]))).toEqual(
      E.right({ sum: 5, buyer: { contact: { keyId: 'p1', channel: 'email', person: { erased: true } } } }),
    );
    expect(open(shut, paths, place, new Map())).toEqual(
      E.left({ path: 'buyer.contact', rule: 'key-missing' }),
    );
  });

  it('passes over a path that is absent, and a person who was erased before', () => {
    for (const whole of [{ sum: 5 }, { buyer: {} }, { buyer: { contact: { keyId: 'p1' } } }]) {
      expect(seal(whole, paths, place, keys, entropy)).toEqual(E.right(whole));
      expect(open(whole, paths, place, byName)).toEqual(E.right(whole));
    }
    expect(seal({ sum: 5 }, ['constructor'], place, keys, entropy)).toEqual(E.right({ sum: 5 }));
    const erased = { buyer: { contact: { keyId: 'p1', person: { erased: true } } } };
    expect(seal(erased, paths, place, new Map(), entropy)).toEqual(E.right(erased));
    expect(open(erased, paths, place, byName)).toEqual(E.right(erased));
  });

  it.each([
    { buyer: { contact: 'x' } },
    { buyer: { contact: [person] } },
    { buyer: { contact: { person } } },
  ])('refuses to leave %j unsealed', (whole) => {
    expect(seal(whole, paths, place, keys, entropy)).toEqual(
      E.left({ path: 'buyer.contact', rule: 'no-key-id' }),
    );
  });

  it('refuses a person without a canonical text or a key, and never names the person', () => {
    const whole = { buyer: { contact: { keyId: 'p1', person: { phone: 79991234567.5 } } } };
    expect(seal(whole, paths, place, keys, entropy)).toEqual(
      E.left({ path: 'buyer.contact', rule: 'integer-range' }),
    );
    expect(seal(data, paths, place, new Map(), entropy)).toEqual(
      E.left({ path: 'buyer.contact', rule: 'key-missing' }),
    );
  });

  it('refuses a person who stands open in a stored event', () => {
    expect(open(data, paths, place, byName)).toEqual(E.left({ path: 'buyer.contact', rule: 'person-open' }));
  });

  it('finds a person at a path that nobody named', () => {
    expect(personLeftOpen(sealed())).toBeUndefined();
    expect(personLeftOpen({ list: [{ a: 1 }, { b: { keyId: 'p1', person } }] })).toBe('list.1.b');
    expect(personLeftOpen({ keyId: 'p1', person: { erased: true } })).toBeUndefined();
  });

  it('knows whose key it needs to seal, and which to open', () => {
    expect(personsToSeal(data, ['buyer.contact', 'seller'])).toEqual(['p1']);
    expect(sealsIn(sealed(), ['buyer.contact', 'seller'])).toEqual(['key-1']);
    expect(sealsIn(data, paths)).toEqual([]);
  });
});
