import { codeText, GROUP_SEPARATOR } from './goods-code';
import type { GoodsCode } from './goods-code';

/** GTIN and serial number of a marked piece (GS1 identifiers 01 and 21); what follows the next separator is the check. */
const PIECE = /^01(\d{14})21(.+)$/u;
const FUR = /^[A-Z]{2}-\d{6}-[A-Z0-9]{10}$/u;
const NUMBERS: ReadonlyMap<number, number> = new Map([
  [8, 1301],
  [13, 1302],
  [14, 1303],
]);
const LONGEST_PIECE = 38;
const LONGEST_UNKNOWN = 32;

const pieceOf = (code: string): GoodsCode | undefined => {
  const [head = ''] = (code.startsWith(GROUP_SEPARATOR) ? code.slice(1) : code).split(GROUP_SEPARATOR, 1);
  return PIECE.test(head) ? { kind: 1305, value: head } : undefined;
};

const otherOf = (code: string): GoodsCode => {
  if (FUR.test(code)) return { kind: 1307, value: code };
  const kind = /^\d+$/u.test(code) ? NUMBERS.get(code.length) : undefined;
  return { kind: kind ?? 1300, value: code };
};

/**
 * The goods code (1163) that a register makes of a marking code as it was scanned: `markingCode` holds it whole, check and all, in Base64
 * or as it is. `undefined` when it is longer than a code of its kind may be.
 *
 * The marking code itself (2000) goes into the register's request to the marking system and into no receipt.
 */
export const goodsCodeOfMarking = (wire: string): GoodsCode | undefined => {
  const code = codeText(wire);
  const made = pieceOf(code) ?? otherOf(code);
  return made.value.length > (made.kind === 1305 ? LONGEST_PIECE : LONGEST_UNKNOWN) ? undefined : made;
};
