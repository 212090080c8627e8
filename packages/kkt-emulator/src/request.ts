import type { PaymentSums } from './drive/counters';
import type { VatAmount } from './arithmetic/vat-totals';

/**
 * What a cloud register is asked to fiscalise, in nobody's dialect: money in integer kopecks, quantities as decimal strings,
 * codes as the numbers of the format, days as `YYYY-MM-DD`. Nothing is trusted: every field is judged on admission.
 */
export interface ReceiptRequest {
  readonly kind: 'receipt' | 'correction';
  /** A strict-reporting form (БСО, forms 4 and 41) instead of a receipt (3 and 31). */
  readonly strictForm?: boolean;
  /** INN of the organisation the sender takes the register for. */
  readonly organisation?: string;
  /** Признак расчета (1054): 1 to 4. */
  readonly settlementSign: number;
  /** Система налогообложения (1055), one bit; absent = the only registered one. */
  readonly taxation?: number;
  /** Предметы расчета (1059); a correction of FFD 1.05 may have none. */
  readonly items: ReadonlyArray<ItemRequest>;
  /** Сумма расчета (1020), kopecks; absent = the sum of the lines. */
  readonly total?: number;
  /** 1031, 1081, 1215, 1216, 1217, kopecks; an absent sum is nought. */
  readonly payments: Partial<PaymentSums>;
  /** VAT of the receipt (1102 to 1107, 1115); absent = computed by the register's own rule. */
  readonly vatTotals?: ReadonlyArray<VatAmount>;
  /** Why a line is still at 20 % after 2025, where the document itself does not show it. */
  readonly legacyGround?: 'credit-of-earlier-shipment';
  /** Телефон или электронный адрес покупателя (1008). */
  readonly contact?: string;
  /** Признак расчета в «Интернет» (1125). */
  readonly internet?: boolean;
  /** Место расчетов (1187) and адрес расчетов (1009); absent = as registered. */
  readonly place?: string;
  readonly address?: string;
  /** Кассир (1021) and his INN (1203). */
  readonly cashier?: Cashier;
  /** Адрес электронной почты отправителя чека (1117); absent = as registered. */
  readonly sender?: string;
  /** Номер автомата (1036). */
  readonly machineNumber?: string;
  /** Дополнительный реквизит чека (1192). */
  readonly additional?: string;
  /** Дополнительный реквизит пользователя (1084: 1085, 1086). */
  readonly userProperty?: { readonly name: string; readonly value: string };
  readonly buyer?: BuyerRequest;
  /** Agent of the whole receipt (1057 and its tags): FFD 1.05 and 1.1 only. */
  readonly agent?: AgentRequest;
  /** Телефоны поставщика of the whole receipt (1171): FFD 1.05 and 1.1 only. */
  readonly supplierPhones?: ReadonlyArray<string>;
  /** Отраслевой реквизит чека (1261): FFD 1.2 only. */
  readonly industry?: IndustryRequest;
  /** Операционный реквизит чека (1270): FFD 1.2 only. `at` is local time `YYYY-MM-DDTHH:mm:ss`. */
  readonly operational?: { readonly id: number; readonly data: string; readonly at: string };
  /** Сведения об оплатах безналичными (1234 with 1235 inside). */
  readonly cashlessDetails?: ReadonlyArray<CashlessDetail>;
  /** Тип коррекции (1173) and основание (1174: 1178, 1179); corrections only. */
  readonly correction?: { readonly type: number; readonly date: string; readonly number?: string };
}

export interface Cashier {
  readonly name: string;
  readonly inn?: string;
}

/** Предмет расчета (1059). */
export interface ItemRequest {
  /** 1030. */
  readonly name: string;
  /** 1079, kopecks, VAT included. */
  readonly price: number;
  /** 1023, a decimal of at most six places. */
  readonly quantity: string;
  /** 1043, kopecks; absent = computed. */
  readonly sum?: number;
  /** 1199. */
  readonly vatCode: number;
  /** 1200, kopecks. */
  readonly vatSum?: number;
  /** 1198, kopecks. */
  readonly unitVat?: number;
  /** 1214. */
  readonly method?: number;
  /** 1212. */
  readonly subject?: number;
  /** 2108: FFD 1.2. */
  readonly measure?: number;
  /** 1197: FFD 1.05 and 1.1. */
  readonly unit?: string;
  /** 1222 and 1223. */
  readonly agent?: AgentRequest;
  /** 1226, and 1224 with 1225 and 1171. */
  readonly supplier?: SupplierRequest;
  /** 1229, kopecks. */
  readonly excise?: number;
  /** 1230, three digits. */
  readonly country?: string;
  /** 1231. */
  readonly customsDeclaration?: string;
  /** 1191. */
  readonly additional?: string;
  /** 1162 as hexadecimal bytes: FFD 1.05 and 1.1. */
  readonly productCode?: string;
  /** 1163: FFD 1.2; `kind` is the tag 1300 to 1309 or 1320 to 1325. */
  readonly goodsCode?: { readonly kind: number; readonly value: string };
  /** 2106: FFD 1.2. */
  readonly checkResult?: number;
  /** 1291: FFD 1.2. */
  readonly fraction?: { readonly numerator: number; readonly denominator: number };
  /** 1260: FFD 1.2. */
  readonly industry?: ReadonlyArray<IndustryRequest>;
}

/** Данные агента: 1057 or 1222 with 1044, 1073, 1074, 1075, 1026, 1005, 1016. */
export interface AgentRequest {
  /** Bit mask 1 to 127. */
  readonly mask: number;
  readonly operation?: string;
  readonly agentPhones?: ReadonlyArray<string>;
  readonly receiverPhones?: ReadonlyArray<string>;
  readonly transferPhones?: ReadonlyArray<string>;
  readonly transferName?: string;
  readonly transferAddress?: string;
  readonly transferInn?: string;
}

/** Данные поставщика: 1226, 1225, 1171. Twelve noughts stand for a supplier without a Russian INN. */
export interface SupplierRequest {
  readonly inn?: string;
  readonly name?: string;
  readonly phones?: ReadonlyArray<string>;
}

/** Сведения о покупателе: 1227 and 1228, and in FFD 1.2 the rest of 1256. */
export interface BuyerRequest {
  readonly name?: string;
  readonly inn?: string;
  /** `YYYY-MM-DD`. */
  readonly birthday?: string;
  readonly citizenship?: string;
  readonly documentCode?: string;
  readonly documentData?: string;
  readonly address?: string;
}

/** Отраслевой реквизит: 1262, 1263, 1264, 1265. `date` is `YYYY-MM-DD`. */
export interface IndustryRequest {
  readonly authority: string;
  readonly date: string;
  readonly number: string;
  readonly value: string;
}

/** Сведения об оплате безналичными (1235): 1082, 1236, 1237, 1238. */
export interface CashlessDetail {
  readonly amount: number;
  readonly method: number;
  readonly identifiers: string;
  readonly additional?: string;
}
