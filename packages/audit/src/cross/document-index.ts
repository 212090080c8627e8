import type { FiscalDocument } from '@cloud-kassa/core';
import { isSameDocument } from '@cloud-kassa/core';

/** A document that a receipt claims, with the claim's place in the log. */
export interface DocumentMark extends FiscalDocument {
  readonly receiptId: string;
  readonly position: string;
  readonly revision: number;
  /** Recorded at or before the first of the two heads between which a ledger was read. */
  readonly beforeLedger: boolean;
  /** The ledger has it. */
  seen: boolean;
}

/** Every document that receipts claim, by drive. */
export interface DocumentIndex {
  /**
   * Adds a claim; answers the earlier claim to the same document, or to its number under another sign, if there is one. In the latter case
   * both are kept: a ledger has at most one of them.
   */
  readonly claim: (mark: DocumentMark) => DocumentMark | undefined;
  readonly find: (document: FiscalDocument) => DocumentMark | undefined;
  readonly marks: () => IterableIterator<DocumentMark>;
  /** Drives with their documents in the order of their numbers; those without a number are left out. */
  readonly drives: () => ReadonlyArray<readonly [string, ReadonlyArray<DocumentMark>]>;
  readonly size: () => number;
}

/** By what a document is found again: its number, else its number in the shift, else its sign (two documents of a drive may share one). */
const namesOf = ({ fd, fp, shiftNumber, numberInShift }: FiscalDocument): ReadonlyArray<string | number> => [
  ...(fd === undefined ? [] : [fd]),
  ...(numberInShift === undefined ? [] : [`${shiftNumber ?? ''}/${numberInShift}`]),
  ...(fp === undefined ? [] : [`sign ${fp}`]),
];

/** An empty index. */
export const documentIndex = (): DocumentIndex => {
  const drives = new Map<string, Map<string | number, DocumentMark>>();
  let size = 0;

  const find = (document: FiscalDocument): DocumentMark | undefined => {
    const drive = drives.get(document.fn);
    if (drive === undefined) return undefined;
    for (const name of namesOf(document)) {
      const mark = drive.get(name);
      if (mark !== undefined && isSameDocument(mark, document)) return mark;
    }
    return undefined;
  };

  const claim: DocumentIndex['claim'] = (mark) => {
    const earlier = find(mark);
    if (earlier !== undefined) return earlier;
    const drive = drives.get(mark.fn) ?? new Map<string | number, DocumentMark>();
    drives.set(mark.fn, drive);
    const holder = mark.fd === undefined ? undefined : drive.get(mark.fd);
    // Where a document with another sign has the first name already, this one is kept under its next.
    const name = namesOf(mark).find((each) => !drive.has(each));
    if (name === undefined) return holder;
    drive.set(name, mark);
    size += 1;
    return holder;
  };

  return {
    claim,
    find,
    *marks() {
      for (const drive of drives.values()) yield* drive.values();
    },
    drives: () =>
      [...drives].map(([fn, drive]) => [
        fn,
        [...drive.values()]
          .filter(({ fd }) => fd !== undefined)
          .toSorted((a, b) => (a.fd ?? 0) - (b.fd ?? 0)),
      ]),
    size: () => size,
  };
};

/** Whether a document may come behind another of its drive: shift, number in the shift and time do not go back. */
export const mayFollow = (before: DocumentMark, after: DocumentMark): boolean => {
  const [earlier, later] = [before.shiftNumber, after.shiftNumber];
  if (earlier === undefined || later === undefined) return true;
  if (earlier !== later) return earlier < later;
  const number = isOrdered(before.numberInShift, after.numberInShift, (a, b) => a < b);
  return number && isOrdered(before.madeAt, after.madeAt, (a, b) => a <= b);
};

const isOrdered = <A>(a: A | undefined, b: A | undefined, fits: (a: A, b: A) => boolean): boolean =>
  a === undefined || b === undefined || fits(a, b);
