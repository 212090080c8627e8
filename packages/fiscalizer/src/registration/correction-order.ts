import type {
  CorrectionOrder as CorrectionGround,
  ExternalParent,
  KnownParent,
  Parent,
  PlannedReceipt,
  ReceiptContent,
  Refusal,
  SettlementSource,
  WrongDocument,
} from '@cloud-kassa/core';
import { planAfterRejection, planErrorFix, planMissedSettlement, receiptIdOf } from '@cloud-kassa/core';
import type { FfdVersion, Instant, LocalDateTime } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { ReceiptCircumstances, RegistrationOrder } from './registration-order';
import type { Reservation } from './reservations';

/** A document that is wrong: a receipt kept here, or one made elsewhere with its content as it was. */
export type WrongReceipt = KnownParent | (ExternalParent & { readonly content: ReceiptContent });

interface Correcting extends Omit<ReceiptCircumstances, 'settled'> {
  /** Who found the need of it (tags 1173, 1179). Default: of one's own accord. */
  readonly ground?: CorrectionGround;
}

/** A receipt with an error that the tax service has accepted. What is wrong is taken back, then stated right. */
export interface ErrorCorrection extends Correcting {
  readonly what: 'error';
  readonly wrong: WrongReceipt;
  readonly right: RegistrationOrder['draft'];
}

/** A receipt that the tax service has rejected: for it the document does not exist. */
export interface RejectionCorrection extends Correcting {
  readonly what: 'rejected';
  readonly wrong: WrongReceipt;
  readonly right: RegistrationOrder['draft'];
}

/** A settlement at which no register was used. `settled` is when it took place, `draft` the receipt it should have had. */
export interface MissedSettlement extends Correcting {
  readonly what: 'missed';
  readonly settled: Instant | LocalDateTime;
  readonly draft: RegistrationOrder['draft'];
}

export type CorrectionOrder = ErrorCorrection | RejectionCorrection | MissedSettlement;

/** What a correction is made of: read from the store and from the register. */
export interface CorrectionFacts {
  readonly ffd: FfdVersion;
  /** When the receipts are made, local time of the register. */
  readonly at: LocalDateTime;
}

const sourcesOfFix = ({
  document,
  settlementId,
}: SettlementSource): readonly [takingBack: SettlementSource, rightData: SettlementSource] => [
  { document, settlementId: `${settlementId}:taking-back` },
  { document, settlementId: `${settlementId}:right-data` },
];

/** The sources of the receipts of a correction, in the order in which they are made. */
export const correctionSources = ({
  what,
  source,
}: Pick<CorrectionOrder, 'what' | 'source'>): readonly [SettlementSource, ...SettlementSource[]] =>
  what === 'error' ? sourcesOfFix(source) : [source];

/** One receipt of a correction with what it takes of the wrong one. */
export interface CorrectionPart {
  readonly order: RegistrationOrder;
  readonly takes: ReadonlyArray<Reservation>;
}

const linkOf = (wrong: WrongReceipt): Parent['link'] => {
  if (wrong.kind === 'receipt') return wrong;
  const { fn, fd, fp } = wrong;
  return { kind: 'external', fn, fd, fp, checked: false };
};

