import { literalCodec } from '@cloud-kassa/ffd';

/**
 * Why a remote register may be used (54-FZ art. 1.2), by meaning: cashless over the Internet (cl. 5), bank transfer (5.3), courier and
 * distance selling, services outside the premises, passenger transport (5.6), automatic devices (5.1).
 */
export type LegalGround =
  | 'internet-cashless'
  | 'bank-transfer'
  | 'remote-courier'
  | 'remote-services'
  | 'transport'
  | 'vending';

export const LEGAL_GROUND_LIST = [
  'internet-cashless',
  'bank-transfer',
  'remote-courier',
  'remote-services',
  'transport',
  'vending',
] as const satisfies ReadonlyArray<LegalGround>;

export const LegalGroundCodec = literalCodec<LegalGround>(LEGAL_GROUND_LIST, 'LegalGround');

/** A legal ground in words. Meanings are modelled, not clause numbers: the clauses move, and some are unconfirmed. */
export interface LegalGroundMeaning {
  readonly name: string;
  readonly russian: string;
  readonly source: string;
}

export const LEGAL_GROUNDS: Readonly<Record<LegalGround, LegalGroundMeaning>> = {
  'internet-cashless': {
    name: 'cashless settlement over the Internet without contact',
    russian: 'безналичный расчёт в сети Интернет без непосредственного взаимодействия',
    source: '54-FZ art. 1.2 cl. 5',
  },
  'bank-transfer': {
    name: 'bank transfer without contact',
    russian: 'безналичный расчёт по реквизитам без непосредственного взаимодействия',
    source: '54-FZ art. 1.2 cl. 5.3',
  },
  'remote-courier': {
    name: 'distance selling with delivery by courier, peddling',
    russian: 'дистанционная продажа с доставкой курьером, разносная торговля',
    source: '54-FZ art. 1.2 cl. 5.6',
  },
  'remote-services': {
    name: 'works and services outside the premises of the user',
    russian: 'работы и услуги вне помещений пользователя',
    source: '54-FZ art. 1.2 cl. 5.6',
  },
  transport: {
    name: 'passenger transport',
    russian: 'перевозка пассажиров',
    source: '54-FZ art. 1.2 cl. 5.6 and 5.9 (the scope of 5.9 is unconfirmed)',
  },
  vending: {
    name: 'automatic devices',
    russian: 'автоматические устройства (вендинг)',
    source: '54-FZ art. 1.2 cl. 5.1',
  },
};
