import { driveFlags, keyDaysLeft } from '../drive/fiscal-drive';
import { closeDrive, confirmByOfd, reportState } from './drive-reports';
import type { Issued, Kkt } from './kkt';
import { clockOf } from './kkt';
import { deliver, moscow, registeredKkt, right, ruleOf, saleFor } from './kkt.testing';
import { issueReceipt } from './receipt';
import { closeShift, openShift } from './shift';

const DAY = 86_400_000;
const started = (
  at: string,
  change = {},
): { readonly kkt: Kkt; readonly documents: ReadonlyArray<Issued['document']> } => {
  const first = registeredKkt(at, change);
  const opening = right(openShift(first.kkt, moscow(at) + 1000));
  return { kkt: opening.kkt, documents: [first.document, opening.document] };
};
const flagsAt = (kkt: Kkt, now: number) => kkt.drive && driveFlags(kkt.drive, clockOf(kkt, now));

/** A register in an open shift of the last day before `now`, with nothing waiting for the OFD. */
const shiftOn = (kkt: Kkt, documents: ReadonlyArray<Issued['document']>, now: number): Kkt => {
  const delivered = deliver(kkt, documents, now - 5000);
  const closing = right(closeShift(delivered, now - 4000));
  const opening = right(openShift(deliver(closing.kkt, [closing.document], now - 3000), now - 3000));
  return deliver(opening.kkt, [opening.document], now - 2000);
};

describe('OFD queue (fiscal drive protocol; ATOL 140)', () => {
  test('E64: the first unsent document of 2026-01-01 00:00 blocks on day 31, and its delivery unblocks', () => {
    const first = registeredKkt('2026-01-01T00:00:00');
    const day31 = moscow('2026-01-31T00:00:01');
    expect(ruleOf(openShift(first.kkt, day31))).toBe('ofd-queue-blocked');
    const freed = right(confirmByOfd(first.kkt, first.document, undefined, day31)).kkt;
    expect(ruleOf(openShift(freed, day31))).toBe('made');
  });

  test('thirty days to the second are not yet too long', () => {
    const first = registeredKkt('2026-01-01T00:00:00');
    expect(ruleOf(openShift(first.kkt, moscow('2026-01-31T00:00:00')))).toBe('made');
  });

  test('a blocked drive makes no document of any form', () => {
    const { kkt } = started('2026-01-01T00:00:00');
    const late = moscow('2026-02-15T00:00:00');
    expect(ruleOf(closeShift(kkt, late))).toBe('ofd-queue-blocked');
    expect(ruleOf(reportState(kkt, late))).toBe('ofd-queue-blocked');
    expect(ruleOf(closeDrive({ ...kkt, shift: null }, late))).toBe('ofd-queue-blocked');
  });

  test('1053 is raised when the first document waits longer than two days', () => {
    const { kkt } = registeredKkt('2026-01-01T00:00:00');
    expect(flagsAt(kkt, moscow('2026-01-03T00:00:00'))?.ofdTimeout).toBe(false);
    expect(flagsAt(kkt, moscow('2026-01-03T00:00:01'))?.ofdTimeout).toBe(true);
  });

  test('documents are confirmed in their order, and the next one tells since when the queue waits', () => {
    const { kkt, documents } = started('2026-01-01T00:00:00');
    const [first, second] = documents;
    if (first === undefined || second === undefined) throw new Error('two documents');
    expect(ruleOf(confirmByOfd(kkt, second, undefined, 0))).toBe('nothing-to-confirm');
    const one = right(confirmByOfd(kkt, first, second, moscow('2026-01-01T00:03:00'))).kkt;
    expect(one.drive?.queue).toMatchObject({ confirmed: 1, firstAt: second.at });
    const both = right(confirmByOfd(one, second, undefined, moscow('2026-01-01T00:03:00'))).kkt;
    expect(both.drive?.queue).toMatchObject({ confirmed: 2, firstAt: null });
    expect(ruleOf(confirmByOfd(both, second, undefined, 0))).toBe('nothing-to-confirm');
  });

  test('the closing report tells how many wait and since when (1097, 1098)', () => {
    const { kkt, documents } = started('2026-01-01T00:00:00');
    const closing = right(closeShift(kkt, moscow('2026-01-01T01:00:00')));
    expect(closing.document.content).toMatchObject({
      unsent: { count: 2, first: { fd: 1, at: documents[0]?.at } },
    });
  });

  test('in the offline mode nothing waits', () => {
    const { kkt } = started('2026-01-01T00:00:00');
    const offline = kkt.drive && { ...kkt.drive, offline: true };
    const made = right(issueReceipt({ ...kkt, drive: offline }, saleFor(), moscow('2026-01-01T01:00:00')));
    expect(made.kkt.drive?.queue).toMatchObject({ confirmed: 3, firstAt: null });
  });
});

