import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import { cp866Length, decodeCp866, encodeCp866, fitsCp866, toCp866Text } from './cp866';

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe('CP866 (strings of fiscal documents, order ЕД-7-20/662@)', () => {
  it('writes Тест as 92 A5 E1 E2 (sample of the fiscal data operator protocol)', () => {
    expect(encodeCp866('Тест')).toEqual(E.right(Uint8Array.of(0x92, 0xa5, 0xe1, 0xe2)));
    expect(decodeCp866(Uint8Array.of(0x92, 0xa5, 0xe1, 0xe2))).toBe('Тест');
  });

  it('writes ООО "МММ" as in the registration report of the fiscal data operator protocol', () => {
    expect(encodeCp866('ООО "МММ"')).toEqual(
      E.right(Uint8Array.of(0x8e, 0x8e, 0x8e, 0x20, 0x22, 0x8c, 0x8c, 0x8c, 0x22)),
    );
  });

  it('gives each of the 256 bytes a character of its own and takes it back', () => {
    const text = decodeCp866(ALL_BYTES);
    expect(new Set(text).size).toBe(256);
    expect(encodeCp866(text)).toEqual(E.right(ALL_BYTES));
  });

  it('agrees with the platform decoder of IBM866', () => {
    const platform = new TextDecoder('ibm866');
    expect(decodeCp866(ALL_BYTES)).toBe(platform.decode(ALL_BYTES));
  });

  property.prop([fc.uint8Array({ maxLength: 300 })])(
    'decodes and encodes any bytes to themselves',
    (bytes) => {
      expect(encodeCp866(decodeCp866(bytes))).toEqual(E.right(bytes));
    },
  );

  it('refuses a character without a place, naming its offset and not the character', () => {
    expect(encodeCp866('Цена 5 €')).toEqual(
      E.left({ _tag: 'NotCp866', rule: 'not-in-code-page', offset: 7 }),
    );
    expect(fitsCp866('«Ромашка»')).toBe(false);
    expect(fitsCp866('"Ромашка" №1')).toBe(true);
  });
});

describe('length in code page bytes', () => {
  it.each([
    ['', 0],
    ['Чек №1', 6],
    ['кот 🐈', 5],
  ])('%s takes %d', (text, length) => {
    expect(cp866Length(text)).toBe(length);
  });
});

describe('text for code page 866', () => {
  it.each([
    ['ООО «Ромашка»', 'ООО "Ромашка"'],
    ['“a” „b“ ‘c’', '"a" "b" \'c\''],
    ['2020–2025 — сорт − 1', '2020-2025 - сорт - 1'],
    ['и т. д…', 'и т. д...'],
    ['10×15 • №7', '10x15 · №7'],
    ['йод'.normalize('NFD'), 'йод'],
    ['тон\u00adкий\u200b', 'тонкий'],
    ['5\u00a0кг, 1\u202f000', '5\u00a0кг, 1 000'],
  ])('%j becomes %j', (text, expected) => {
    const result = toCp866Text(text);
    expect(result).toEqual(E.right(expected));
    expect(fitsCp866(expected)).toBe(true);
  });

  it('refuses what has no replacement, with its offset in the composed text', () => {
    expect(toCp866Text('ёж 🐈')).toEqual(E.left({ _tag: 'NotCp866', rule: 'not-in-code-page', offset: 3 }));
  });

  it('drops what has no replacement where told so', () => {
    expect(toCp866Text('кот 🐈 5 €', 'drop')).toEqual(E.right('кот  5 '));
  });

  property.prop([fc.string({ unit: 'grapheme' })])('after dropping, any text fits', (text) => {
    const result = toCp866Text(text, 'drop');
    expect(E.isRight(result) && fitsCp866(result.right)).toBe(true);
  });

  property.prop([fc.uint8Array({ maxLength: 100 })])('text that fits stays as it is', (bytes) => {
    const text = decodeCp866(bytes);
    expect(toCp866Text(text)).toEqual(E.right(text));
  });
});
