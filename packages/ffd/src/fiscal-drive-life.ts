import { literalCodec } from './guarded-codec';
import type { FfdVersion } from './ffd-version';

/** Models of fiscal drives by ascending life. */
export const FISCAL_DRIVE_MODELS = ['FN-13', 'FN-15', 'FN-36'] as const;

/** Model of a fiscal drive (фискальный накопитель) by the nominal life of its key in months. */
export type FiscalDriveModel = (typeof FISCAL_DRIVE_MODELS)[number];

/** {@link FiscalDriveModel} in stored and transferred data: a value of the list and nothing else. */
export const FiscalDriveModelCodec = literalCodec<FiscalDriveModel>(FISCAL_DRIVE_MODELS, 'FiscalDriveModel');

/** What of a registration decides how long the key of its drive lives. */
export interface FiscalDriveUse {
  readonly model: FiscalDriveModel;
  readonly ffd: FfdVersion;
  /** The general taxation system (ОСН) is among the registered ones. */
  readonly generalTaxation: boolean;
  /** Goods are sold, not only services. */
  readonly goods: boolean;
  readonly excise: boolean;
  /** Works without transfer of data to an operator (автономный режим). */
  readonly offline: boolean;
  /** Settlements of an agent. */
  readonly agent: boolean;
  /** Gambling, lottery, pawnshop or insurance. */
  readonly gamblingLotteryPawnshopOrInsurance: boolean;
}

interface LifeRule {
  readonly days: 410 | 470 | 560 | 1110;
  readonly applies: (use: FiscalDriveUse) => boolean;
}

const short = (use: FiscalDriveUse): boolean => use.model !== 'FN-36';

/** The first rule that applies decides; the last three are the models' nominal lives. */
const LIFE_RULES: ReadonlyArray<LifeRule> = [
  { days: 410, applies: (use) => short(use) && use.ffd === '1.2' && use.gamblingLotteryPawnshopOrInsurance },
  { days: 410, applies: (use) => use.excise && (use.ffd === '1.2' || use.model === 'FN-36') },
  {
    days: 410,
    applies: (use) => use.offline && (short(use) || (use.ffd === '1.2' && use.goods && use.generalTaxation)),
  },
  { days: 560, applies: (use) => use.offline },
  {
    days: 560,
    applies: (use) =>
      use.model === 'FN-36' && use.generalTaxation && (use.goods || (use.agent && use.ffd === '1.2')),
  },
  { days: 410, applies: (use) => use.model === 'FN-13' },
  { days: 470, applies: (use) => use.model === 'FN-15' },
];

/**
 * Days the key of a fiscal drive (ключ фискального признака) lives in a given use: 410, 470, 560 or 1110. After that the drive makes no more
 * documents. (Decision table of the fiscal drive as published in the KassArray tables; the drive itself has the last word.)
 */
export const fiscalDriveLifeDays = (use: FiscalDriveUse): 410 | 470 | 560 | 1110 =>
  LIFE_RULES.find((rule) => rule.applies(use))?.days ?? 1110;

/** The most documents any fiscal drive signs. (Vendor's notes on fiscal drives.) */
export const FISCAL_DRIVE_DOCUMENT_LIMIT = 250_000;
