import { CORRECTION_TYPE_LIST, CORRECTION_TYPES, CorrectionTypeCodec } from './correction-type';
import { FFD_VERSION_CODES, FFD_VERSION_LIST, ffdVersionOf } from './ffd-version';
import { MEASURE_LIST, MeasureCodec, MEASURES } from './measure';
import { ZERO_KOPECKS } from './money';
import { NO_PAYMENTS, PAYMENT_KIND_MEANINGS, PAYMENT_KINDS, PaymentsCodec } from './payment-kind';
import { PAYMENT_METHOD_LIST, PAYMENT_METHODS } from './payment-method';
import { PAYMENT_SUBJECT_LIST, PAYMENT_SUBJECTS, PaymentSubjectCodec } from './payment-subject';

const where = (test: (code: (typeof PAYMENT_SUBJECT_LIST)[number]) => boolean) =>
  PAYMENT_SUBJECT_LIST.filter(test);

describe('code tables (order ЕД-7-20/662@)', () => {
  it.each([
    ['measures (2108)', MEASURE_LIST, MEASURES],
    ['payment methods (1214)', PAYMENT_METHOD_LIST, PAYMENT_METHODS],
    ['payment subjects (1212)', PAYMENT_SUBJECT_LIST, PAYMENT_SUBJECTS],
    ['correction types (1173)', CORRECTION_TYPE_LIST, CORRECTION_TYPES],
  ] as ReadonlyArray<readonly [string, ReadonlyArray<number>, object]>)(
    '%s: list and table agree',
    (_name, list, table) => {
      expect(Object.keys(table)).toEqual(list.map(String));
      expect(new Set(Object.values(table).map(({ name }: { name: string }) => name)).size).toBe(list.length);
    },
  );

  it('payment subjects 28 and 29 are not defined', () => {
    for (const code of [0, 28, 29, 34]) expect(PaymentSubjectCodec.is(code)).toBe(false);
    for (const code of [27, 30, 33]) expect(PaymentSubjectCodec.is(code)).toBe(true);
  });

  it('subjects 30 and 31 are excise goods, 31 and 33 carry a marking code (FFD 1.2)', () => {
    expect(where((code) => PAYMENT_SUBJECTS[code].excise === true)).toEqual([2, 30, 31]);
    expect(where((code) => PAYMENT_SUBJECTS[code].marking === 'code')).toEqual([31, 33]);
    expect(where((code) => PAYMENT_SUBJECTS[code].marking === 'no-code')).toEqual([30, 32]);
  });

  it('the item name holds a code for subjects 15 (1 to 25) and 16 (26 to 31)', () => {
    expect(PAYMENT_SUBJECTS[15].nameHoldsCode).toEqual({ from: 1, to: 25 });
    expect(PAYMENT_SUBJECTS[16].nameHoldsCode).toEqual({ from: 26, to: 31 });
  });

  it('methods 1 to 3 come before the transfer, 7 after it (tag 1214)', () => {
    expect(PAYMENT_METHOD_LIST.map((code) => PAYMENT_METHODS[code].moment)).toEqual([
      'before-transfer',
      'before-transfer',
      'before-transfer',
      'at-transfer',
      'at-transfer',
      'at-transfer',
      'after-transfer',
    ]);
  });

  it('a correction by order needs the number of the order (tag 1179)', () => {
    expect(CORRECTION_TYPES[1].needsOrderNumber).toBe(true);
    expect(CORRECTION_TYPES[0].needsOrderNumber).toBe(false);
    expect(CorrectionTypeCodec.is(-0)).toBe(false);
    expect(CorrectionTypeCodec.is(0)).toBe(true);
  });

  it('a piece is measure 0, any other measure 255', () => {
    expect(MEASURES[0].name).toBe('piece');
    expect(MEASURES[255].name).toBe('other');
    for (const code of [1, 60, 84, 254, 256]) expect(MeasureCodec.is(code)).toBe(false);
  });

  it('versions 1.05, 1.1 and 1.2 are codes 2, 3 and 4 (tag 1209)', () => {
    expect(FFD_VERSION_LIST.map((version) => FFD_VERSION_CODES[version])).toEqual([2, 3, 4]);
    expect([0, 1, 2, 3, 4, 5].map(ffdVersionOf)).toEqual([
      undefined,
      undefined,
      '1.05',
      '1.1',
      '1.2',
      undefined,
    ]);
  });

  it('the five payment sums have tags 1031, 1081, 1215, 1216 and 1217', () => {
    expect(PAYMENT_KINDS.map((kind) => PAYMENT_KIND_MEANINGS[kind].tag)).toEqual([
      1031, 1081, 1215, 1216, 1217,
    ]);
  });

  it('all five payment sums are always present, and no sixth', () => {
    const { provision: _left, ...four } = NO_PAYMENTS;
    expect(PaymentsCodec.is(NO_PAYMENTS)).toBe(true);
    expect(PaymentsCodec.is(four)).toBe(false);
    expect(PaymentsCodec.is({ ...NO_PAYMENTS, bonus: ZERO_KOPECKS })).toBe(false);
  });
});
