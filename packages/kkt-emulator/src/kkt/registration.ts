import type { Cashier } from '../request';

/** Version of the fiscal data format (ФФД): tag 1209 holds 2, 3 or 4. */
export type FfdVersion = '1.05' | '1.1' | '1.2';

export const FFD_CODE: Readonly<Record<FfdVersion, number>> = { '1.05': 2, '1.1': 3, '1.2': 4 };

/** Conditions of use: separate flags up to FFD 1.1, bits of tag 1290 in FFD 1.2. */
export interface UsageConditions {
  /** 1001, with 1036. */
  readonly automatic: boolean;
  /** Автономный режим (1002). */
  readonly offline: boolean;
  /** 1056. */
  readonly encryption: boolean;
  /** 1221; 1290 bit 0x2. */
  readonly printerInMachine: boolean;
  /** АС БСО (1110); 0x4. */
  readonly strictForms: boolean;
  /** Only for settlements in the Internet (1108); 0x20. */
  readonly internetOnly: boolean;
  /** 1207; 0x40. */
  readonly excise: boolean;
  /** 0x100. */
  readonly markedGoods: boolean;
  /** 1109; 0x200. */
  readonly servicesOnly: boolean;
  /** 1193; 0x400. */
  readonly gambling: boolean;
  /** 1126; 0x800. */
  readonly lottery: boolean;
  /** 0x1000. */
  readonly pawnshop: boolean;
  /** 0x2000. */
  readonly insurance: boolean;
  /** 0x4000. */
  readonly vending: boolean;
  /** 0x8000. */
  readonly catering: boolean;
  /** 0x10000. */
  readonly wholesale: boolean;
}

/** A register for settlements in the Internet, as cloud services rent them out: nothing else is set. */
export const INTERNET_SHOP: UsageConditions = {
  automatic: false,
  offline: false,
  encryption: false,
  printerInMachine: false,
  strictForms: false,
  internetOnly: true,
  excise: false,
  markedGoods: false,
  servicesOnly: false,
  gambling: false,
  lottery: false,
  pawnshop: false,
  insurance: false,
  vending: false,
  catering: false,
  wholesale: false,
};

/** What a registration report (forms 1 and 11) says. */
export interface Registration {
  readonly ffd: FfdVersion;
  /** 1018 and 1048. */
  readonly organisation: { readonly inn: string; readonly name: string };
  /** Регистрационный номер ККТ (1037), 16 digits. */
  readonly registrationNumber: string;
  /** Системы налогообложения (1062): sum of bits. */
  readonly taxation: number;
  readonly conditions: UsageConditions;
  /** Agents declared (1057), bit mask; FFD 1.05 and 1.1. */
  readonly agents?: number;
  /** Адрес расчетов (1009): where the register stands, for a cloud register the data centre. */
  readonly address: string;
  /** Место расчетов (1187): for an Internet shop its site. */
  readonly place: string;
  /** 1036, with the automatic mode. */
  readonly machineNumber?: string;
  /** 1017 and 1046; absent in the offline mode. */
  readonly ofd?: { readonly inn: string; readonly name: string };
  /** Адрес сайта ФНС (1060). */
  readonly taxServiceSite: string;
  /** 1117. */
  readonly sender?: string;
  /** Who registers (1021, 1203). */
  readonly cashier: Cashier;
}
