import type { Agent, Cashier, IndustryAttribute, Marking, Place } from '@cloud-kassa/core';

/** The buyer as the shop knows them. A telephone or an e-mail address is obligatory on a cloud register (S27). */
export interface BuyerInput {
  /** With country code: `+79123456789`; an 8 in front of ten digits is read as +7. */
  readonly phone?: string;
  readonly email?: string;
  readonly name?: string;
  readonly inn?: string;
}

/** One line. Sum and VAT are computed; a source may state them, and then they must agree. */
export interface ItemInput {
  readonly name: string;
  /** Kopecks for one unit, after discounts, VAT included. */
  readonly price: number;
  /** A decimal number as text, at most six places: `'1'`, `'0.255'`. */
  readonly quantity: string;
  /** Tag 1199: 1 = 20 %, 2 = 10 %, 5 = 0 %, 6 = without VAT, 7 = 5 %, 8 = 7 %, 11 = 22 %. */
  readonly vatCode: number;
  /** Tag 1214. Default 4, full payment. */
  readonly paymentMethod?: number;
  /** Tag 1212. Default 1, goods. */
  readonly subject?: number;
  /** Tag 2108, obligatory on a register of FFD 1.2 and unknown to the others: 0 pieces, 11 kilograms … */
  readonly measure?: number;
  /** Tag 1197 of FFD 1.05 and 1.1. */
  readonly unit?: string;
  readonly sum?: number;
  readonly vatSum?: number;
  readonly agent?: Agent;
  readonly marking?: Marking;
  readonly excise?: number;
  readonly country?: string;
  readonly customsDeclaration?: string;
  readonly additionalAttribute?: string;
  readonly industry?: ReadonlyArray<IndustryAttribute>;
}

/** Sums by kind of payment in kopecks (tags 1031, 1081, 1215, 1216, 1217). What is left out is nought. */
export interface PaymentsInput {
  readonly cash?: number;
  readonly cashless?: number;
  readonly prepaid?: number;
  readonly credit?: number;
  readonly provision?: number;
}

/** What a receipt or a payment is for: lines, taxation, place. The register adds the rest. */
export interface BasketInput {
  /** Tag 1055: 1 general, 2 simplified, 4 simplified minus expenses, 16 farm, 32 patent. */
  readonly taxation: number;
  readonly items: ReadonlyArray<ItemInput>;
  /** Default: all of it cashless. */
  readonly payments?: PaymentsInput;
  /** Kopecks. Default: the sum of the lines; may be lower within the same rouble. */
  readonly total?: number;
  readonly buyer?: BuyerInput;
  /** The shop's name for its customer: a contact may be found by it (S28). */
  readonly customerId?: string;
  /** Address or site of the settlement. */
  readonly place: Place;
  /** Settled over the Internet (tag 1125). Default true. */
  readonly internet?: boolean;
  readonly cashier?: Cashier;
  readonly senderEmail?: string;
  readonly automatNumber?: string;
  readonly additionalAttribute?: string;
  readonly userAttribute?: { readonly name: string; readonly value: string };
  readonly agent?: Agent;
  readonly industry?: IndustryAttribute;
}
