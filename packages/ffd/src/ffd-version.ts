import { literalCodec } from './guarded-codec';

/** Versions of the format in ascending order. */
export const FFD_VERSION_LIST = ['1.05', '1.1', '1.2'] as const;

/** Version of the fiscal data format (номер версии ФФД, tag 1209). Versions 1.0 are dead. */
export type FfdVersion = (typeof FFD_VERSION_LIST)[number];

/** {@link FfdVersion} in stored and transferred data: a value of the list and nothing else. */
export const FfdVersionCodec = literalCodec<FfdVersion>(FFD_VERSION_LIST, 'FfdVersion');

/** The code of tag 1209 for each version (order ЕД-7-20/662@). */
export const FFD_VERSION_CODES: Readonly<Record<FfdVersion, 2 | 3 | 4>> = { '1.05': 2, '1.1': 3, '1.2': 4 };

/** The version with this code in tag 1209; `undefined` for the dead versions 1.0 (0 and 1) and for unknown codes. */
export const ffdVersionOf = (code: number): FfdVersion | undefined =>
  FFD_VERSION_LIST.find((version) => FFD_VERSION_CODES[version] === code);
