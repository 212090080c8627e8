import * as t from 'io-ts';
import { literalCodec, recordCodec } from '@cloud-kassa/ffd';
import type { ParentLink } from './fence/parent-link';
import { ParentLinkCodec } from './fence/parent-link';

/** What a receipt does to an earlier one. It waits until that one is fiscalized. */
export type ParentRelation = 'refunds' | 'offsets' | 'corrects';

/** An earlier receipt that this one refunds, offsets or corrects. */
export interface Parent {
  readonly relation: ParentRelation;
  readonly link: ParentLink;
  /** The reservation in the stream of the earlier receipt: the id of this receipt. Needed for refunds and offsets of receipts kept here. */
  readonly reservation?: string;
}

export const ParentCodec: t.Type<Parent, unknown> = recordCodec(
  'Parent',
  {
    relation: literalCodec<ParentRelation>(['refunds', 'offsets', 'corrects'], 'ParentRelation'),
    link: ParentLinkCodec,
  },
  { reservation: t.string },
);
