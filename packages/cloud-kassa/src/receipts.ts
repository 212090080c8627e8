import type {
  CorrectionOrder as CorrectionGround,
  Parent,
  PaymentInstrument,
  Receipt,
  RouteRefusal,
  RoutingRefusal,
  SettlementDocument,
} from '@cloud-kassa/core';
import { receiptIdOf } from '@cloud-kassa/core';
import type { Instant, Kopecks, LegacyVat, LocalDateTime, SettlementSign } from '@cloud-kassa/ffd';
import {
  InnCodec,
  InstantCodec,
  KopecksCodec,
  LocalDateTimeCodec,
  QuantityCodec,
  SettlementSignCodec,
} from '@cloud-kassa/ffd';
import type {
  RefundOrder,
  Registration,
  RegistrationError,
  RegistrationOrder,
} from '@cloud-kassa/fiscalizer';
import * as E from 'fp-ts/Either';
import type { Caller } from './caller';
import { readInput } from './input';
import type { KassaError } from './kassa-error';
import { notFound, ofHandler, ofLoad, refused } from './kassa-error';
import type { Kit } from './kit';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';
import { readBasket } from './read-basket';
import type { BasketInput, BuyerInput } from './receipt-input';

/** What names a settlement: registering it again is the same receipt. */
export interface SettlementName {
  /** INN. */
  readonly organisation: string;
  /** The source document (документ-основание). */
  readonly document: string;
  /** The caller's own id of this settlement (payment, refund, shipment, part of a correction). */
  readonly settlementId: string;
}

/** What every receipt is ordered with. */
export interface ReceiptTerms extends SettlementName {
  /** When it was settled: an instant (`2026-11-27T09:00:00.000Z`) or local time of the register (`2026-11-27T12:00:00`). Default: now. */
  readonly settledAt?: string;
  readonly instrument?: PaymentInstrument;
  /** The register that has to make it. Default: any of the organisation that can. */
  readonly registerId?: string;
  /** Made by hand (S24): needs an open shift of the register (S25). */
  readonly manual?: boolean;
  /** Why a VAT rate whose time is over is still right. */
  readonly legacyVat?: LegacyVat;
}

/** A receipt to be made. */
export interface ReceiptOrder extends ReceiptTerms, BasketInput {
  /** Tag 1054: 1 sale (default), 2 sale refund, 3 purchase, 4 purchase refund. */
  readonly settlementSign?: number;
  /** Advances and prepayments of earlier receipts that go into `payments.prepaid` of this one. */
  readonly offsets?: ReadonlyArray<{ readonly receiptId: string; readonly amount: number }>;
  /** Earlier documents made elsewhere that it refunds or offsets; nothing here guards them. */
  readonly parents?: ReadonlyArray<Parent>;
}

/** A refund of a receipt that is kept here. */
export interface RefundOfReceiptOrder extends ReceiptTerms {
  readonly receiptId: string;
  /** Lines by their place, from 0, with the quantity that goes back. Default: all that is left. */
  readonly items?: ReadonlyArray<{ readonly line: number; readonly quantity: string }>;
  readonly buyer?: BuyerInput;
}

/** A correction of a receipt with an error that the tax service has accepted: taken back, then stated right (two receipts). */
export interface ErrorCorrectionOrder extends Omit<ReceiptTerms, 'settledAt'> {
  readonly receiptId: string;
  readonly right: BasketInput & { readonly settlementSign?: number };
  /** Who found the need of it. Default: of one's own accord. */
  readonly ground?: CorrectionGround;
}

/** A settlement at which no register was used. */
export interface MissedSettlementOrder extends ReceiptTerms, BasketInput {
  readonly settlementSign?: number;
  readonly ground?: CorrectionGround;
}

export interface RegisteredReceipt {
  readonly receiptId: string;
  /** The settlement was registered before, with the same content. */
  readonly duplicate: boolean;
  readonly position?: string;
}

/** Receipts (чеки). A registered receipt stands in the queue; a fiscalizer carries it to its document. */
export interface Receipts {
  readonly register: (order: ReceiptOrder, caller?: Caller) => Promise<Outcome<RegisteredReceipt>>;
  readonly refund: (order: RefundOfReceiptOrder, caller?: Caller) => Promise<Outcome<RegisteredReceipt>>;
  readonly correct: (
    order: ErrorCorrectionOrder,
    caller?: Caller,
  ) => Promise<Outcome<ReadonlyArray<RegisteredReceipt>>>;
  readonly correctMissed: (
    order: MissedSettlementOrder,
    caller?: Caller,
  ) => Promise<Outcome<ReadonlyArray<RegisteredReceipt>>>;
  /** What a settlement's receipt is or would be called. */
  readonly idOf: (name: SettlementName) => string;
  /** The receipt as it stands, with the buyer's contact unless it was erased. */
  readonly get: (receiptId: string) => Promise<Outcome<Receipt>>;
  /** The receipt in the terms of the fiscalizer, for what this interface does not offer. */
  readonly order: (order: RegistrationOrder) => Promise<Outcome<RegisteredReceipt>>;
  readonly refundOrder: (order: RefundOrder) => Promise<Outcome<RegisteredReceipt>>;
}

