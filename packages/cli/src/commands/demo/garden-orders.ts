import type { BasketInput } from '@cloud-kassa/cloud-kassa';

/** An order of a shop for garden furniture that was paid by the fast payment system (the example of 1C's own article, S13). */
export interface GardenOrder {
  readonly number: string;
  readonly basket: BasketInput;
  /** Kopecks. */
  readonly amount: number;
}

interface Ware {
  readonly name: string;
  readonly price: number;
}

const WARES: ReadonlyArray<Ware> = [
  { name: 'Скамья садовая «Ротонда», дуб', price: 1_849_000 },
  { name: 'Кресло-качалка плетёное', price: 924_050 },
  { name: 'Стол складной, лиственница', price: 1_137_990 },
  { name: 'Гамак хлопковый двухместный', price: 269_10 },
  { name: 'Качели подвесные детские', price: 458_333 },
  { name: 'Шезлонг с подушкой', price: 612_500 },
  { name: 'Фонарь садовый на солнечной батарее', price: 89_99 },
];

const wareOf = (index: number): Ware => WARES[index % WARES.length] ?? { name: 'Скамья', price: 100 };

/** The n-th order; always the same, so that the demonstration makes no second receipt when it is repeated. */
export const gardenOrder = (index: number): GardenOrder => {
  const first = wareOf(index);
  const second = wareOf(index * 3 + 1);
  const quantity = 1 + (index % 3);
  const items = [
    { ...first, quantity: String(quantity), vatCode: 11, measure: 0 },
    ...(index % 2 === 0 ? [] : [{ ...second, quantity: '1', vatCode: 11, measure: 0 }]),
  ];
  const amount = first.price * quantity + (index % 2 === 0 ? 0 : second.price);
  return {
    number: `garden-${String(index + 1).padStart(3, '0')}`,
    amount,
    basket: {
      taxation: 1,
      items,
      buyer:
        index % 2 === 0
          ? { email: `buyer${index}@example.ru` }
          : { phone: `+7912000${String(index).padStart(4, '0')}` },
      place: { place: 'https://sad.example' },
    },
  };
};
