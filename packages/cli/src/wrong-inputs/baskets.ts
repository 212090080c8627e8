export const ITEM = { name: 'Гамак', price: 490_000, quantity: '1', vatCode: 11, measure: 0 };

const BASKET = {
  taxation: 1,
  items: [ITEM],
  buyer: { email: 'buyer@example.ru' },
  place: { place: 'https://sad.example' },
};

/** A basket as a file, with something else in it. */
export const basket = (change: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ ...BASKET, ...change });

/** A basket whose only line has something else in it. */
export const line = (change: Readonly<Record<string, unknown>>): string =>
  basket({ items: [{ ...ITEM, ...change }] });