const routingRefusals = (refusals: ReadonlyArray<RouteRefusal>): ReadonlyArray<RoutingRefusal> =>
  // Reasons of this process (not opened, down) stand beside those of routing; both are told by name.
  refusals as ReadonlyArray<RoutingRefusal>;

/** The error of an order as callers are told. */
export const ofRegistration = (error: RegistrationError): KassaError => {
  switch (error._tag) {
    case 'Refused': {
      const { _tag, ...refusal } = error;
      return refused(refusal);
    }
    case 'NoRoute':
      return {
        code: 'no-route',
        reason: error.reason,
        ...NO_ROUTE[error.reason],
        refused: routingRefusals(error.refused),
      };
    case 'Failed':
      return ofHandler(error.failure);
  }
};

const NO_ROUTE = {
  'no-device': {
    message: 'The organisation has no cloud device that can take the receipt.',
    russian: 'У организации нет облачной ККТ, которая может принять чек.',
  },
  'no-register': {
    message: 'No register card is attached to the device of the organisation.',
    russian: 'К облачной ККТ организации не подключена касса.',
  },
  policy: {
    message: 'The policy of the register does not take this settlement.',
    russian: 'Политика кассы не допускает этот расчёт.',
  },
} as const;

const registeredOf = ({ receiptId, duplicate, position }: Registration): RegisteredReceipt => ({
  receiptId,
  duplicate,
  ...(position === undefined ? {} : { position }),
});

interface ReadTerms {
  readonly organisation: string;
  readonly source: { readonly document: string; readonly settlementId: string };
  readonly settled: Instant | LocalDateTime;
  readonly origin: 'manual' | 'exchange';
  readonly instrument: PaymentInstrument;
  readonly registerId?: string;
  readonly legacyVat?: LegacyVat;
}

const signOf = (given: number | undefined): E.Either<KassaError, SettlementSign> =>
  readInput(SettlementSignCodec, given ?? 1, 'settlementSign');

/** A basket without what only an order knows. */
const draftOf = (
  document: SettlementDocument,
  settlementSign: SettlementSign,
): RegistrationOrder['draft'] => {
  const { customerId: _customerId, ...rest } = document;
  return { ...rest, kind: 'receipt', settlementSign };
};

/** The basket of an order without the fields that are not its own. */
const basketIn = (order: BasketInput & ReceiptTerms): BasketInput => {
  const {
    organisation: _organisation,
    document: _document,
    settlementId: _settlementId,
    settledAt: _settledAt,
    instrument: _instrument,
    registerId: _registerId,
    manual: _manual,
    legacyVat: _legacyVat,
    ...rest
  } = order;
  return rest;
};

const contactOf = (
  buyer: BuyerInput | undefined,
  customerId: string | undefined,
): Pick<RegistrationOrder, 'contact' | 'customerId'> => ({
  ...(buyer === undefined ? {} : { contact: buyer }),
  ...(customerId === undefined ? {} : { customerId }),
});

