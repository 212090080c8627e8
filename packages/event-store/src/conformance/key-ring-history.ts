import assert from 'node:assert/strict';
import type { Random } from '@cloud-kassa/runtime';
import { copyKeys } from '../copying/copy-keys';
import type { DataKey } from '../key-ring';
import type { KeptKeyRing } from '../key-ring-home';
import type { KeyRecord } from '../key-wrapping';
import { foundIn, keyOf, recordsOf, right } from './key-ring-dealings';

type Openers = readonly [KeptKeyRing, KeptKeyRing];

interface Side {
  readonly openers: Openers;
  /** What the ring has to have, oldest first. */
  readonly model: Map<string, KeyRecord>;
}

const PERSONS = ['a', 'b', 'c'];
const STEPS = 24;

/** Two rings with the same index key, each opened twice, in a random history; a list of keys says what each has to answer. */
export const keyRingHistory = async (rings: readonly [Openers, Openers], random: Random): Promise<void> => {
  const sides = rings.map((openers): Side => ({ openers, model: new Map() }));
  const drawn = <A>(choices: ReadonlyArray<A>): A =>
    choices[random.integer(choices.length)] ?? assert.fail('There is nothing to choose from.');
  for (let step = 0; step < STEPS; step += 1) {
    const side = drawn(sides);
    const opener = drawn(side.openers);
    const person = drawn(PERSONS);
    switch (random.integer(6)) {
      case 0:
      case 1:
      case 2:
        await ask(side, opener, person);
        break;
      case 3:
        await erase(side, opener, person);
        break;
      default:
        await copy(side, drawn(sides));
    }
    await compare(side, drawn(side.openers));
  }
  for (const side of sides) {
    for (const opener of side.openers) await compare(side, opener);
    assert.deepEqual(await recordsOf(side.openers[0]), [...side.model.values()]);
  }
};

const inForce = ({ model }: Side, keyId: string): ReadonlyArray<KeyRecord> =>
  [...model.values()].filter((key) => key.keyId === keyId && key.secret !== undefined);

const ask = async (side: Side, opener: KeptKeyRing, keyId: string): Promise<void> => {
  const { kid, secret } = await keyOf(opener, keyId);
  const known = inForce(side, keyId);
  if (known.length > 0) assert.deepEqual({ keyId, kid, secret }, side.model.get(kid));
  else assert.equal(side.model.has(kid), false);
  side.model.set(kid, { keyId, kid, secret });
  for (const each of side.openers) assert.deepEqual(await keyOf(each, keyId), { kid, secret });
};

const erase = async (side: Side, opener: KeptKeyRing, keyId: string): Promise<void> => {
  const gone = inForce(side, keyId);
  assert.equal(await right(opener.erase(keyId)), gone.length);
  for (const { kid } of gone) side.model.set(kid, { keyId, kid });
};

const copy = async (from: Side, to: Side): Promise<void> => {
  assert.equal(await right(copyKeys(from.openers[0], to.openers[1])), from.model.size);
  for (const [kid, key] of from.model)
    if (key.secret === undefined || !to.model.has(kid)) to.model.set(kid, key);
};

const compare = async ({ model }: Side, opener: KeptKeyRing): Promise<void> => {
  const found = new Map<string, DataKey | 'erased'>();
  for (const { kid, secret } of model.values())
    found.set(kid, secret === undefined ? 'erased' : { kid, secret });
  assert.deepEqual(await foundIn(opener, [...model.keys(), 'never']), found);
};
