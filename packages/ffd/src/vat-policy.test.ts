import * as E from 'fp-ts/Either';

import { localDate, type LocalDate } from './local-date';
import { LEGACY_VAT_GROUND_LIST, LEGACY_VAT_GROUNDS, mayCarryVatCode, vatCodeOn } from './vat-policy';

const day = (text: string): LocalDate => {
  const date = localDate(text);
  if (E.isLeft(date)) throw new Error(date.left.rule);
  return date.right;
};

describe('VAT rate codes by date', () => {
  it.each([
    [1, '2025-12-31', 'current'],
    [1, '2026-01-01', 'legacy'],
    [3, '2025-12-31', 'current'],
    [3, '2026-01-01', 'legacy'],
    [7, '2024-12-31', 'not-yet'],
    [7, '2025-01-01', 'current'],
    [10, '2024-12-31', 'not-yet'],
    [10, '2026-06-01', 'current'],
    [11, '2025-12-31', 'not-yet'],
    [11, '2026-01-01', 'current'],
    [12, '2025-12-31', 'not-yet'],
    [12, '2026-01-01', 'current'],
    [2, '2017-07-01', 'current'],
    [4, '2026-01-01', 'current'],
    [5, '2026-01-01', 'current'],
    [6, '2026-01-01', 'current'],
  ] as const)('code %s on %s is %s (order ЕД-7-20/662@ as amended)', (code, date, standing) => {
    expect(vatCodeOn(code, day(date))).toBe(standing);
  });
});

describe('what stays legal at 20 % after 2026-01-01 (FNS letter АБ-4-20/11248@)', () => {
  const receipt = day('2026-02-01');
  const earlier = day('2025-11-20');

  it('E67: a refund in 2026 of a sale of 2025 keeps 20 %', () => {
    expect(mayCarryVatCode(1, receipt, { ground: 'refund-of-legacy-sale', earlier })).toBe(true);
  });

  it.each(LEGACY_VAT_GROUND_LIST)('%s', (ground) => {
    expect(mayCarryVatCode(1, receipt, { ground, earlier })).toBe(true);
    expect(mayCarryVatCode(3, receipt, { ground, earlier })).toBe(true);
    expect(LEGACY_VAT_GROUNDS[ground].source).toContain('АБ-4-20/11248@');
  });

  it('nothing without a ground', () => {
    expect(mayCarryVatCode(1, receipt)).toBe(false);
  });

  it('nothing whose own sale, settlement or shipment is of 2026', () => {
    expect(mayCarryVatCode(1, receipt, { ground: 'refund-of-legacy-sale', earlier: day('2026-01-01') })).toBe(
      false,
    );
    expect(mayCarryVatCode(1, receipt, { ground: 'refund-of-legacy-sale', earlier: day('2025-12-31') })).toBe(
      true,
    );
  });

  it('E68: the shipment of 2026 that closes a prepayment of 2025 is at 22 %', () => {
    expect(mayCarryVatCode(3, day('2025-12-10'))).toBe(true);
    expect(mayCarryVatCode(11, receipt)).toBe(true);
    expect(mayCarryVatCode(1, receipt)).toBe(false);
  });

  it('a ground does not bring a rate forward', () => {
    expect(mayCarryVatCode(11, day('2025-12-31'), { ground: 'refund-of-legacy-sale', earlier })).toBe(false);
  });

  it('an "earlier" date after the receipt is no ground', () => {
    expect(mayCarryVatCode(1, receipt, { ground: 'refund-of-legacy-sale', earlier: day('2026-02-02') })).toBe(
      false,
    );
  });
});
