import { SECONDS_OF_DAY } from '../arithmetic/calendar';
import type { Kkt } from './kkt';
import { moscow, registeredKkt, right, ruleOf, saleFor } from './kkt.testing';
import { issueReceipt } from './receipt';
import { closeShift, openShift } from './shift';

const opened = (at: string): Kkt =>
  right(openShift(registeredKkt('2026-03-01T08:00:00').kkt, moscow(at))).kkt;
const DAY = SECONDS_OF_DAY * 1000;

describe('24 hours of a shift (54-FZ, article 4.3, clause 2; ATOL 68, 141)', () => {
  test('E63: opened at 09:00, a receipt at 08:59 of the next day is made, at 09:01 refused', () => {
    const kkt = opened('2026-03-01T09:00:00');
    expect(ruleOf(issueReceipt(kkt, saleFor(), moscow('2026-03-02T08:59:00')))).toBe('made');
    expect(ruleOf(issueReceipt(kkt, saleFor(), moscow('2026-03-02T09:01:00')))).toBe('shift-over-24-hours');
  });

  test('the 24 hours run from the second of the opening report', () => {
    const at = moscow('2026-03-01T09:00:07');
    const kkt = opened('2026-03-01T09:00:07');
    expect(ruleOf(issueReceipt(kkt, saleFor(), at + DAY))).toBe('made');
    expect(ruleOf(issueReceipt(kkt, saleFor(), at + DAY + 999))).toBe('made');
    expect(ruleOf(issueReceipt(kkt, saleFor(), at + DAY + 1000))).toBe('shift-over-24-hours');
  });

  test('a late close is allowed, and closing then opening resumes work', () => {
    const late = moscow('2026-03-05T10:00:00');
    const closed = right(closeShift(opened('2026-03-01T09:00:00'), late)).kkt;
    const again = right(openShift(closed, late + 1000)).kkt;
    expect(ruleOf(issueReceipt(again, saleFor(), late + 2000))).toBe('made');
  });

  test('a shift may start on one day and end on the next', () => {
    const kkt = opened('2026-03-01T23:30:00');
    const made = right(issueReceipt(kkt, saleFor(), moscow('2026-03-02T00:30:00')));
    expect(made.document.content).toMatchObject({ kind: 'receipt', shift: 1 });
  });
});

describe('receipts need an open shift, and a shift is opened and closed once', () => {
  test('no receipt in a closed shift', () => {
    const { kkt } = registeredKkt('2026-03-01T08:00:00');
    expect(ruleOf(issueReceipt(kkt, saleFor(), moscow('2026-03-01T09:00:00')))).toBe('shift-closed');
  });
  test('no second opening, no second closing', () => {
    const kkt = opened('2026-03-01T09:00:00');
    expect(ruleOf(openShift(kkt, moscow('2026-03-01T10:00:00')))).toBe('shift-open');
    const closed = right(closeShift(kkt, moscow('2026-03-01T10:00:00'))).kkt;
    expect(ruleOf(closeShift(closed, moscow('2026-03-01T11:00:00')))).toBe('shift-closed');
  });
});

describe('numbers (tags 1038, 1040, 1042)', () => {
  test('shifts count from 1 by 1, documents of every form without gaps, receipts anew in every shift', () => {
    const registration = registeredKkt('2026-03-01T08:00:00');
    let { kkt } = registration;
    let now = moscow('2026-03-01T09:00:00');
    const numbers: Array<ReadonlyArray<number>> = [[registration.document.fd]];
    for (let shift = 1; shift <= 2; shift += 1) {
      const opening = right(openShift(kkt, now));
      const sale = right(issueReceipt(opening.kkt, saleFor(), now + 1000));
      const correction = right(
        issueReceipt(
          sale.kkt,
          { ...saleFor(), kind: 'correction', correction: { type: 0, date: '2026-02-20' } },
          now + 2000,
        ),
      );
      const closing = right(closeShift(correction.kkt, now + 3000));
      for (const { fd, content } of [opening, sale, correction, closing].map(({ document }) => document)) {
        numbers.push([
          fd,
          'shift' in content ? (content.shift ?? 0) : 0,
          content.kind === 'receipt' ? content.numberInShift : 0,
        ]);
      }
      expect(closing.document.content).toMatchObject({ documents: 4, receipts: 2 });
      kkt = closing.kkt;
      now += 3_600_000;
    }
    expect(numbers).toEqual([
      [1],
      [2, 1, 0],
      [3, 1, 1],
      [4, 1, 2],
      [5, 1, 0],
      [6, 2, 0],
      [7, 2, 1],
      [8, 2, 2],
      [9, 2, 0],
    ]);
  });

  test('what 1111 and 1118 count is a setting', () => {
    const { kkt } = registeredKkt('2026-03-01T08:00:00');
    const settings = { ...kkt.settings, shiftQuantities: { reports: false, corrections: false } };
    const now = moscow('2026-03-01T09:00:00');
    const open = right(openShift({ ...kkt, settings }, now)).kkt;
    const corrected = right(
      issueReceipt(
        open,
        { ...saleFor(), kind: 'correction', correction: { type: 0, date: '2026-02-20' } },
        now + 1000,
      ),
    ).kkt;
    expect(right(closeShift(corrected, now + 2000)).document.content).toMatchObject({
      documents: 1,
      receipts: 0,
    });
  });
});

describe('one document a pace', () => {
  test('a register is busy for a second and says until when', () => {
    const kkt = opened('2026-03-01T09:00:00');
    const now = moscow('2026-03-01T09:00:00');
    expect(issueReceipt(kkt, saleFor(), now + 999)).toMatchObject({
      left: { rule: 'busy', until: now + 1000 },
    });
    expect(ruleOf(issueReceipt(kkt, saleFor(), now + 1000))).toBe('made');
  });
});

test('time must not go back: no document dated before the last one (ATOL 36, 122, 142)', () => {
  const { kkt } = registeredKkt('2026-03-01T08:00:00', { pace: 0 });
  const now = moscow('2026-03-01T09:00:00');
  const open = right(openShift(kkt, now)).kkt;
  expect(ruleOf(issueReceipt({ ...open, clockError: -1000 }, saleFor(), now))).toBe('time-went-back');
  expect(ruleOf(issueReceipt(open, saleFor(), now))).toBe('made');
});
