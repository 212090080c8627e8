import * as E from 'fp-ts/Either';
import { RESULT } from '../one-c.testing';
import { ONE_C_SETTINGS } from '../settings';
import type { ResultSettings } from './fiscal-result';
import { fiscalResult, madeAtOf } from './fiscal-result';

const read = (change: object, settings: Partial<ResultSettings> = {}): unknown => {
  const result = fiscalResult(
    { ...RESULT, ...change },
    {
      ...ONE_C_SETTINGS,
      ...settings,
    },
  );
  return E.isRight(result) ? result.right : result.left.field;
};

describe('a fiscal result', () => {
  it('names its number as the setting has it', () => {
    const fd = read({}, { receiptNumberMeans: 'fiscal-document' });
    expect(fd).toMatchObject({ fd: 425, shiftNumber: 173 });
    expect(fd).not.toHaveProperty('numberInShift');
    const inShift = read({}, { receiptNumberMeans: 'number-in-shift' });
    expect(inShift).toMatchObject({ numberInShift: 425, shiftNumber: 173 });
    expect(inShift).not.toHaveProperty('fd');
  });

  it('has a fiscal sign beyond 2^31, as a number or as digits with zeros before', () => {
    expect(read({ FNSign: 3449555941 })).toMatchObject({ fp: 3449555941 });
    expect(read({ FNSign: '0449555941' })).toMatchObject({ fp: 449555941 });
    expect(read({ FNSign: 4294967295 })).toMatchObject({ fp: 4294967295 });
  });

  it('reads numbers written as texts and texts written as numbers', () => {
    expect(
      read({ shiftNumber: '173', receiptNumber: '425', FNSerialNumber: 7281440500123456 }),
    ).toMatchObject({
      shiftNumber: 173,
      numberInShift: 425,
      fn: '7281440500123456',
    });
  });

  it.each([
    ['FNSerialNumber', undefined],
    ['FNSerialNumber', ''],
    ['FNSerialNumber', '123'],
    ['FNSerialNumber', 'ФН'],
    ['FNSign', undefined],
    ['FNSign', -1],
    ['FNSign', 4294967296],
    ['FNSign', 'abc'],
    ['receiptNumber', null],
    ['receiptNumber', 1.5],
    ['receiptNumber', 0],
    ['receiptNumber', '0'],
    ['shiftNumber', 0],
    ['shiftNumber', undefined],
  ])('without a proper %s (%j) is none', (field, value) => {
    expect(read({ [field]: value })).toBe(field);
  });

  it('needs no shift where the number is that of the document', () => {
    expect(read({ shiftNumber: undefined }, { receiptNumberMeans: 'fiscal-document' })).toMatchObject({
      fd: 425,
    });
  });

  it('has KKTSerialNumber as the registration number, as 1C takes it, where it looks like one', () => {
    expect(read({})).toMatchObject({ registrationNumber: '0000000005020922' });
    expect(read({ KKTSerialNumber: 'KKT000120' })).toMatchObject({ kktSerial: 'KKT000120' });
    expect(read({}, { kktSerialNumberMeans: 'serial' })).toMatchObject({ kktSerial: '0000000005020922' });
    expect(read({ KKTSerialNumber: '' })).not.toHaveProperty('kktSerial');
  });

  it('is not lost for the sake of a date or a site that can not be read', () => {
    const result = read({ receiptDate: 'вчера', addressSiteInspections: null });
    expect(result).toMatchObject({ fn: '9999078900006211' });
    expect(result).not.toHaveProperty('madeAt');
    expect(result).not.toHaveProperty('fnsSite');
  });
});

describe('receiptDate', () => {
  it.each([
    ['2026-10-08T13:05:27', '2026-10-08T13:05:27'],
    ['2026-10-08T13:05:27.123', '2026-10-08T13:05:27'],
    ['2026-10-08T10:05:27Z', '2026-10-08T13:05:27'],
    ['2026-10-08T10:05:27.5Z', '2026-10-08T13:05:27'],
    ['2026-10-08T17:05:27+07:00', '2026-10-08T13:05:27'],
    ['2026-10-08T17:05:27+0700', '2026-10-08T13:05:27'],
    ['2026-12-31T22:30:00Z', '2027-01-01T01:30:00'],
  ])('%s is %s on a register in Moscow', (given, local) => {
    expect(madeAtOf(given, 2)).toBe(local);
  });

  it("is the register's own time in every zone where it has no offset", () => {
    expect(madeAtOf('2026-10-08T13:05:27', 11)).toBe('2026-10-08T13:05:27');
    expect(madeAtOf('2026-10-08T10:05:27Z', 11)).toBe('2026-10-08T22:05:27');
  });

  it.each([
    '',
    '2026-10-08',
    '08.10.2026 13:05:27',
    '2026-02-30T10:00:00',
    '2026-10-08T25:00:00',
    '2026-13-08T10:00:00Z',
    5,
    null,
  ])('is not read from %j', (given) => {
    expect(madeAtOf(given, 2)).toBeUndefined();
  });
});