describe('life of the key (tags 1050, 1051, 1213; ATOL 120)', () => {
  const change = { taxation: 2, drive: { months: 15, marking: true } as const };
  const { kkt, documents } = started('2026-01-01T00:00:00', change);
  const start = moscow('2026-01-01T00:00:00');

  test('days left fall with every full day', () => {
    const { drive } = kkt;
    expect(
      [0, DAY - 1000, DAY, 470 * DAY, 999 * DAY].map(
        (passed) => drive && keyDaysLeft(drive, clockOf(kkt, start + passed)),
      ),
    ).toEqual([470, 470, 469, 0, 0]);
  });

  test('1050 below 30 days, 1051 below 3', () => {
    expect(flagsAt(kkt, start + 440 * DAY)).toMatchObject({ exhaustion: false, replacement: false });
    expect(flagsAt(kkt, start + 441 * DAY)).toMatchObject({ exhaustion: true, replacement: false });
    expect(flagsAt(kkt, start + 467 * DAY)).toMatchObject({ exhaustion: true, replacement: false });
    expect(flagsAt(kkt, start + 468 * DAY)).toMatchObject({ exhaustion: true, replacement: true });
  });

  test('after its end no receipt and no shift, but the shift and the drive are closed', () => {
    const end = start + 470 * DAY;
    const working = shiftOn(kkt, documents, end - 1000);
    expect(ruleOf(issueReceipt(working, saleFor(), end - 1000))).toBe('made');
    expect(ruleOf(issueReceipt(working, saleFor(), end))).toBe('key-expired');
    const closed = right(closeShift(working, end)).kkt;
    expect(ruleOf(openShift(closed, end + 1000))).toBe('key-expired');
    expect(ruleOf(closeDrive(closed, end + 1000))).toBe('made');
  });
});

describe('memory (250 000 documents; tag 1052; ATOL 121)', () => {
  test('a full drive still closes its shift and itself, and never signs more than it can', () => {
    const { kkt } = started('2026-01-01T00:00:00', { capacity: 6 });
    const now = moscow('2026-01-01T01:00:00');
    const one = right(issueReceipt(kkt, saleFor(), now)).kkt;
    const two = right(issueReceipt(one, saleFor(), now + 1000)).kkt;
    expect(ruleOf(issueReceipt(two, saleFor(), now + 2000))).toBe('memory-full');
    expect(ruleOf(reportState(two, now + 2000))).toBe('memory-full');
    const closed = right(closeShift(two, now + 2000)).kkt;
    expect(ruleOf(openShift(closed, now + 3000))).toBe('memory-full');
    expect(right(closeDrive(closed, now + 3000)).kkt.drive).toMatchObject({ documents: 6, phase: 7 });
  });

  test('1052 above 99 %', () => {
    const { kkt } = registeredKkt('2026-01-01T00:00:00');
    const filled = (documents: number): boolean | undefined =>
      kkt.drive === null ? undefined : driveFlags({ ...kkt.drive, documents }, clockOf(kkt, 0)).memory;
    expect([247_500, 247_501].map(filled)).toEqual([false, true]);
  });
});
