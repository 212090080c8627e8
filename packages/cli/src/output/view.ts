import type { Bilingual } from '@cloud-kassa/provider';

export interface Column {
  readonly title: Bilingual;
  /** Numbers stand at the right edge. */
  readonly align?: 'left' | 'right';
  /** Sentences: goes on over several lines first when the terminal is narrow. Words are never broken, nothing is cut. */
  readonly shrinks?: boolean;
}

export type Cell = string | Bilingual;

/** Something a person looks at. */
export type View =
  | {
      readonly kind: 'table';
      readonly title?: Bilingual;
      readonly columns: ReadonlyArray<Column>;
      readonly rows: ReadonlyArray<ReadonlyArray<Cell>>;
      /** Shown in the place of an empty table. */
      readonly empty?: Bilingual;
    }
  | { readonly kind: 'text'; readonly text: Bilingual };

export const column = (english: string, russian: string, more: Omit<Column, 'title'> = {}): Column => ({
  title: { english, russian },
  ...more,
});

export const text = (english: string, russian: string): View => ({
  kind: 'text',
  text: { english, russian },
});

/** A text that is the same in both languages. */
export const plain = (same: string): View => text(same, same);
