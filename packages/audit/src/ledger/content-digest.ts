import { hash } from 'node:crypto';
import type { ComparableContent } from './comparable-content';

/**
 * What is kept of a content to compare it later: two short hashes, the VAT of the lines apart, since not every document tells it. Equal
 * hashes mean equal contents; where they differ the contents themselves are read again and compared.
 */
export interface ContentDigest {
  readonly content: string;
  readonly linesVat: string;
}

const LENGTH = 22;

const short = (value: unknown): string => hash('sha256', JSON.stringify(value), 'base64url').slice(0, LENGTH);

/** The digest of a content. */
export const digestOf = (content: ComparableContent): ContentDigest => {
  const { kind, settlementSign, taxation, total, payments, vatTotals, items } = content;
  const { cash, cashless, prepaid, credit, provision } = payments;
  return {
    content: short([
      kind,
      settlementSign,
      taxation,
      total,
      [cash, cashless, prepaid, credit, provision],
      vatTotals.map(({ code, amount }) => [code, amount]),
      items.map(({ quantity, sum, vatCode }) => [quantity, sum, vatCode]),
    ]),
    linesVat: short(items.map(({ vatSum }) => vatSum ?? -1)),
  };
};

/** Whether a document agrees with the digest of its receipt; `false` means that it has to be looked at more closely. */
export const agrees = (digest: ContentDigest, found: ComparableContent): boolean => {
  const other = digestOf(found);
  const isVatTold = found.items.some(({ vatSum }) => vatSum !== undefined);
  return digest.content === other.content && (!isVatTold || digest.linesVat === other.linesVat);
};
