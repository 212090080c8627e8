import * as t from 'io-ts';
import type { Instant, LegacyVat } from '@cloud-kassa/ffd';
import {
  InstantCodec,
  LegacyVatGroundCodec,
  LocalDateCodec,
  literalCodec,
  recordCodec,
} from '@cloud-kassa/ffd';
import { defineEvent } from '../define-event';
import type { EventDefinition, EventFamily } from '../event-family';
import type { AttemptEvent } from './attempt/events';
import { ATTEMPT_EVENT_DEFINITIONS } from './attempt/events';
import type { ReceiptContent } from './content';
import { ReceiptContentCodec } from './content';
import type { AdmissionFacts } from './facts';
import { AdmissionFactsCodec } from './facts';
import type { FenceEvent } from './fence/events';
import { FENCE_EVENTS } from './fence/events';
import type { SettlementSource } from './identity';
import type { Parent } from './parent';
import { ParentCodec } from './parent';

/** A receipt was admitted. It carries all that it was admitted on, as it was read then. */
export interface Registered {
  readonly type: 'receipt.Registered';
  readonly data: {
    readonly at: Instant;
    readonly receiptId: string;
    readonly organisation: string;
    readonly source: SettlementSource;
    readonly content: ReceiptContent;
    readonly facts: AdmissionFacts;
    /** The receipts this one refunds, corrects or offsets. */
    readonly parents: ReadonlyArray<Parent>;
    /** When the law wants the document to exist. */
    readonly legalDeadline: Instant;
    /** Fields that the source lacked and that were filled with a stated default. */
    readonly assumed: ReadonlyArray<string>;
    /** Why a VAT rate whose time was over was still right. */
    readonly legacyVat?: LegacyVat;
  };
}

/** What became of the buyer's copy (электронный чек покупателю, S10). */
export type BuyerCopyStatus = 'requested' | 'sent' | 'failed';

export interface BuyerCopyRecorded {
  readonly type: 'receipt.BuyerCopyRecorded';
  readonly data: {
    readonly at: Instant;
    readonly channel: 'email' | 'phone';
    readonly by: 'provider' | 'ofd';
    readonly status: BuyerCopyStatus;
  };
}

/** The operator of fiscal data has confirmed the document (form 7): a fact apart from its being made. */
export interface OfdConfirmed {
  readonly type: 'receipt.OfdConfirmed';
  readonly data: { readonly at: Instant };
}

export type ReceiptEvent = Registered | BuyerCopyRecorded | OfdConfirmed | AttemptEvent | FenceEvent;

const registered: t.Type<Registered['data'], unknown> = recordCodec(
  'Registered',
  {
    at: InstantCodec,
    receiptId: t.string,
    organisation: t.string,
    source: recordCodec('SettlementSource', { document: t.string, settlementId: t.string }),
    content: ReceiptContentCodec,
    facts: AdmissionFactsCodec,
    parents: t.readonlyArray(ParentCodec),
    legalDeadline: InstantCodec,
    assumed: t.readonlyArray(t.string),
  },
  { legacyVat: recordCodec('LegacyVat', { ground: LegacyVatGroundCodec, earlier: LocalDateCodec }) },
);

const buyerCopyRecorded: t.Type<BuyerCopyRecorded['data'], unknown> = recordCodec('BuyerCopyRecorded', {
  at: InstantCodec,
  channel: literalCodec<'email' | 'phone'>(['email', 'phone'], 'BuyerCopyChannel'),
  by: literalCodec<'provider' | 'ofd'>(['provider', 'ofd'], 'BuyerCopyBy'),
  status: literalCodec<BuyerCopyStatus>(['requested', 'sent', 'failed'], 'BuyerCopyStatus'),
});

const OWN_DEFINITIONS: Readonly<
  Record<'receipt.Registered' | 'receipt.BuyerCopyRecorded' | 'receipt.OfdConfirmed', EventDefinition>
> = {
  'receipt.Registered': defineEvent<Registered>(registered, 'content.buyer'),
  'receipt.BuyerCopyRecorded': defineEvent<BuyerCopyRecorded>(buyerCopyRecorded),
  'receipt.OfdConfirmed': defineEvent<OfdConfirmed>(recordCodec('OfdConfirmed', { at: InstantCodec })),
};

/** All events of a receipt, with their codecs. */
export const RECEIPT_EVENTS: EventFamily<ReceiptEvent> = {
  aggregate: 'receipt',
  definitions: { ...OWN_DEFINITIONS, ...ATTEMPT_EVENT_DEFINITIONS, ...FENCE_EVENTS },
};
