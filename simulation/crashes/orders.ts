import type { BasketInput } from '@cloud-kassa/cloud-kassa';
import type { Random } from '@cloud-kassa/runtime';

const WARES: ReadonlyArray<{ readonly name: string; readonly price: number }> = [
  { name: 'Скамья садовая «Ротонда», дуб', price: 1_849_000 },
  { name: 'Кресло-качалка плетёное', price: 924_050 },
  { name: 'Гамак хлопковый двухместный', price: 26_910 },
  { name: 'Качели подвесные детские', price: 458_333 },
  { name: 'Шезлонг с подушкой', price: 612_500 },
];

export interface DrawnBasket {
  readonly basket: BasketInput;
  /** Kopecks. */
  readonly amount: number;
}

/** A basket of one to three lines for a buyer of its own. */
export const drawBasket = (random: Random, number: number): DrawnBasket => {
  const items = Array.from({ length: 1 + random.integer(3) }, () => {
    const { name, price } = WARES[random.integer(WARES.length)] ?? { name: 'Лейка', price: 9_900 };
    return { name, price, quantity: 1 + random.integer(3) };
  });
  return {
    amount: items.reduce((sum, { price, quantity }) => sum + price * quantity, 0),
    basket: {
      taxation: 1,
      items: items.map(({ quantity, ...ware }) => ({
        ...ware,
        quantity: String(quantity),
        vatCode: 11,
        measure: 0,
      })),
      buyer: { email: `buyer-${number}@example.ru` },
      place: { place: 'https://sad.example' },
    },
  };
};
