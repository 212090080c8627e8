import * as E from 'fp-ts/Either';
import type { FfdVersion, NotMarkingCode, TlvNode } from '@cloud-kassa/ffd';
import { fitsCp866, markingCode1162, tlv } from '@cloud-kassa/ffd';

/** No code of goods of the format can be made of the scanned text. */
export interface NotGoodsCode {
  readonly _tag: 'NotGoodsCode';
  readonly rule: NotMarkingCode['rule'] | 'not-recognised';
}

const GROUP_SEPARATOR = '\u001d';

/** GS1 of a marked piece: application identifiers 01 (GTIN) and 21 (serial); a serial ends at a group separator. */
const GS1 = /^01(\d{14})21(.+)$/;
const DIGITS = /^\d{8}$|^\d{12,14}$/;
const FUR = /^[A-Z]{2}-\d{6}-[A-Z0-9]{10}$/;
const MOST_GS1 = 38;
const MOST_UNRECOGNISED = 32;

const TAG_OF_LENGTH: Readonly<Record<number, number>> = { 8: 1301, 13: 1302, 14: 1303 };

/** GTIN and serial of a GS1 code; what follows the serial (check key and check value) is no part of the code of goods. */
const gs1Of = (code: string): { readonly gtin: string; readonly serial: string } | undefined => {
  const [head] = (code.startsWith(GROUP_SEPARATOR) ? code.slice(1) : code).split(GROUP_SEPARATOR);
  const [, gtin, serial] = GS1.exec(head ?? '') ?? [];
  return gtin === undefined || serial === undefined ? undefined : { gtin, serial };
};

const notRecognised: E.Either<NotGoodsCode, never> = E.left({ _tag: 'NotGoodsCode', rule: 'not-recognised' });

const before12 = (code: string): E.Either<NotGoodsCode, TlvNode> => {
  const gs1 = gs1Of(code);
  const made = gs1 === undefined ? markingCode1162(code) : markingCode1162(gs1.gtin, gs1.serial);
  return E.bimap(
    ({ rule }: NotMarkingCode): NotGoodsCode => ({ _tag: 'NotGoodsCode', rule }),
    (bytes: Uint8Array) => tlv.bytes(1162, bytes),
  )(made);
};

const kindOf = (code: string): readonly [tag: number, text: string] | undefined => {
  const gs1 = gs1Of(code);
  if (gs1 !== undefined) {
    const text = `01${gs1.gtin}21${gs1.serial}`;
    return text.length <= MOST_GS1 && fitsCp866(text) ? [1305, text] : undefined;
  }
  if (DIGITS.test(code)) return [TAG_OF_LENGTH[code.length] ?? 1300, code];
  if (FUR.test(code)) return [1307, code];
  return code.length <= MOST_UNRECOGNISED && fitsCp866(code) ? [1300, code] : undefined;
};

const from12 = (code: string): E.Either<NotGoodsCode, TlvNode> => {
  const kind = code === '' ? undefined : kindOf(code);
  return kind === undefined ? notRecognised : E.right(tlv.nodes(1163, [tlv.string(...kind)]));
};

/**
 * The code of goods of the document from the code as it was scanned: tag 1162 in FFD 1.05 and 1.1 (GTIN and serial), the block 1163 with the
 * tag of the code's kind in FFD 1.2 (order ЕД-7-20/662@, tags 1300 to 1325).
 *
 * Recognised: GS1 with identifiers 01 and 21, EAN-8, EAN-13, ITF-14, and in FFD 1.2 fur signs; other texts up to 32 bytes go as
 * "not recognised" (1300) in FFD 1.2 and are refused before it.
 */
export const goodsCode = (code: string, ffd: FfdVersion): E.Either<NotGoodsCode, TlvNode> =>
  ffd === '1.2' ? from12(code) : before12(code);