export const receiptsOn = (kit: Kit): Receipts => {
  const { handlers, registrar, now, actor: usual } = kit;

  const by = ({ commandId, actor, correlationId, causationId }: Caller) => ({
    actor: actor ?? usual,
    ...(commandId === undefined ? {} : { commandId }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(causationId === undefined ? {} : { causationId }),
  });

  const momentOf = (given: string | undefined): E.Either<KassaError, Instant | LocalDateTime> => {
    if (given === undefined) return E.right(now());
    if (InstantCodec.is(given)) return E.right(given);
    return readInput(LocalDateTimeCodec, given, 'settledAt');
  };

  const termsOf = (order: ReceiptTerms): E.Either<KassaError, ReadTerms> => {
    const inn = readInput(InnCodec, order.organisation, 'organisation');
    if (E.isLeft(inn)) return inn;
    return E.map((settled: Instant | LocalDateTime): ReadTerms => {
      const { document, settlementId, registerId, legacyVat, manual, instrument } = order;
      return {
        organisation: inn.right,
        source: { document, settlementId },
        settled,
        origin: manual === true ? 'manual' : 'exchange',
        instrument: instrument ?? 'other',
        ...(registerId === undefined ? {} : { registerId }),
        ...(legacyVat === undefined ? {} : { legacyVat }),
      };
    })(momentOf(order.settledAt));
  };

  const registered = async (order: RegistrationOrder): Promise<Outcome<RegisteredReceipt>> => {
    const made = await registrar.register(order);
    return E.isLeft(made) ? failed(ofRegistration(made.left)) : done(registeredOf(made.right));
  };

  const refunded = async (order: RefundOrder): Promise<Outcome<RegisteredReceipt>> => {
    const made = await registrar.refund(order);
    return E.isLeft(made) ? failed(ofRegistration(made.left)) : done(registeredOf(made.right));
  };

  return {
    idOf: ({ organisation, document, settlementId }) => receiptIdOf(organisation, { document, settlementId }),
    order: registered,
    refundOrder: refunded,

    register: async ({ settlementSign, offsets = [], parents = [], ...order }, caller = {}) => {
      const terms = termsOf(order);
      if (E.isLeft(terms)) return failed(terms.left);
      const sign = signOf(settlementSign);
      if (E.isLeft(sign)) return failed(sign.left);
      const basket = readBasket(basketIn(order), undefined);
      if (E.isLeft(basket)) return failed(basket.left);
      const taken: Array<{ readonly receiptId: string; readonly amount: Kopecks }> = [];
      for (const [index, { receiptId, amount }] of offsets.entries()) {
        const money = readInput(KopecksCodec, amount, `offsets.${index}.amount`);
        if (E.isLeft(money)) return failed(money.left);
        taken.push({ receiptId, amount: money.right });
      }
      return registered({
        ...terms.right,
        ...by(caller),
        ...contactOf(order.buyer, order.customerId),
        draft: draftOf(basket.right, sign.right),
        offsets: taken,
        parents,
      });
    },

    refund: async ({ receiptId, items, buyer, ...order }, caller = {}) => {
      const terms = termsOf(order);
      if (E.isLeft(terms)) return failed(terms.left);
      const wanted = [];
      for (const [index, { line, quantity }] of (items ?? []).entries()) {
        const amount = readInput(QuantityCodec, quantity, `items.${index}.quantity`);
        if (E.isLeft(amount)) return failed(amount.left);
        wanted.push({ line, quantity: amount.right });
      }
      const bound = buyer === undefined ? E.right(undefined) : await kit.bindBuyer(buyer);
      if (E.isLeft(bound)) return failed(bound.left);
      return refunded({
        ...terms.right,
        ...by(caller),
        sale: { kind: 'receipt', receiptId },
        returned: items === undefined ? { what: 'rest' } : { what: 'lines', lines: wanted },
        ...(bound.right === undefined ? {} : { buyer: bound.right }),
      });
    },

    correct: async ({ receiptId, right, ground, ...order }, caller = {}) => {
      const terms = termsOf(order);
      if (E.isLeft(terms)) return failed(terms.left);
      const { settlementSign, ...input } = right;
      const sign = signOf(settlementSign);
      if (E.isLeft(sign)) return failed(sign.left);
      const basket = readBasket(input, undefined);
      if (E.isLeft(basket)) return failed(basket.left);
      const { settled: _settled, ...rest } = terms.right;
      const made = await registrar.correct({
        ...rest,
        ...by(caller),
        ...contactOf(right.buyer, right.customerId),
        what: 'error',
        wrong: { kind: 'receipt', receiptId },
        right: draftOf(basket.right, sign.right),
        ...(ground === undefined ? {} : { ground }),
      });
      return E.isLeft(made) ? failed(ofRegistration(made.left)) : done(made.right.map(registeredOf));
    },

    correctMissed: async ({ settlementSign, ground, ...order }, caller = {}) => {
      const terms = termsOf(order);
      if (E.isLeft(terms)) return failed(terms.left);
      const sign = signOf(settlementSign);
      if (E.isLeft(sign)) return failed(sign.left);
      const basket = readBasket(basketIn(order), undefined);
      if (E.isLeft(basket)) return failed(basket.left);
      const made = await registrar.correct({
        ...terms.right,
        ...by(caller),
        ...contactOf(order.buyer, order.customerId),
        what: 'missed',
        draft: draftOf(basket.right, sign.right),
        ...(ground === undefined ? {} : { ground }),
      });
      return E.isLeft(made) ? failed(ofRegistration(made.left)) : done(made.right.map(registeredOf));
    },

    get: async (receiptId) => {
      const loaded = await handlers.receipts.load(receiptId)();
      if (E.isLeft(loaded)) return failed(ofLoad(loaded.left));
      const { state } = loaded.right;
      return state === undefined ? failed(notFound('receiptId', 'There is no such receipt.')) : done(state);
    },
  };
};
