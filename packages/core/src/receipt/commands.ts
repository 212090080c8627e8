import type { Instant, LegacyVat } from '@cloud-kassa/ffd';
import type { AttemptCommand } from './attempt/commands';
import type { ReceiptContent } from './content';
import type { BuyerCopyRecorded } from './events';
import type { AdmissionFacts } from './facts';
import type { FenceCommand } from './fence/commands';
import type { SettlementSource } from './identity';
import type { Parent } from './parent';
import type { AdmissionProfile } from './rules/profile';

/**
 * Registers a settlement as a receipt. `receiptId` is that of organisation and source; the same settlement with the same content is
 * accepted again and changes nothing, with other content it is refused.
 */
export interface RegisterReceipt {
  readonly type: 'RegisterReceipt';
  readonly data: {
    readonly now: Instant;
    readonly receiptId: string;
    readonly organisation: string;
    readonly source: SettlementSource;
    readonly content: ReceiptContent;
    readonly facts: AdmissionFacts;
    readonly parents: ReadonlyArray<Parent>;
    readonly legalDeadline: Instant;
    readonly assumed: ReadonlyArray<string>;
    /** Why a VAT rate whose time is over is still right. */
    readonly legacyVat?: LegacyVat;
    readonly profile?: AdmissionProfile;
  };
}

export interface RecordBuyerCopy {
  readonly type: 'RecordBuyerCopy';
  readonly data: Omit<BuyerCopyRecorded['data'], 'at'> & { readonly now: Instant };
}

export interface RecordOfdConfirmation {
  readonly type: 'RecordOfdConfirmation';
  readonly data: { readonly now: Instant };
}

export type ReceiptCommand =
  | RegisterReceipt
  | RecordBuyerCopy
  | RecordOfdConfirmation
  | AttemptCommand
  | FenceCommand;
