import * as t from 'io-ts';
import type {
  AgentMask,
  CorrectionType,
  FfdVersion,
  Kopecks,
  LocalDate,
  LocalDateTime,
  Measure,
  PaymentMethod,
  PaymentSubject,
  Payments,
  Quantity,
  SettlementSign,
  Taxation,
  VatCode,
  VatRule,
  VatTotal,
  ZoneCode,
} from '@cloud-kassa/ffd';
import {
  AgentMaskCodec,
  CorrectionTypeCodec,
  FfdVersionCodec,
  KopecksCodec,
  LocalDateCodec,
  LocalDateTimeCodec,
  MeasureCodec,
  PaymentMethodCodec,
  PaymentSubjectCodec,
  PaymentsCodec,
  QuantityCodec,
  SettlementSignCodec,
  TaxationCodec,
  VatCodeCodec,
  VatRuleCodec,
  ZoneCodeCodec,
  literalCodec,
  recordCodec,
} from '@cloud-kassa/ffd';
import type { Buyer } from './buyer';
import { BuyerCodec } from './buyer';

/** Agent data (данные агента, tag 1223) of an item or, in FFD 1.05 and 1.1, of the receipt. */
export interface AgentData {
  readonly operation?: string;
  readonly agentPhones?: ReadonlyArray<string>;
  readonly operatorPhones?: ReadonlyArray<string>;
  readonly transferOperatorPhones?: ReadonlyArray<string>;
  readonly transferOperatorName?: string;
  readonly transferOperatorAddress?: string;
  readonly transferOperatorInn?: string;
}

/** The supplier an agent acts for (данные поставщика, tags 1224, 1226). */
export interface Supplier {
  readonly inn: string;
  readonly name?: string;
  readonly phones?: ReadonlyArray<string>;
}

/** The agent sign (признак агента, tag 1222; 1057 on the receipt in FFD 1.05 and 1.1) with its data. */
export interface Agent {
  readonly sign: AgentMask;
  readonly data?: AgentData;
  readonly supplier?: Supplier;
}

/** A marked piece or part of one (tags 1162, 1163, 1291, 2003, 2106, 2102). The code itself is kept as scanned. */
export interface Marking {
  readonly code: string;
  readonly plannedStatus?: number;
  readonly checkResult?: number;
  readonly fraction?: { readonly numerator: number; readonly denominator: number };
}

/** An attribute that an industry act demands (отраслевой реквизит, tags 1260, 1261). */
export interface IndustryAttribute {
  readonly authority: string;
  readonly documentDate: LocalDate;
  readonly documentNumber: string;
  readonly value: string;
}

/** One line of a receipt (предмет расчета, tag 1059). */
export interface ReceiptItem {
  /** Tag 1030. */
  readonly name: string;
  /** Price of one unit after discounts, VAT included (tag 1079). */
  readonly price: Kopecks;
  /** Tag 1023. */
  readonly quantity: Quantity;
  /** Price times quantity, rounded half-up to a kopeck (tag 1043). */
  readonly sum: Kopecks;
  /** Tag 1199. */
  readonly vatCode: VatCode;
  /** VAT of the line (tag 1200); absent for rate codes 5 and 6. */
  readonly vatSum?: Kopecks;
  /** Tag 1214. */
  readonly paymentMethod: PaymentMethod;
  /** Tag 1212. */
  readonly subject: PaymentSubject;
  /** Measure of quantity (tag 2108), FFD 1.2. */
  readonly measure?: Measure;
  /** Unit as free text (tag 1197), FFD 1.05 and 1.1. */
  readonly unit?: string;
  readonly agent?: Agent;
  readonly marking?: Marking;
  /** Tag 1229. */
  readonly excise?: Kopecks;
  /** Three digits of the world classifier of countries (tag 1230). */
  readonly country?: string;
  /** Tag 1231. */
  readonly customsDeclaration?: string;
  /** Tag 1191. */
  readonly additionalAttribute?: string;
  readonly industry?: ReadonlyArray<IndustryAttribute>;
}

/** Where the settlement takes place (tags 1009 and 1187); with the Internet sign `place` is the address of the site. */
export interface Place {
  readonly address?: string;
  readonly place?: string;
}

/** The cashier (tags 1021 and 1203). */
export interface Cashier {
  readonly name: string;
  readonly inn?: string;
}

/** Ground of a correction (tags 1173, 1174 > 1178, 1179). */
export interface Correction {
  readonly type: CorrectionType;
  /** Date of the settlement that is corrected (tag 1178). */
  readonly settledOn: LocalDate;
  /** Number of the tax authority's order (tag 1179); obligatory for type 1. */
  readonly orderNumber?: string;
  /** Why: the register was not used, an error is reversed, or the right data are given after a reversal. */
  readonly reason: 'not-applied' | 'error-reversal' | 'error-right-data';
}

