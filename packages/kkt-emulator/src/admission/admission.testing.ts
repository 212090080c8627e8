import * as E from 'fp-ts/Either';
import { parseLocal } from '../arithmetic/calendar';
import { INTERNET_SHOP } from '../kkt/registration';
import type { FfdVersion, Registration } from '../kkt/registration';
import type { AdmissionRule } from '../refusal';
import type { ItemRequest, ReceiptRequest } from '../request';
import { admit } from './admit';
import type { AdmittedReceipt } from './admit';
import type { AdmissionContext } from './context';
import { USUAL_PROFILE } from './profile';
import type { AdmissionProfile } from './profile';

/** What a case of admission changes of the usual: an Internet shop of the general taxation, FFD 1.2, 2026-03-01 at noon. */
export interface Setting {
  readonly ffd?: FfdVersion;
  readonly at?: string;
  readonly profile?: Partial<AdmissionProfile>;
  readonly registration?: Partial<Registration>;
}

export const contextOf = (setting: Setting = {}): AdmissionContext => ({
  at: parseLocal(setting.at ?? '2026-03-01T12:00:00') ?? 0,
  registration: {
    ffd: setting.ffd ?? '1.2',
    organisation: { inn: '7725327863', name: 'ООО "Ромашка"' },
    registrationNumber: '0000000400037789',
    taxation: 1,
    conditions: INTERNET_SHOP,
    address: 'Москва, ЦОД',
    place: 'https://shop.example.ru',
    taxServiceSite: 'www.nalog.gov.ru',
    cashier: { name: 'Администратор' },
    ...setting.registration,
  },
  profile: { ...USUAL_PROFILE, ...setting.profile },
});

export const item: ItemRequest = {
  name: 'Чайник',
  price: 26910,
  quantity: '3',
  vatCode: 11,
  method: 4,
  subject: 1,
  measure: 0,
};

/** The same line before FFD 1.2. */
export const older: ItemRequest = {
  name: 'Чайник',
  price: 26910,
  quantity: '3',
  vatCode: 11,
  method: 4,
  subject: 1,
};

export const sale: ReceiptRequest = {
  kind: 'receipt',
  settlementSign: 1,
  items: [item],
  payments: { cashless: 80730 },
};
export const olderSale: ReceiptRequest = { ...sale, items: [older] };
export const correction: ReceiptRequest = {
  ...sale,
  kind: 'correction',
  correction: { type: 0, date: '2026-02-01' },
};
export const itemless: ReceiptRequest = { ...correction, items: [], total: 80730 };

export const withItem = (change: Partial<ItemRequest>, base: ItemRequest = item): ReceiptRequest => ({
  ...sale,
  items: [{ ...base, ...change }],
});

export const on = (day: string): Setting => ({ at: `${day}T12:00:00` });

export const admitted = (request: ReceiptRequest, setting?: Setting): AdmittedReceipt | undefined =>
  E.getOrElseW(() => undefined)(admit(request, contextOf(setting)));

/** A case of admission: the broken rule and its field, or that there is none. */
export type Case = readonly [
  name: string,
  request: ReceiptRequest,
  expected: 'admitted' | `${AdmissionRule} ${string}`,
  setting?: Setting,
];

/** One test a case. */
export const judge = (cases: ReadonlyArray<Case>): void => {
  test.each(cases.map(([name, ...rest]) => ({ name, rest })))(
    '$name',
    ({ rest: [request, expected, setting] }) => {
      const judged = admit(request, contextOf(setting));
      expect(E.isRight(judged) ? 'admitted' : `${judged.left.rule} ${judged.left.field}`).toBe(expected);
    },
  );
};
