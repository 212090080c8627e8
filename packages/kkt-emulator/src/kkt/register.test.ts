import * as E from 'fp-ts/Either';
import { newDrive } from '../drive/fiscal-drive';
import { closeDrive, removeDrive } from './drive-reports';
import { newKkt } from './kkt';
import type { Kkt } from './kkt';
import { deliver, driveOf, moscow, registeredKkt, right, ruleOf, saleFor, shop, unitOf } from './kkt.testing';
import { issueReceipt } from './receipt';
import { changeRegistration, registerDrive } from './register';
import { INTERNET_SHOP } from './registration';
import type { Registration } from './registration';
import { registrationReasonCodes, registrationReasons } from './registration-change';
import { closeShift, openShift } from './shift';

const now = moscow('2026-03-01T08:00:00');
const unit = unitOf();
const problem = (change: Partial<Registration>, months: 13 | 15 | 36 = 36, marking = true): string => {
  const drive = right(newDrive(unit.drive.serial, { months, marking }, shop.seed));
  const issued = registerDrive(newKkt(unit.kkt), drive, { ...unit.registration, ...change }, now);
  return E.isRight(issued) ? 'made' : `${issued.left.rule} ${issued.left.field ?? ''}`;
};

describe('registration report (form 1)', () => {
  test('is document number 1 of a drive and writes the owner into it for ever', () => {
    const { kkt, document } = registeredKkt('2026-03-01T08:00:00');
    expect(document).toMatchObject({ form: 1, fd: 1, fn: unit.drive.serial });
    expect(kkt.drive).toMatchObject({
      phase: 3,
      keyDays: 560,
      owner: { inn: shop.inn, registrationNumber: unit.registration.registrationNumber },
    });
    const other = {
      ...unit.registration,
      organisation: { ...unit.registration.organisation, inn: '7728699517' },
    };
    expect(changeRegistration(kkt, other, now + 1000)).toMatchObject({
      left: { rule: 'registration-invalid' },
    });
  });

  test('a drive is registered once', () => {
    const { kkt } = registeredKkt('2026-03-01T08:00:00');
    expect(ruleOf(registerDrive(kkt, driveOf(unit), unit.registration, now + 1000))).toBe('wrong-phase');
  });

  test.each<[string, Partial<Registration>, string]>([
    ['as it is', {}, 'made'],
    [
      'an INN with wrong check digits',
      { organisation: { inn: '7725327864', name: 'x' } },
      'registration-invalid organisation.inn',
    ],
    [
      'a number that belongs to another INN',
      { organisation: { inn: '7728699517', name: 'x' } },
      'registration-invalid registrationNumber',
    ],
    [
      'a number with a wrong CRC',
      { registrationNumber: '0000000001000223' },
      'registration-invalid registrationNumber',
    ],
    ['no taxation system', { taxation: 0 }, 'registration-invalid taxation'],
    ['offline with an OFD', { conditions: { ...INTERNET_SHOP, offline: true } }, 'registration-invalid ofd'],
    [
      'automatic without a machine number',
      { conditions: { ...INTERNET_SHOP, automatic: true } },
      'registration-invalid machineNumber',
    ],
    ['Internet only without a site', { place: 'Москва' }, 'registration-invalid place'],
    ['agents in FFD 1.2', { agents: 1 }, 'registration-invalid agents'],
  ])('%s', (_, change, expected) => {
    expect(problem(change)).toBe(expected);
  });

  test('FFD 1.2 with marked goods needs a drive made for them', () => {
    const marked = { conditions: { ...INTERNET_SHOP, markedGoods: true } };
    expect(problem(marked, 36, false)).toBe('registration-invalid conditions.markedGoods');
    expect(problem(marked, 36, true)).toBe('made');
  });

  test('only drives that begin with 9999 are made', () => {
    expect(E.isLeft(newDrive('7281440500751551', { months: 36, marking: true }, 's'))).toBe(true);
    expect(E.isLeft(newDrive('999907890000001', { months: 36, marking: true }, 's'))).toBe(true);
  });

  test('no drive is made for more than 250 000 documents', () => {
    expect(E.isLeft(newDrive('9999078900000001', { months: 36, marking: true }, 's', 250_001))).toBe(true);
  });
});

const worked = (): {
  readonly kkt: Kkt;
  readonly documents: ReadonlyArray<ReturnType<typeof registeredKkt>['document']>;
} => {
  const first = registeredKkt('2026-03-01T08:00:00');
  const opening = right(openShift(first.kkt, now + 1000));
  const sale = right(issueReceipt(opening.kkt, saleFor(), now + 2000));
  const closing = right(closeShift(sale.kkt, now + 3000));
  return { kkt: closing.kkt, documents: [first, opening, sale, closing].map(({ document }) => document) };
};