/** Everything that is fiscalised. Two receipts with the same content are equal in every field of the document but its numbers. */
export interface ReceiptContent {
  readonly kind: 'receipt' | 'correction';
  readonly ffd: FfdVersion;
  /** Tag 1054. */
  readonly settlementSign: SettlementSign;
  /** Local time of the place of settlement. */
  readonly settledAt: LocalDateTime;
  /** Tag 1011. */
  readonly zone: ZoneCode;
  /** Tag 1055. */
  readonly taxation: Taxation;
  /** Empty only in a correction of FFD 1.05. */
  readonly items: ReadonlyArray<ReceiptItem>;
  /** Tag 1020. */
  readonly total: Kopecks;
  /** Tags 1031, 1081, 1215, 1216, 1217. */
  readonly payments: Payments;
  /** Totals by rate (tags 1102 to 1107, 1115 > 1119), sorted by code. */
  readonly vatTotals: ReadonlyArray<VatTotal>;
  readonly vatRule: VatRule;
  readonly buyer?: Buyer;
  /** Sender's address of the electronic receipt (tag 1117). */
  readonly senderEmail?: string;
  readonly place: Place;
  /** The settlement is cashless over the Internet (tag 1125). */
  readonly internet: boolean;
  /** Number of the automatic device (tag 1036). */
  readonly automatNumber?: string;
  readonly cashier?: Cashier;
  readonly correction?: Correction;
  /** Additional attribute of the receipt (tag 1192): the fiscal sign of a wrong document, else free for a trace tag. */
  readonly additionalAttribute?: string;
  /** Additional attribute of the user (tag 1084). */
  readonly userAttribute?: { readonly name: string; readonly value: string };
  /** Receipt-level agent, FFD 1.05 and 1.1 only. */
  readonly agent?: Agent;
  readonly industry?: IndustryAttribute;
}

const VatTotalCodec: t.Type<VatTotal, unknown> = recordCodec(
  'VatTotal',
  { code: VatCodeCodec, amount: KopecksCodec },
  {},
);

const AgentDataCodec: t.Type<AgentData, unknown> = recordCodec(
  'AgentData',
  {},
  {
    operation: t.string,
    agentPhones: t.readonlyArray(t.string),
    operatorPhones: t.readonlyArray(t.string),
    transferOperatorPhones: t.readonlyArray(t.string),
    transferOperatorName: t.string,
    transferOperatorAddress: t.string,
    transferOperatorInn: t.string,
  },
);

const SupplierCodec: t.Type<Supplier, unknown> = recordCodec(
  'Supplier',
  { inn: t.string },
  { name: t.string, phones: t.readonlyArray(t.string) },
);

export const AgentCodec: t.Type<Agent, unknown> = recordCodec(
  'Agent',
  { sign: AgentMaskCodec },
  { data: AgentDataCodec, supplier: SupplierCodec },
);

const MarkingCodec: t.Type<Marking, unknown> = recordCodec(
  'Marking',
  { code: t.string },
  {
    plannedStatus: t.number,
    checkResult: t.number,
    fraction: recordCodec('Fraction', { numerator: t.number, denominator: t.number }, {}),
  },
);

const IndustryAttributeCodec: t.Type<IndustryAttribute, unknown> = recordCodec(
  'IndustryAttribute',
  { authority: t.string, documentDate: LocalDateCodec, documentNumber: t.string, value: t.string },
  {},
);

export const ReceiptItemCodec: t.Type<ReceiptItem, unknown> = recordCodec(
  'ReceiptItem',
  {
    name: t.string,
    price: KopecksCodec,
    quantity: QuantityCodec,
    sum: KopecksCodec,
    vatCode: VatCodeCodec,
    paymentMethod: PaymentMethodCodec,
    subject: PaymentSubjectCodec,
  },
  {
    vatSum: KopecksCodec,
    measure: MeasureCodec,
    unit: t.string,
    agent: AgentCodec,
    marking: MarkingCodec,
    excise: KopecksCodec,
    country: t.string,
    customsDeclaration: t.string,
    additionalAttribute: t.string,
    industry: t.readonlyArray(IndustryAttributeCodec),
  },
);

export const CorrectionCodec: t.Type<Correction, unknown> = recordCodec(
  'Correction',
  {
    type: CorrectionTypeCodec,
    settledOn: LocalDateCodec,
    reason: literalCodec(['not-applied', 'error-reversal', 'error-right-data'] as const, 'CorrectionReason'),
  },
  { orderNumber: t.string },
);

export const ReceiptContentCodec: t.Type<ReceiptContent, unknown> = recordCodec(
  'ReceiptContent',
  {
    kind: literalCodec(['receipt', 'correction'] as const, 'ReceiptKind'),
    ffd: FfdVersionCodec,
    settlementSign: SettlementSignCodec,
    settledAt: LocalDateTimeCodec,
    zone: ZoneCodeCodec,
    taxation: TaxationCodec,
    items: t.readonlyArray(ReceiptItemCodec),
    total: KopecksCodec,
    payments: PaymentsCodec,
    vatTotals: t.readonlyArray(VatTotalCodec),
    vatRule: VatRuleCodec,
    place: recordCodec('Place', {}, { address: t.string, place: t.string }),
    internet: t.boolean,
  },
  {
    buyer: BuyerCodec,
    senderEmail: t.string,
    automatNumber: t.string,
    cashier: recordCodec('Cashier', { name: t.string }, { inn: t.string }),
    correction: CorrectionCodec,
    additionalAttribute: t.string,
    userAttribute: recordCodec('UserAttribute', { name: t.string, value: t.string }, {}),
    agent: AgentCodec,
    industry: IndustryAttributeCodec,
  },
);