const circumstancesOf = (order: CorrectionOrder): Omit<ReceiptCircumstances, 'settled' | 'source'> => {
  const { organisation, origin, instrument, registerId, contact, customerId, rulesOn, handedOverAt } = order;
  const { assumed, legacyVat, profile, unknownCharacters, enqueue } = order;
  const { actor, correlationId, causationId } = order;
  return {
    organisation,
    origin,
    instrument,
    actor,
    ...(registerId === undefined ? {} : { registerId }),
    ...(contact === undefined ? {} : { contact }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(rulesOn === undefined ? {} : { rulesOn }),
    ...(handedOverAt === undefined ? {} : { handedOverAt }),
    ...(assumed === undefined ? {} : { assumed }),
    ...(legacyVat === undefined ? {} : { legacyVat }),
    ...(profile === undefined ? {} : { profile }),
    ...(unknownCharacters === undefined ? {} : { unknownCharacters }),
    ...(enqueue === undefined ? {} : { enqueue }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(causationId === undefined ? {} : { causationId }),
  };
};

const partOf = (
  order: CorrectionOrder,
  source: SettlementSource,
  { draft, legacyVat }: PlannedReceipt,
  parents: ReadonlyArray<Parent>,
  takes: ReadonlyArray<Reservation> = [],
): CorrectionPart => {
  const { settledAt, ...rest } = draft;
  return {
    order: {
      ...circumstancesOf(order),
      source,
      draft: rest,
      settled: settledAt,
      parents,
      ...(legacyVat === undefined ? {} : { legacyVat }),
    },
    takes,
  };
};

/** All of a sale or a purchase. A refund holds nothing, and nothing is reserved of it. */
const wholeOf = (wrong: WrongReceipt, { settlementSign, items, payments }: ReceiptContent): Reservation[] => {
  const isGiven = settlementSign === 1 || settlementSign === 3;
  if (wrong.kind !== 'receipt' || !isGiven || items.length === 0) return [];
  const parts = items.map(({ quantity, sum }, line) => ({ line, quantity, sum }));
  return [{ of: 'refund', parentId: wrong.receiptId, items: parts, sums: payments }];
};

const takingBack = (
  order: ErrorCorrection,
  source: SettlementSource,
  planned: PlannedReceipt,
  content: ReceiptContent,
): CorrectionPart => {
  const { kind, settlementSign } = planned.draft;
  const isRefund = kind === 'receipt' && (settlementSign === 2 || settlementSign === 4);
  const takes = wholeOf(order.wrong, content);
  const reservation = takes.length === 0 ? {} : { reservation: receiptIdOf(order.organisation, source) };
  const parent: Parent = {
    relation: isRefund ? 'refunds' : 'corrects',
    link: linkOf(order.wrong),
    ...reservation,
  };
  return partOf(order, source, planned, [parent], takes);
};

const fixOfError = (
  order: ErrorCorrection,
  wrong: WrongDocument,
  { ffd, at }: CorrectionFacts,
): E.Either<Refusal, ReadonlyArray<CorrectionPart>> => {
  const { ground } = order;
  const right = { ...order.right, settledAt: at };
  const plan = planErrorFix({ ffd, at, wrong, right, ...(ground === undefined ? {} : { order: ground }) });
  if (E.isLeft(plan)) return plan;
  const [first, second] = sourcesOfFix(order.source);
  const before: Parent['link'] = { kind: 'receipt', receiptId: receiptIdOf(order.organisation, first) };
  return E.right(
    plan.right.map((planned) =>
      planned.role === 'taking-back'
        ? takingBack(order, first, planned, wrong.content)
        : partOf(order, second, planned, [
            { relation: 'corrects', link: linkOf(order.wrong) },
            // Made only after what was wrong is taken back.
            { relation: 'corrects', link: before },
          ]),
    ),
  );
};

/**
 * The receipts of a correction, in the order in which they are made, with their parents and reservations. `subject` is the wrong document,
 * or for a missed settlement the receipt it should have had, composed for the register.
 */
export const plannedCorrection = (
  order: CorrectionOrder,
  subject: WrongDocument,
  { ffd, at }: CorrectionFacts,
): E.Either<Refusal, ReadonlyArray<CorrectionPart>> => {
  const { ground, source } = order;
  const found = { ffd, at, ...(ground === undefined ? {} : { order: ground }) };
  switch (order.what) {
    case 'error':
      return fixOfError(order, subject, { ffd, at });
    case 'rejected': {
      const right = { ...order.right, settledAt: at };
      const planned = planAfterRejection({ ...found, rejected: subject, right });
      return E.right([partOf(order, source, planned, [{ relation: 'corrects', link: linkOf(order.wrong) }])]);
    }
    case 'missed':
      return E.right([
        partOf(order, source, planMissedSettlement({ ...found, content: subject.content }), []),
      ]);
  }
};
