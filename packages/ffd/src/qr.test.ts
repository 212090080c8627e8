import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import { localFromUnix, type LocalDateTime } from './local-date-time';
import { kopecks, MAX_KOPECKS, type Kopecks } from './money';
import { parseQr, writeQr, type ReceiptQr } from './qr';
import { SETTLEMENT_SIGN_LIST } from './settlement-sign';

const no = (rule: string) => E.left({ _tag: 'NotQr', rule });
const local = (seconds: number): LocalDateTime => {
  const result = localFromUnix(seconds);
  if (E.isLeft(result)) throw new Error(result.left.rule);
  return result.right;
};
const money = (amount: number): Kopecks => {
  const result = kopecks(amount);
  if (E.isLeft(result)) throw new Error(result.left.rule);
  return result.right;
};

describe('QR text of a receipt (tag 1196)', () => {
  it.each([
    [
      'E35',
      't=20190406T104300&s=641.93&fn=9289000100110273&i=80715&fp=1246602073&n=1',
      '2019-04-06T10:43:00',
      64193,
      80715,
      1246602073,
    ],
    [
      'E36',
      't=20200924T1837&s=349.93&fn=9282440300682838&i=46534&fp=1273019065&n=1',
      '2020-09-24T18:37:00',
      34993,
      46534,
      1273019065,
    ],
    [
      'E37',
      't=20200129T1400&s=180.00&fn=9284000100287274&i=24351&fp=4163484040&n=1',
      '2020-01-29T14:00:00',
      18000,
      24351,
      4163484040,
    ],
    [
      'E38',
      't=20201107T2058&s=63.00&fn=9288000100192401&i=439&fp=2880362760&n=1',
      '2020-11-07T20:58:00',
      6300,
      439,
      2880362760,
    ],
    [
      'E39',
      't=20211028T1636&s=1299.00&fn=9287440301110113&i=19313&fp=1992968429&n=1',
      '2021-10-28T16:36:00',
      129900,
      19313,
      1992968429,
    ],
    [
      'E40',
      't=20240917T1801&s=1285.21&fn=7281440500751551&i=30526&fp=1168453787&n=1',
      '2024-09-17T18:01:00',
      128521,
      30526,
      1168453787,
    ],
    [
      'E41',
      't=20261008T1305&s=807.30&fn=7380440902582955&i=9895&fp=3304159072&n=1',
      '2026-10-08T13:05:00',
      80730,
      9895,
      3304159072,
    ],
  ])('%s: a real text is read and written back', (_example, text, at, total, fd, fp) => {
    const parsed = parseQr(text);
    const fn = /fn=(\d{16})/.exec(text)?.[1];
    expect(parsed).toEqual(
      E.right({ at, seconds: text.includes('T104300'), total, fn, fd, fp, settlementSign: 1 }),
    );
    if (E.isLeft(parsed)) throw new Error(parsed.left.rule);
    expect(writeQr(parsed.right)).toBe(text);
  });

  const good = {
    t: '20261008T1305',
    s: '807.30',
    fn: '7380440902582955',
    i: '9895',
    fp: '3304159072',
    n: '1',
  };
  const text = (changed: Partial<typeof good>) => {
    const { t, s, fn, i, fp, n } = { ...good, ...changed };
    return `t=${t}&s=${s}&fn=${fn}&i=${i}&fp=${fp}&n=${n}`;
  };

  it('numbers padded with zeros are compared as numbers', () => {
    expect(parseQr(text({ i: '0000009895', fp: '0000000042' }))).toMatchObject({
      right: { fd: 9895, fp: 42 },
    });
  });

  it('seconds are dropped where they are not asked for', () => {
    const parsed = parseQr(text({ t: '20261008T130559' }));
    if (E.isLeft(parsed)) throw new Error(parsed.left.rule);
    expect(parsed.right.at).toBe('2026-10-08T13:05:59');
    expect(writeQr(parsed.right)).toBe(text({ t: '20261008T130559' }));
    expect(writeQr({ ...parsed.right, seconds: false })).toBe(text({}));
  });

  it.each([
    [{ t: '20260230T1305' }, 't'],
    [{ t: '20261008T2460' }, 't'],
    [{ t: '19691231T2359' }, 't'],
    [{ s: '0807.30' }, 's'],
    [{ s: '9999999999999.99' }, 's'],
    [{ i: '0' }, 'i'],
    [{ i: '4294967296' }, 'i'],
    [{ fp: '4294967296' }, 'fp'],
    [{ n: '0' }, 'n'],
    [{ n: '5' }, 'n'],
    [{ t: '20261008T130' }, 'text'],
    [{ t: '2026-10-08T13:05' }, 'text'],
    [{ s: '807.3' }, 'text'],
    [{ s: '807' }, 'text'],
    [{ s: '807,30' }, 'text'],
    [{ s: '-807.30' }, 'text'],
    [{ fn: '738044090258295' }, 'text'],
    [{ fn: '738044090258295X' }, 'text'],
    [{ i: '' }, 'text'],
    [{ i: '00000009895' }, 'text'],
    [{ n: '11' }, 'text'],
    [{ n: '1&x=1' }, 'text'],
    [{ n: '1\n' }, 'text'],
  ])('%j is refused: %s', (changed, rule) => {
    expect(parseQr(text(changed))).toEqual(no(rule));
  });

  it('keys stand in their order and nothing is escaped', () => {
    expect(parseQr('s=807.30&t=20261008T1305&fn=7380440902582955&i=9895&fp=3304159072&n=1')).toEqual(
      no('text'),
    );
    expect(parseQr(text({}).replaceAll('&', '&amp;'))).toEqual(no('text'));
    expect(parseQr('')).toEqual(no('text'));
  });

  const fields: fc.Arbitrary<ReceiptQr> = fc.record({
    at: fc.integer({ min: 0, max: 2 ** 32 - 1 }).map(local),
    seconds: fc.boolean(),
    total: fc.integer({ min: 0, max: MAX_KOPECKS }).map(money),
    fn: fc.stringMatching(/^[0-9]{16}$/),
    fd: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
    fp: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    settlementSign: fc.constantFrom(...SETTLEMENT_SIGN_LIST),
  });

  property.prop([fields])('what is written is read back, to the minute without seconds', (receipt) => {
    const at = receipt.seconds ? receipt.at : `${receipt.at.slice(0, 16)}:00`;
    const written = writeQr(receipt);
    expect(parseQr(written)).toEqual(E.right({ ...receipt, at }));
    expect(written).toMatch(
      /^t=\d{8}T\d{4}(\d\d)?&s=\d+\.\d\d&fn=\d{16}&i=[1-9]\d*&fp=(0|[1-9]\d*)&n=[1-4]$/,
    );
  });
});
