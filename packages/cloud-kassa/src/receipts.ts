import type {
  CorrectionOrder as CorrectionGround,
  Parent,
  Receipt,
  SettlementDocument,
} from '@cloud-kassa/core';
import { receiptIdOf } from '@cloud-kassa/core';
import type { Quantity, SettlementSign } from '@cloud-kassa/ffd';
import { exactRecordCodec, KopecksCodec, SettlementSignCodec } from '@cloud-kassa/ffd';
import type { CorrectionOrder, RefundOrder, Registration, RegistrationOrder } from '@cloud-kassa/fiscalizer';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Caller } from './caller';
import { findReceipt } from './find-receipt';
import { readInput } from './input';
import {
  BuyerInputCodec,
  GroundCodec,
  ParentInputCodec,
  ReturnedLineCodec,
  StreamPartCodec,
} from './input-codecs';
import type { KassaError } from './kassa-error';
import type { Kit } from './kit';
import { ofRegistration } from './of-registration';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';
import { quantityOf, readBasket } from './read-basket';
import type { BasketInput, BuyerInput } from './receipt-input';
import type { ReceiptTerms, SettlementName } from './receipt-terms';
import { basketIn, contactOf, obligatoryTerms, optionalTerms, termsOf } from './receipt-terms';

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

const registeredOf = ({ receiptId, duplicate, position }: Registration): RegisteredReceipt => ({
  receiptId,
  duplicate,
  ...(position === undefined ? {} : { position }),
});

const RefundCodec = exactRecordCodec(
  'RefundOfReceiptOrder',
  { ...obligatoryTerms, receiptId: StreamPartCodec },
  { ...optionalTerms, items: t.readonlyArray(ReturnedLineCodec), buyer: BuyerInputCodec },
);

const CorrectionCodec = exactRecordCodec(
  'ErrorCorrectionOrder',
  { ...obligatoryTerms, receiptId: StreamPartCodec, right: t.UnknownRecord },
  { ...optionalTerms, ground: GroundCodec },
);

const OffsetsCodec = t.readonlyArray(
  exactRecordCodec('Offset', { receiptId: StreamPartCodec, amount: KopecksCodec }),
);

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

/** Callers give a buyer; further in it is a contact. */
const theirField = (error: KassaError): KassaError =>
  error.code === 'refused' ? { ...error, field: error.field.replace(/^contact(?=\.|$)/, 'buyer') } : error;

/** What is right lies a level deeper in an order of correction. */
const insideRight = (error: KassaError): Outcome<never> =>
  failed(error.code === 'refused' ? { ...error, field: `right.${error.field}` } : error);

export const receiptsOn = (kit: Kit): Receipts => {
  const { handlers, registrar, now, actor: usual } = kit;

  const by = ({ commandId, actor, correlationId, causationId }: Caller) => ({
    actor: actor ?? usual,
    ...(commandId === undefined ? {} : { commandId }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(causationId === undefined ? {} : { causationId }),
  });

  const registered = async (order: RegistrationOrder): Promise<Outcome<RegisteredReceipt>> => {
    const made = await registrar.register(order);
    return E.isLeft(made) ? failed(ofRegistration(made.left)) : done(registeredOf(made.right));
  };

  const corrected = async (order: CorrectionOrder): Promise<Outcome<ReadonlyArray<RegisteredReceipt>>> => {
    const made = await registrar.correct(order);
    return E.isLeft(made)
      ? failed(theirField(ofRegistration(made.left)))
      : done(made.right.map(registeredOf));
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
      const contact = contactOf(order.buyer, order.customerId);
      if (E.isLeft(contact)) return failed(contact.left);
      const taken = readInput(OffsetsCodec, offsets, 'offsets');
      if (E.isLeft(taken)) return failed(taken.left);
      const earlier = readInput(t.readonlyArray(ParentInputCodec), parents, 'parents');
      if (E.isLeft(earlier)) return failed(earlier.left);
      const made = await registered({
        ...terms.right,
        ...by(caller),
        ...contact.right,
        draft: draftOf(basket.right, sign.right),
        offsets: taken.right,
        parents: earlier.right,
      });
      return made.ok ? made : failed(theirField(made.error));
    },

    refund: async (order, caller = {}) => {
      const read = readInput(RefundCodec, order);
      if (E.isLeft(read)) return failed(read.left);
      const { receiptId, items, buyer } = read.right;
      const terms = termsOf(order);
      if (E.isLeft(terms)) return failed(terms.left);
      const wanted: Array<{ readonly line: number; readonly quantity: Quantity }> = [];
      for (const [index, { line, quantity }] of (items ?? []).entries()) {
        const amount = quantityOf(quantity, `items.${index}.quantity`);
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

    correct: async (order, caller = {}) => {
      const read = readInput(CorrectionCodec, order);
      if (E.isLeft(read)) return failed(read.left);
      const { receiptId, ground } = read.right;
      const terms = termsOf(order);
      if (E.isLeft(terms)) return failed(terms.left);
      const { settlementSign, ...input } = order.right;
      const sign = signOf(settlementSign);
      if (E.isLeft(sign)) return insideRight(sign.left);
      const basket = readBasket(input, undefined);
      if (E.isLeft(basket)) return insideRight(basket.left);
      const contact = contactOf(input.buyer, input.customerId);
      if (E.isLeft(contact)) return insideRight(contact.left);
      const { settled: _settled, ...rest } = terms.right;
      return corrected({
        ...rest,
        ...by(caller),
        ...contact.right,
        what: 'error',
        wrong: { kind: 'receipt', receiptId },
        right: draftOf(basket.right, sign.right),
        ...(ground === undefined ? {} : { ground }),
      });
    },

    correctMissed: async ({ settlementSign, ground, ...order }, caller = {}) => {
      const terms = termsOf(order);
      if (E.isLeft(terms)) return failed(terms.left);
      const sign = signOf(settlementSign);
      if (E.isLeft(sign)) return failed(sign.left);
      const basket = readBasket(basketIn(order), undefined);
      if (E.isLeft(basket)) return failed(basket.left);
      const contact = contactOf(order.buyer, order.customerId);
      if (E.isLeft(contact)) return failed(contact.left);
      const reason = ground === undefined ? E.right(undefined) : readInput(GroundCodec, ground, 'ground');
      if (E.isLeft(reason)) return failed(reason.left);
      return corrected({
        ...terms.right,
        settled: terms.right.settled ?? now(),
        ...by(caller),
        ...contact.right,
        what: 'missed',
        draft: draftOf(basket.right, sign.right),
        ...(reason.right === undefined ? {} : { ground: reason.right }),
      });
    },

    get: (receiptId) => findReceipt(handlers, receiptId),
  };
};
