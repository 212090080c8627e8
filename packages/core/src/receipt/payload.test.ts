import * as E from 'fp-ts/Either';
import { CANARY, CONTENT } from './receipt.testing';
import { money } from './rules/sample-receipt.arbitrary';
import { parseCanonical } from '../canonical-json';
import { differingFields, payloadText, sameContent } from './payload';

const text = (content = CONTENT): string => {
  const made = payloadText(content);
  return E.isRight(made) ? made.right : made.left.rule;
};

const buyer = { keyId: 'buyer-1', person: { phone: '+79123451234' } };

describe('the text that a payload hash is taken over', () => {
  it('is canonical, with the buyer replaced by the id of its key', () => {
    const { buyer: _buyer, ...rest } = CONTENT;
    expect(parseCanonical(text())).toEqual(E.right({ ...rest, buyer: { keyId: 'buyer-1' } }));
  });

  it('holds nothing of the person', () => {
    for (const secret of Object.values(CANARY)) expect(text()).not.toContain(secret);
  });

  it('is equal for the same key, whoever it is and after the person was erased', () => {
    expect(text({ ...CONTENT, buyer })).toBe(text());
    expect(text({ ...CONTENT, buyer: { keyId: 'buyer-1', person: { erased: true } } })).toBe(text());
    expect(text({ ...CONTENT, buyer: { ...buyer, keyId: 'buyer-2' } })).not.toBe(text());
  });

  it('tells a receipt without a buyer from one with', () => {
    const { buyer: _buyer, ...anonymous } = CONTENT;
    expect(text(anonymous)).not.toBe(text());
    expect(text(anonymous)).not.toContain('buyer');
  });

  it('does not depend on the order of keys', () => {
    const turned = Object.fromEntries(Object.entries(CONTENT).toReversed()) as unknown as typeof CONTENT;
    expect(text(turned)).toBe(text());
  });

  it('changes with every field', () => {
    const changes = [
      { total: money(1) },
      { internet: false },
      { items: [] },
      { settlementSign: 2 as const },
      { place: {} },
      { additionalAttribute: 'x' },
    ];
    const texts = new Set([text(), ...changes.map((change) => text({ ...CONTENT, ...change }))]);
    expect(texts.size).toBe(changes.length + 1);
  });

  it('does not exist where a text is not well-formed, and the refusal does not repeat it', () => {
    const broken = payloadText({ ...CONTENT, place: { place: 'half \ud800' } });
    expect(broken).toEqual(E.left({ _tag: 'NotCanonical', path: 'place.place', rule: 'lone-surrogate' }));
  });
});

describe('the comparison of contents', () => {
  it('names the fields that differ, sorted; the buyer is compared by key id', () => {
    expect(differingFields(CONTENT, CONTENT)).toEqual([]);
    expect(differingFields(CONTENT, { ...CONTENT, buyer })).toEqual([]);
    expect(
      differingFields(CONTENT, {
        ...CONTENT,
        total: money(1),
        items: [],
        buyer: { ...buyer, keyId: 'buyer-2' },
        cashier: { name: 'Петров' },
      }),
    ).toEqual(['buyer', 'cashier', 'items', 'total']);
  });

  it('sees what is there on one side only, and through every depth', () => {
    const { buyer: _buyer, ...anonymous } = CONTENT;
    expect(differingFields(CONTENT, anonymous)).toEqual(['buyer']);
    expect(differingFields(anonymous, CONTENT)).toEqual(['buyer']);
    const [item] = CONTENT.items;
    const dearer = CONTENT.items.map((line) => ({ ...line, price: money(line.price + 1) }));
    expect([item === undefined, differingFields(CONTENT, { ...CONTENT, items: dearer })]).toEqual([
      false,
      ['items'],
    ]);
  });

  it('says the same in a word', () => {
    expect(sameContent(CONTENT, structuredClone(CONTENT))).toBe(true);
    expect(sameContent(CONTENT, { ...CONTENT, internet: false })).toBe(false);
  });

  it('tells two texts apart that have no canonical form', () => {
    const [one = CONTENT, other = CONTENT] = ['\ud800', '\ud801'].map((place) => ({
      ...CONTENT,
      place: { place },
    }));
    expect(sameContent(one, other)).toBe(false);
  });
});
