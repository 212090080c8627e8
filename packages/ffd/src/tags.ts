import type { Tag, TagRow } from './tag';
import { COUNTER_TAGS } from './tags/counters';
import { FORM_TAGS } from './tags/forms';
import { ITEM_TAGS } from './tags/item';
import { MARKING_TAGS } from './tags/marking';
import { PRODUCT_CODE_TAGS } from './tags/product-code';
import { RECEIPT_TAGS } from './tags/receipt';
import { REPORT_TAGS } from './tags/report';

const tagOf = ([tag, name, russian, type, maxLength, special]: TagRow): Tag => ({
  tag,
  name,
  json: name,
  russian,
  type,
  maxLength,
  ...special,
});

/** All tags known here by number: document forms, requisites of FFD 1.05, 1.1 and 1.2, counters, marking. */
export const TAGS: ReadonlyMap<number, Tag> = new Map(
  [FORM_TAGS, RECEIPT_TAGS, ITEM_TAGS, PRODUCT_CODE_TAGS, REPORT_TAGS, COUNTER_TAGS, MARKING_TAGS]
    .flat()
    .map((row) => [row[0], tagOf(row)] as const),
);

const TAGS_BY_NAME: ReadonlyMap<string, Tag> = new Map([...TAGS.values()].map((tag) => [tag.name, tag]));

/** The tag with this number, if it is known. */
export const tagByNumber = (tag: number): Tag | undefined => TAGS.get(tag);

/** The tag with this unique name, if there is one. */
export const tagByName = (name: string): Tag | undefined => TAGS_BY_NAME.get(name);
