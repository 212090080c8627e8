import * as E from 'fp-ts/Either';

/** The text holds a character that code page 866 lacks; `offset` is its place in UTF-16 units. */
export type NotCp866 = {
  readonly _tag: 'NotCp866';
  readonly rule: 'not-in-code-page';
  readonly offset: number;
};

/** What to do with a character that has neither a place in code page 866 nor a replacement. */
export type UnknownCharacters = 'refuse' | 'drop';

const UPPER_HALF =
  'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп' +
  '░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'рстуфхцчшщъыьэюяЁёЄєЇїЎў°∙·√№¤■\u00a0';

const CHARACTERS: ReadonlyArray<string> = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  ...UPPER_HALF.split(''),
];

const BYTES: ReadonlyMap<string, number> = new Map(
  CHARACTERS.map((character, byte) => [character, byte] as const),
);

const REPLACEMENTS: ReadonlyMap<string, string> = new Map([
  ...Array.from('«»“”„‟″', (mark) => [mark, '"'] as const),
  ...Array.from('‘’‚‛′', (mark) => [mark, "'"] as const),
  ...Array.from('‐‑‒–—―−', (dash) => [dash, '-'] as const),
  ...Array.from('\u2002\u2003\u2007\u2009\u200a\u202f', (space) => [space, ' '] as const),
  ...Array.from('\u00ad\u200b\u200c\u200d\u2060\ufeff', (invisible) => [invisible, ''] as const),
  ['…', '...'],
  ['×', 'x'],
  ['•', '·'],
]);

const notCp866 = (offset: number): NotCp866 => ({ _tag: 'NotCp866', rule: 'not-in-code-page', offset });

/**
 * Text to bytes of code page 866, one byte a character, no terminator.
 *
 * Refuses with the offset of the first character that has no place there; nothing is replaced (see `toCp866Text`).
 * Source: strings of fiscal documents are written in CP866 (order ЕД-7-20/662@, general rules of the TLV encoding).
 */
export const encodeCp866 = (text: string): E.Either<NotCp866, Uint8Array> => {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const byte = BYTES.get(text.charAt(index));
    if (byte === undefined) return E.left(notCp866(index));
    bytes[index] = byte;
  }
  return E.right(bytes);
};

/** Bytes of code page 866 to text. Total: every byte is a character, and encoding the text gives the same bytes. */
export const decodeCp866 = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += CHARACTERS[byte] ?? '';
  return text;
};

/** Whether every character of the text has a place in code page 866. */
export const fitsCp866 = (text: string): boolean => E.isRight(encodeCp866(text));

/**
 * Length of the text in bytes of code page 866: one byte a character.
 *
 * A character outside the code page (an emoji, say) counts as one; whether there is any, `fitsCp866` tells.
 * The length limits of the tag table are limits of this length.
 */
export const cp866Length = (text: string): number => Array.from(text).length;

/**
 * Text brought to what code page 866 can hold.
 *
 * The text is composed first (и with a breve becomes й). Then: every kind of double quotation mark («», “”, „) becomes `"`,
 * single ones `'`, hyphens, dashes and the minus sign `-`, the ellipsis three points, × the letter x, • a middle dot,
 * typographic spaces a space; soft hyphens and zero-width characters go. № and the no-break space stay: they have a place.
 * Any other character is refused with its offset in the composed text, or dropped where the caller says `drop`.
 */
export const toCp866Text = (
  text: string,
  unknown: UnknownCharacters = 'refuse',
): E.Either<NotCp866, string> => {
  let result = '';
  let offset = 0;
  for (const character of text.normalize('NFC')) {
    const replaced = BYTES.has(character) ? character : REPLACEMENTS.get(character);
    if (replaced === undefined && unknown === 'refuse') return E.left(notCp866(offset));
    result += replaced ?? '';
    offset += character.length;
  }
  return E.right(result);
};
