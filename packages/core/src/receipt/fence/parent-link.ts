import * as t from 'io-ts';
import { literalCodec, recordCodec } from '@cloud-kassa/ffd';

/** A receipt whose stream is at hand: its fence guards what may be refunded or offset. */
export interface KnownParent {
  readonly kind: 'receipt';
  readonly receiptId: string;
}

/** A document made elsewhere. Nothing here guards it: that it was not refunded or offset twice is its owner's word, and `checked` says so. */
export interface ExternalParent {
  readonly kind: 'external';
  /** Number of the fiscal drive (tag 1041), 16 digits. */
  readonly fn: string;
  /** Number of the document (tag 1040). */
  readonly fd: number;
  /** Fiscal sign of the document (tag 1077) as a number. */
  readonly fp: number;
  readonly checked: false;
}

/** The receipt that another one refunds, offsets or corrects. */
export type ParentLink = KnownParent | ExternalParent;

const MAX_UINT32 = 0xff_ff_ff_ff;
const DRIVE_NUMBER = /^\d{16}$/;

const guarded = <A>(name: string, is: t.Is<A>): t.Type<A> =>
  new t.Type(
    name,
    is,
    (input, context) => (is(input) ? t.success(input) : t.failure(input, context)),
    t.identity,
  );

const DriveNumberCodec = guarded(
  'DriveNumber',
  (input): input is string => typeof input === 'string' && DRIVE_NUMBER.test(input),
);

const Uint32Codec = guarded(
  'Uint32',
  (input): input is number =>
    typeof input === 'number' && Number.isInteger(input) && input >= 0 && input <= MAX_UINT32,
);

const KnownParentCodec: t.Type<KnownParent> = recordCodec('KnownParent', {
  kind: literalCodec(['receipt'] as const, 'receipt'),
  receiptId: t.string,
});

const ExternalParentCodec: t.Type<ExternalParent> = recordCodec('ExternalParent', {
  kind: literalCodec(['external'] as const, 'external'),
  fn: DriveNumberCodec,
  fd: Uint32Codec,
  fp: Uint32Codec,
  checked: t.literal(false),
});

/** {@link ParentLink} in stored and transferred data. */
export const ParentLinkCodec: t.Type<ParentLink> = t.union(
  [KnownParentCodec, ExternalParentCodec],
  'ParentLink',
);
