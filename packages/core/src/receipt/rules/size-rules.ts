import * as E from 'fp-ts/Either';
import { encodedLength, tagByNumber } from '@cloud-kassa/ffd';
import type { AdmissionRule, ContentRule, ReceiptRefusal } from './admission';
import { refuse } from './admission';
import { contentToTlv, formOf } from './content-to-tlv';

const HEADER = 4;

/** What the register and its drive add to the content, each at its longest (order ЕД-7-20/662@). */
const REGISTER_TAGS = [1012, 1018, 1037, 1038, 1040, 1041, 1042, 1048, 1060, 1077, 1108, 1209, 2107];

const RESERVED = REGISTER_TAGS.reduce((sum, tag) => sum + HEADER + (tagByNumber(tag)?.maxLength ?? 0), 0);

/** No more lines than the register takes (configurable). */
export const linesWithinLimit: AdmissionRule = ({ content: { items }, profile: { mostLines } }) =>
  items.length <= mostLines ? undefined : refuse('too-many-lines', 'items', { mostLines });

/** The document with all that the register adds fits its form, every block its tag (order ЕД-7-20/662@: 32 768 bytes). */
export const documentFits: ContentRule = (content): ReceiptRefusal | undefined => {
  const nodes = contentToTlv(content);
  if (E.isLeft(nodes)) return nodes.left;
  const length = encodedLength(nodes.right);
  if (E.isLeft(length)) {
    const { rule, path } = length.left;
    return refuse('document-too-large', 'content', { encoding: rule, tag: path.at(-1) ?? formOf(content) });
  }
  const maxLength = tagByNumber(formOf(content))?.maxLength ?? 0;
  return length.right + RESERVED <= maxLength
    ? undefined
    : refuse('document-too-large', 'content', { maxLength });
};
