/**
 * Names of goods codes (1163) and their tags. Which letters 1C writes is unconfirmed, so that letter case, points and lines do not count.
 */
const TAGS: ReadonlyMap<string, number> = new Map([
  ['undefined', 1300],
  ['ean8', 1301],
  ['ean13', 1302],
  ['itf14', 1303],
  ['gs10', 1304],
  ['gs1', 1304],
  ['gs1m', 1305],
  ['kmk', 1306],
  ['mi', 1307],
  ['egais20', 1308],
  ['egais2', 1308],
  ['egais30', 1309],
  ['egais3', 1309],
  ['f1', 1320],
  ['f2', 1321],
  ['f3', 1322],
  ['f4', 1323],
  ['f5', 1324],
  ['f6', 1325],
]);

/** A goods code of a line: `kind` is the tag inside 1163. */
export interface GoodsCode {
  readonly kind: number;
  readonly value: string;
}

/** The separator of groups in a marking code, a control character. */
export const GROUP_SEPARATOR = String.fromCharCode(29);

const PRINTABLE = /^[\u0020-\u007e]+$/u;

/** A code is sent as base64; some kinds as they are, which shows in that decoding them gives no text. */
export const codeText = (wire: string): string => {
  const bytes = Buffer.from(wire, 'base64');
  const text = bytes.toString('latin1');
  return bytes.toString('base64') === wire && PRINTABLE.test(text.replaceAll(GROUP_SEPARATOR, ' '))
    ? text
    : wire;
};

/** The goods code of `goodCodeData`, its first member; `undefined` when the name is unknown. */
export const goodsCodeOf = (data: Readonly<Record<string, string>>): GoodsCode | undefined => {
  const [name, wire] = Object.entries(data)[0] ?? ['', ''];
  const kind = TAGS.get(name.toLowerCase().replace(/[^a-z0-9]/gu, ''));
  return kind === undefined ? undefined : { kind, value: codeText(wire) };
};