describe('closing and replacing a drive (forms 6 and 11; phases 3, 7, 15)', () => {
  test('needs a closed shift', () => {
    const open = right(openShift(registeredKkt('2026-03-01T08:00:00').kkt, now + 1000)).kkt;
    expect(ruleOf(closeDrive(open, now + 2000))).toBe('shift-open');
    expect(ruleOf(changeRegistration(open, unit.registration, now + 2000))).toBe('shift-open');
  });

  test('a closed drive delivers what waits and then is done; it signs nothing more', () => {
    const { kkt, documents } = worked();
    const closing = right(closeDrive(kkt, now + 4000));
    expect(closing.kkt.drive?.phase).toBe(7);
    expect(ruleOf(openShift(closing.kkt, now + 5000))).toBe('wrong-phase');
    expect(
      ruleOf(registerDrive(closing.kkt, driveOf(unitOf({ firstNumber: 2 })), unit.registration, now + 5000)),
    ).toBe('wrong-phase');
    expect(deliver(closing.kkt, documents, now + 5000).drive?.phase).toBe(7);
    expect(deliver(closing.kkt, [...documents, closing.document], now + 5000).drive?.phase).toBe(15);
  });

  test('the new drive starts with form 11: numbers of documents and shifts restart with it', () => {
    const { kkt, documents } = worked();
    const closing = right(closeDrive(kkt, now + 4000));
    const delivered = deliver(closing.kkt, [...documents, closing.document], now + 5000);
    const fresh = driveOf(unitOf({ firstNumber: 2 }));
    const { kkt: after, document } = right(registerDrive(delivered, fresh, unit.registration, now + 6000));
    expect(document).toMatchObject({ form: 11, fd: 1, fn: fresh.serial, content: { reasons: 1 } });
    const opening = right(openShift(after, now + 7000));
    expect(opening.document).toMatchObject({ fd: 2, content: { shift: 1 } });
    const sale = right(issueReceipt(opening.kkt, saleFor(), now + 8000));
    expect(sale.document).toMatchObject({ fd: 3, content: { numberInShift: 1 } });
  });

  test('a broken drive is taken out without a report and replaced', () => {
    const broken = removeDrive(worked().kkt);
    expect(ruleOf(openShift(broken, now + 5000))).toBe('no-drive');
    const { document } = right(
      registerDrive(broken, driveOf(unitOf({ firstNumber: 2 })), unit.registration, now + 5000),
    );
    expect(document).toMatchObject({ form: 11, fd: 1 });
  });

  test('a change with the same drive numbers on', () => {
    const changed = right(
      changeRegistration(worked().kkt, { ...unit.registration, taxation: 3 }, now + 4000),
    );
    expect(changed.document).toMatchObject({ form: 11, fd: 5, content: { reasons: 0x80 } });
    expect(right(openShift(changed.kkt, now + 5000)).document.content).toMatchObject({ shift: 2 });
  });
});

test('a later report may shorten the life of the key and never prolongs it', () => {
  const { kkt } = worked();
  const excise = { ...unit.registration, conditions: { ...INTERNET_SHOP, excise: true } };
  const shortened = right(changeRegistration(kkt, excise, now + 4000)).kkt;
  expect(shortened.drive?.keyDays).toBe(410);
  expect(right(changeRegistration(shortened, unit.registration, now + 5000)).kkt.drive?.keyDays).toBe(410);
});

describe('reasons of a re-registration (tags 1205 and 1101)', () => {
  const before = unit.registration;
  test.each<[string, Partial<Registration>, number, ReadonlyArray<number>]>([
    ['OFD', { ofd: { inn: '7728699517', name: 'Другой' } }, 0x2, [2]],
    ['name of the user', { organisation: { inn: shop.inn, name: 'Другое' } }, 0x4, [3]],
    ['place', { place: 'https://other.example.ru' }, 0x8, [4]],
    ['leaves the Internet mode', { conditions: { ...INTERNET_SHOP, internetOnly: false } }, 0x2000, [4]],
    ['enters the automatic mode', { conditions: { ...INTERNET_SHOP, automatic: true } }, 0x400, [4]],
    ['another version', { ffd: '1.05' }, 0x200000, [4]],
    ['nothing listed', {}, 0x80000000, [4]],
  ])('%s', (_, change, bits, codes) => {
    const reasons = registrationReasons(before, { ...before, ...change }, false);
    expect(reasons).toBe(bits);
    expect(registrationReasonCodes(reasons)).toEqual(codes);
  });
});
