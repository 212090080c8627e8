import type { FiscalDrive } from './fiscal-drive';
import { sipBytes, sipHash, sipHex } from './sip-hash';

/** Signs of a simulated drive over one document. */
export interface DocumentSigns {
  /** ФПД (1077) as the printed number, 0 to 2^32 - 1. */
  readonly fp: number;
  /** ФПС, the sign of the message for the OFD: eight bytes in hexadecimal. */
  readonly messageSign: string;
}

/** Two service bytes stand before the number in tag 1077; these are those of a published sample, their meaning is unconfirmed. */
const SERVICE_BYTES = [0x21, 0x04] as const;

/** The six bytes of tag 1077: two service bytes and the number, big-endian. */
export const fiscalSignBytes = (fp: number): Uint8Array =>
  Uint8Array.of(...SERVICE_BYTES, fp >>> 24, (fp >>> 16) & 0xff, (fp >>> 8) & 0xff, fp & 0xff);

/** The number as it is printed: ten digits with leading noughts. */
export const printedFiscalSign = (fp: number): string => String(fp).padStart(10, '0');

/**
 * Signs a document given as its TLV with nought for tag 1077. The signs depend on the drive's key and on every byte, and are the same
 * whenever they are made again; they are not the real algorithm, which the serial 9999… tells.
 */
export const signDocument = (drive: FiscalDrive, unsigned: Uint8Array): DocumentSigns => {
  const value = sipHash(drive.key, unsigned);
  const [a, b, c, d] = drive.key;
  return { fp: value[0], messageSign: sipHex(sipHash([c, d, a, b], sipBytes(value))) };
};

/** ФПО (1078): sixteen bytes in hexadecimal by which a simulated operator confirms a document. */
export const operatorSign = (drive: FiscalDrive, fd: number, fp: number): string => {
  const [a, b, c, d] = drive.key;
  const document = sipBytes([fd, fp]);
  return sipHex(sipHash([b, a, d, c], document)) + sipHex(sipHash([d, c, b, a], document));
};
