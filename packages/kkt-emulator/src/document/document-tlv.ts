import * as E from 'fp-ts/Either';
import { encodeTlv, tlv } from '@cloud-kassa/ffd';
import type { TlvNode } from '@cloud-kassa/ffd';
import { fiscalSignBytes } from '../drive/fiscal-sign';
import { FFD_CODE } from '../kkt/registration';
import type { Registration } from '../kkt/registration';
import { admissionRefusal } from '../refusal';
import type { AdmissionRefusal } from '../refusal';
import type { DocumentContent, DocumentHead, FiscalDocument, OperatorConfirmation } from './fiscal-document';
import { receiptNodes } from './receipt-nodes';
import { registrationNodes } from './registration-nodes';
import { currentStateNodes, driveClosingNodes, shiftClosingNodes, shiftOpeningNodes } from './report-nodes';

const headNodes = (head: DocumentHead): ReadonlyArray<TlvNode> => [
  tlv.integer(1209, FFD_CODE[head.ffd]),
  tlv.unixtime(1012, head.at),
  tlv.string(1018, head.inn),
  tlv.string(1037, head.registrationNumber),
  tlv.integer(1040, head.fd),
  tlv.string(1041, head.fn),
];

const contentNodes = (
  head: DocumentHead,
  content: DocumentContent,
  registration: Registration,
): ReadonlyArray<TlvNode> => {
  if (content.kind === 'receipt') return receiptNodes(content.receipt, content, registration);
  if (content.kind === 'registration') return registrationNodes(head, content);
  if (content.kind === 'shift-opening') return shiftOpeningNodes(head, content);
  if (content.kind === 'shift-closing') return shiftClosingNodes(head, content);
  if (content.kind === 'current-state') return currentStateNodes(head, content);
  return driveClosingNodes(head, content, registration);
};

/** A document as one TLV element whose tag is the code of its form; `fp` is nought while it is not signed. */
export const documentNode = (
  head: DocumentHead,
  content: DocumentContent,
  registration: Registration,
  fp: number | undefined,
): TlvNode =>
  tlv.nodes(head.form, [
    ...headNodes(head),
    ...contentNodes(head, content, registration),
    tlv.bytes(1077, fp === undefined ? new Uint8Array(6) : fiscalSignBytes(fp)),
  ]);

/**
 * The bytes a drive signs: the whole document with nought for its sign. `Left` when it, or a block of it, is larger than the
 * format lets it be: 32 768 bytes for receipts, 4096 for shift reports, 6144 for registration reports, 1024 for a line.
 */
export const unsignedTlv = (
  head: DocumentHead,
  content: DocumentContent,
  registration: Registration,
): E.Either<AdmissionRefusal, Uint8Array> =>
  E.mapLeft(({ rule, path }: { readonly rule: string; readonly path: ReadonlyArray<number> }) =>
    admissionRefusal(rule === 'too-long' ? 'document-too-large' : 'not-encodable', path.join('.')),
  )(encodeTlv([documentNode(head, content, registration, undefined)]));

/** The TLV of a signed document under the registration it was made under; the same bytes every time. */
export const documentTlv = (
  document: FiscalDocument,
  registration: Registration,
): E.Either<AdmissionRefusal, Uint8Array> =>
  E.mapLeft(() => admissionRefusal('not-encodable', String(document.form)))(
    encodeTlv([documentNode(document, document.content, registration, document.fp)]),
  );

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../gu) ?? [], (byte) => Number.parseInt(byte, 16));

/** Подтверждение оператора (form 7) as TLV; 1012 is part of it from FFD 1.1 on. */
export const confirmationTlv = (confirmation: OperatorConfirmation): E.Either<AdmissionRefusal, Uint8Array> =>
  E.mapLeft(() => admissionRefusal('not-encodable', '7'))(
    encodeTlv([
      tlv.nodes(7, [
        ...(confirmation.ffd === '1.05' ? [] : [tlv.unixtime(1012, confirmation.at)]),
        tlv.string(1017, confirmation.ofdInn),
        tlv.integer(1040, confirmation.fd),
        tlv.string(1041, confirmation.fn),
        tlv.bytes(1078, bytesOf(confirmation.sign)),
      ]),
    ]),
  );
