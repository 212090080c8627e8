import * as E from 'fp-ts/Either';
import { localDateTime, type LocalDateTime } from './local-date-time';
import { formatRoubles, parseRoubles, type Kopecks } from './money';
import { SettlementSignCodec, type SettlementSign } from './settlement-sign';

/** What the QR code of a receipt says (QR-код, tag 1196): enough for the FNS to find the document. */
export interface ReceiptQr {
  /** Local time of the document (tag 1012). */
  readonly at: LocalDateTime;
  /** Whether the text carries the seconds; receipts of 2018 to 2020 often do. */
  readonly seconds: boolean;
  /** Total (tag 1020). */
  readonly total: Kopecks;
  /** Serial of the fiscal drive (tag 1041), 16 digits. */
  readonly fn: string;
  /** Number of the fiscal document (tag 1040), 1 to 4294967295. */
  readonly fd: number;
  /** Fiscal sign (tag 1077) as a number, 0 to 4294967295. */
  readonly fp: number;
  readonly settlementSign: SettlementSign;
}

/** Why a text is not the QR text of a receipt: the part that is wrong, or the whole. The text is left out on purpose. */
export interface NotQr {
  readonly _tag: 'NotQr';
  readonly rule: 'text' | 't' | 's' | 'i' | 'fp' | 'n';
}

const LARGEST_UINT32 = 0xff_ff_ff_ff;

const TEXT =
  /^t=(\d{4})(\d{2})(\d{2})[Tt](\d{2})(\d{2})(\d{2})?&s=(\d{1,13}\.\d{2})&fn=(\d{16})&i=(\d{1,10})&fp=(\d{1,10})&n=(\d)$/;

const notQr = (rule: NotQr['rule']): E.Either<NotQr, never> => E.left({ _tag: 'NotQr', rule });

/**
 * The QR text: `t=20261008T1305&s=807.30&fn=7380440902582955&i=9895&fp=3304159072&n=1`. Keys in this order, total in roubles with two
 * decimals, numbers without leading zeros, nothing escaped; seconds only where `seconds` asks for them.
 */
export const writeQr = (fields: ReceiptQr): string => {
  const time = fields.at.slice(0, fields.seconds ? 19 : 16).replaceAll(/[-:]/g, '');
  return `t=${time}&s=${formatRoubles(fields.total)}&fn=${fields.fn}&i=${fields.fd}&fp=${fields.fp}&n=${fields.settlementSign}`;
};

/**
 * Reads the QR text of a receipt. Accepts a time with and without seconds, a small `t` in it (found on real receipts) and numbers padded with zeros; demands all six keys in their
 * order and nothing besides. Missing seconds read as `:00`.
 */
export const parseQr = (text: string): E.Either<NotQr, ReceiptQr> => {
  const match = TEXT.exec(text);
  if (match === null) return notQr('text');
  const [, year, month, day, hour, minute, second, sum = '', fn = '', i, fpText, n] = match;
  const at = localDateTime(`${year}-${month}-${day}T${hour}:${minute}:${second ?? '00'}`);
  if (E.isLeft(at)) return notQr('t');
  const total = parseRoubles(sum);
  if (E.isLeft(total)) return notQr('s');
  const fd = Number(i);
  if (fd < 1 || fd > LARGEST_UINT32) return notQr('i');
  const fp = Number(fpText);
  if (fp > LARGEST_UINT32) return notQr('fp');
  const settlementSign = Number(n);
  if (!SettlementSignCodec.is(settlementSign)) return notQr('n');
  return E.right({
    at: at.right,
    seconds: second !== undefined,
    total: total.right,
    fn,
    fd,
    fp,
    settlementSign,
  });
};
