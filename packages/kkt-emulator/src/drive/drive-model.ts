/** Модель фискального накопителя: for how many months its key is made and whether it can work with marking codes. */
export interface DriveModel {
  /** ФН-13, ФН-15 or ФН-36. */
  readonly months: 13 | 15 | 36;
  /** ФН-М or later: needed by FFD 1.2 for marked goods. */
  readonly marking: boolean;
}

/** How a drive is used, as far as the life of its key depends on it. */
export interface DriveUse {
  readonly ffd: '1.05' | '1.1' | '1.2';
  /** Автономный режим (tag 1002). */
  readonly offline: boolean;
  readonly excise: boolean;
  readonly gambling: boolean;
  readonly lottery: boolean;
  readonly pawnshop: boolean;
  readonly insurance: boolean;
  /** Goods are sold, not services alone. */
  readonly goods: boolean;
  /** ОСН is among the registered taxation systems. */
  readonly generalTaxation: boolean;
  readonly agents: boolean;
}

/**
 * Срок действия ключа фискального признака in days. The first matching row decides.
 * Source: decision table of fiscal-drive tooling (function `GetFNLifeLength` of KassArray), itself after order ЕД-7-20/662@.
 */
export const keyLifeDays = (months: DriveModel['months'], use: DriveUse): number => {
  const short = months !== 36;
  const newest = use.ffd === '1.2';
  if (short && newest && (use.gambling || use.lottery || use.pawnshop || use.insurance)) return 410;
  if (use.excise && (newest || !short)) return 410;
  if (use.offline && (short || (newest && use.goods && use.generalTaxation))) return 410;
  if (use.offline) return 560;
  if (!short && use.generalTaxation && (use.goods || (use.agents && newest))) return 560;
  return { 13: 410, 15: 470, 36: 1110 }[months];
};

/** At most this many documents are signed by any drive. Source: ATOL help, article 11253. */
export const DRIVE_CAPACITY = 250_000;
