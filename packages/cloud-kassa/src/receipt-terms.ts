import type { PaymentInstrument } from '@cloud-kassa/core';
import type { Instant, LegacyVat, LocalDateTime } from '@cloud-kassa/ffd';
import { InnCodec, InstantCodec, LocalDateTimeCodec, recordCodec } from '@cloud-kassa/ffd';
import type { RegistrationOrder } from '@cloud-kassa/fiscalizer';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { readInput } from './input';
import { BuyerInputCodec, InstrumentCodec, LegacyVatCodec, NameCodec } from './input-codecs';
import type { KassaError } from './kassa-error';
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

/** The terms of an order, read: what it is the receipt of, and how it came about. */
export interface ReadTerms {
  readonly organisation: string;
  readonly source: { readonly document: string; readonly settlementId: string };
  readonly settled?: Instant | LocalDateTime;
  readonly origin: 'manual' | 'exchange';
  readonly instrument: PaymentInstrument;
  readonly registerId?: string;
  readonly legacyVat?: LegacyVat;
}

/** The terms that every order gives. */
export const obligatoryTerms = { organisation: InnCodec, document: NameCodec, settlementId: NameCodec };
export const optionalTerms = {
  instrument: InstrumentCodec,
  registerId: NameCodec,
  manual: t.boolean,
  legacyVat: LegacyVatCodec,
  settledAt: t.string,
};

/** Terms that stand beside the fields of a basket, which {@link readBasket} judges. */
const TermsCodec = recordCodec('ReceiptTerms', obligatoryTerms, optionalTerms);

/** The basket of an order without the fields that are not its own. */
export const basketIn = (order: BasketInput & ReceiptTerms): BasketInput => {
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

/** The contact of an order as the registrar takes it. */
export const contactOf = (
  buyer: BuyerInput | undefined,
  customerId: string | undefined,
): E.Either<KassaError, Pick<RegistrationOrder, 'contact' | 'customerId'>> => {
  const customer = customerId === undefined ? {} : { customerId };
  if (buyer === undefined) return E.right(customer);
  return E.map((contact: BuyerInput) => ({ contact, ...customer }))(
    readInput(BuyerInputCodec, buyer, 'buyer'),
  );
};

/** An order that names no moment is of now, or, told again, of the moment that was recorded: the registrar knows which. */
const momentOf = (given: string | undefined): E.Either<KassaError, Pick<ReadTerms, 'settled'>> => {
  if (given === undefined) return E.right({});
  if (InstantCodec.is(given)) return E.right({ settled: given });
  return E.map((settled: LocalDateTime) => ({ settled }))(readInput(LocalDateTimeCodec, given, 'settledAt'));
};

/** Reads the terms of an order; its basket and its buyer are read elsewhere. */
export const termsOf = (order: unknown): E.Either<KassaError, ReadTerms> => {
  const read = readInput(TermsCodec, order);
  if (E.isLeft(read)) return read;
  const { organisation, document, settlementId, settledAt, registerId, legacyVat, manual, instrument } =
    read.right;
  return E.map((moment: Pick<ReadTerms, 'settled'>): ReadTerms => ({
    organisation,
    source: { document, settlementId },
    ...moment,
    origin: manual === true ? 'manual' : 'exchange',
    instrument: instrument ?? 'other',
    ...(registerId === undefined ? {} : { registerId }),
    ...(legacyVat === undefined ? {} : { legacyVat }),
  }))(momentOf(settledAt));
};
