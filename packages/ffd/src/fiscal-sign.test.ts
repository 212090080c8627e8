import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import { parseFiscalSign, printFiscalSign, readFiscalSign, writeFiscalSign } from './fiscal-sign';

const SAMPLE = Uint8Array.of(0x21, 0x04, 0x1c, 0x6b, 0x81, 0xa4);

describe('fiscal sign of a document (ФПД, tag 1077)', () => {
  it('reads 21 04 1C 6B 81 A4 as 0476807588 (sample of the fiscal data operator protocol)', () => {
    expect(readFiscalSign(SAMPLE)).toEqual(
      E.right({ number: 476807588, printed: '0476807588', serviceBytes: Uint8Array.of(0x21, 0x04) }),
    );
    expect(writeFiscalSign(476807588, Uint8Array.of(0x21, 0x04))).toEqual(E.right(SAMPLE));
  });

  it('reads numbers above 2^31', () => {
    const bytes = Uint8Array.of(0, 0, 0xff, 0xff, 0xff, 0xff);
    expect(E.map(({ number }: { number: number }) => number)(readFiscalSign(bytes))).toEqual(
      E.right(4294967295),
    );
    expect(writeFiscalSign(4294967295, Uint8Array.of(0, 0))).toEqual(E.right(bytes));
  });

  property.prop([fc.uint8Array({ minLength: 6, maxLength: 6 })])('comes back from its parts', (bytes) => {
    const sign = readFiscalSign(bytes);
    if (E.isLeft(sign)) throw new Error(sign.left.rule);
    expect(writeFiscalSign(sign.right.number, sign.right.serviceBytes)).toEqual(E.right(bytes));
    expect(parseFiscalSign(sign.right.printed)).toEqual(E.right(sign.right.number));
    expect(sign.right.printed).toMatch(/^\d{10}$/);
  });

  it.each(['', '12345678901', '1e3', '-1', ' 1', '１'])('refuses %j as a printed sign', (text) => {
    expect(parseFiscalSign(text)).toEqual(E.left({ _tag: 'NotFiscalSign', rule: 'ten-digits' }));
  });

  it('refuses what is out of range', () => {
    expect(parseFiscalSign('4294967296')).toEqual(E.left({ _tag: 'NotFiscalSign', rule: 'unsigned-32-bit' }));
    expect(printFiscalSign(-1)).toEqual(E.left({ _tag: 'NotFiscalSign', rule: 'unsigned-32-bit' }));
    expect(printFiscalSign(1.5)).toEqual(E.left({ _tag: 'NotFiscalSign', rule: 'unsigned-32-bit' }));
    expect(writeFiscalSign(2 ** 32, SAMPLE.slice(0, 2))).toEqual(
      E.left({ _tag: 'NotFiscalSign', rule: 'unsigned-32-bit' }),
    );
    expect(writeFiscalSign(1, SAMPLE)).toEqual(E.left({ _tag: 'NotFiscalSign', rule: 'two-service-bytes' }));
    expect(readFiscalSign(SAMPLE.slice(1))).toEqual(E.left({ _tag: 'NotFiscalSign', rule: 'six-bytes' }));
  });
});
