import type {
  CorrectionType,
  FfdVersion,
  LegacyVat,
  LocalDate,
  LocalDateTime,
  SettlementSign,
} from '@cloud-kassa/ffd';
import { dateOf, reverseSign } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { Correction, ReceiptContent } from '../content';
import type { ReceiptRefusal } from './admission';
import { refuse } from './admission';
import type { ReceiptDraft } from './draft';

/** One receipt of a plan. The receipts of a plan are made in its order; each waits for the one before it. */
export interface PlannedReceipt {
  /** Takes the wrong receipt back, states the right data, or states a settlement at which no register was used. */
  readonly role: 'taking-back' | 'right-data' | 'missed-settlement' | 're-issue';
  readonly draft: ReceiptDraft;
  /** The ground on which the rates of the earlier date stay lawful, where it is not in the receipt itself. */
  readonly legacyVat?: LegacyVat;
}

/** Who found the need of a correction (tags 1173, 1179). */
export interface CorrectionOrder {
  readonly type: CorrectionType;
  readonly orderNumber?: string;
}

/** Made of one's own accord. */
export const OF_ONES_OWN: CorrectionOrder = { type: 0 };

interface Circumstances {
  /** The version of the format of the register that makes the receipts. */
  readonly ffd: FfdVersion;
  /** When they are made, local time of the register. */
  readonly at: LocalDateTime;
  readonly order?: CorrectionOrder;
}

/** A document that is wrong, with its fiscal sign (tag 1077) as a number. */
export interface WrongDocument {
  readonly content: ReceiptContent;
  readonly fp: number;
}

type Plan = E.Either<ReceiptRefusal, ReadonlyArray<PlannedReceipt>>;

const correctionOf = (
  order: CorrectionOrder,
  settledOn: LocalDate,
  reason: Correction['reason'],
): Correction => ({
  ...order,
  settledOn,
  reason,
});

/** The wrong data once more: what is not the register's own goes over unchanged, wrong sums included. */
const sameData = (content: ReceiptContent): ReceiptDraft => {
  const { ffd: _ffd, zone: _zone, vatRule: _vatRule, ...rest } = content;
  return rest;
};

const correctedOn = ({ settledAt, correction }: ReceiptContent): LocalDate =>
  correction?.settledOn ?? dateOf(settledAt);

const byOrdinaryReceipts = (wrong: WrongDocument, right: ReceiptDraft, at: LocalDateTime): Plan => {
  if (wrong.content.kind === 'correction')
    return E.left(refuse('correction-reason', 'wrong.content.kind', { ffd: '1.05' }));
  const additionalAttribute = String(wrong.fp);
  const earlier = correctedOn(wrong.content);
  const settlementSign = reverseSign(wrong.content.settlementSign);
  const isRefund = settlementSign === 2 || settlementSign === 4;
  return E.right([
    {
      role: 'taking-back',
      draft: { ...sameData(wrong.content), settlementSign, settledAt: at, additionalAttribute },
      legacyVat: { ground: isRefund ? 'refund-of-legacy-sale' : 'correction-of-earlier-settlement', earlier },
    },
    {
      role: 'right-data',
      draft: { ...right, kind: 'receipt', settledAt: at, additionalAttribute },
      legacyVat: { ground: 'correction-of-earlier-settlement', earlier },
    },
  ]);
};

const byCorrections = (
  wrong: WrongDocument,
  right: ReceiptDraft,
  at: LocalDateTime,
  order: CorrectionOrder,
): Plan => {
  const additionalAttribute = String(wrong.fp);
  const settledOn = correctedOn(wrong.content);
  return E.right([
    {
      role: 'taking-back',
      draft: {
        ...sameData(wrong.content),
        kind: 'correction',
        settlementSign: reverseSign(wrong.content.settlementSign),
        settledAt: at,
        additionalAttribute,
        correction: correctionOf(order, settledOn, 'error-reversal'),
      },
    },
    {
      role: 'right-data',
      draft: {
        ...right,
        kind: 'correction',
        settledAt: at,
        additionalAttribute,
        correction: correctionOf(order, settledOn, 'error-right-data'),
      },
    },
  ]);
};

/**
 * The receipts that fix a receipt with an error which the tax service has accepted.
 *
 * FFD 1.05: two ordinary receipts, one identical to the wrong one but with the reverse sign, then the right one. FFD 1.1 and 1.2: two corrections, one
 * with the reverse sign and the wrong data, then one with the right data. All carry the fiscal sign of the wrong document in tag 1192. What is
 * taken back is reserved as a whole in the stream of the wrong receipt before, as any refund is. Refuses a wrong correction in FFD
 * 1.05, for which no source names a way. Source: FNS guide on corrections.
 */
export const planErrorFix = (
  fix: Circumstances & { readonly wrong: WrongDocument; readonly right: ReceiptDraft },
): Plan =>
  fix.ffd === '1.05'
    ? byOrdinaryReceipts(fix.wrong, fix.right, fix.at)
    : byCorrections(fix.wrong, fix.right, fix.at, fix.order ?? OF_ONES_OWN);

/** A refund that was missed is in FFD 1.05 a correction of the opposite kind: only sales and purchases are corrected. */
const SIGN_IN_FFD_105: Readonly<Record<SettlementSign, SettlementSign>> = { 1: 1, 2: 3, 3: 3, 4: 1 };

/**
 * The correction of one settlement at which no register was used: one correction for each settlement, dated by it (tag 1178).
 *
 * FFD 1.05: total, payments and VAT without lines, sign 1 or 3; a missed refund of a sale is corrected with 3, of a purchase with 1. FFD
 * 1.1 and 1.2: any sign, with lines. `content` is the settlement as the receipt would have stated it. Source: FNS guide on corrections.
 */
export const planMissedSettlement = (
  missed: Circumstances & { readonly content: ReceiptContent },
): PlannedReceipt => {
  const { content, at, order = OF_ONES_OWN } = missed;
  const correction = correctionOf(order, correctedOn(content), 'not-applied');
  const draft: ReceiptDraft = { ...sameData(content), kind: 'correction', settledAt: at, correction };
  return {
    role: 'missed-settlement',
    draft:
      missed.ffd === '1.05'
        ? { ...draft, items: [], settlementSign: SIGN_IN_FFD_105[content.settlementSign] }
        : draft,
  };
};

/**
 * What follows a receipt that the tax service has rejected or holds in quarantine: for it the document does not exist. FFD 1.05: the receipt is issued
 * again. FFD 1.1 and 1.2: only the right correction. Source: FNS guide on corrections. Tag 1192 names the rejected document in both: the format leaves
 * it free, and no source says more.
 */
export const planAfterRejection = (
  rejection: Circumstances & { readonly rejected: WrongDocument; readonly right: ReceiptDraft },
): PlannedReceipt => {
  const { rejected, right, at, order = OF_ONES_OWN } = rejection;
  const earlier = correctedOn(rejected.content);
  if (rejection.ffd === '1.05') {
    return {
      role: 're-issue',
      draft: { ...right, kind: 'receipt', settledAt: at, additionalAttribute: String(rejected.fp) },
      legacyVat: { ground: 'correction-of-earlier-settlement', earlier },
    };
  }
  return {
    role: 'right-data',
    draft: {
      ...right,
      kind: 'correction',
      settledAt: at,
      additionalAttribute: String(rejected.fp),
      correction: correctionOf(order, earlier, 'error-right-data'),
    },
  };
};
