import { literalCodec } from './guarded-codec';

/** Zone codes in ascending order. */
export const ZONE_CODES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const;

/** Time zone of the place of settlement (часовая зона, tag 1011): 1 is UTC+2 (Kaliningrad), 2 is UTC+3 (Moscow), … 11 is UTC+12 (Kamchatka). */
export type ZoneCode = (typeof ZONE_CODES)[number];

/** {@link ZoneCode} in stored and transferred data: a value of the list and nothing else. */
export const ZoneCodeCodec = literalCodec<ZoneCode>(ZONE_CODES, 'ZoneCode');

/** Hours ahead of UTC, 2 to 12: the code plus one. Russia has no summer time. */
export const zoneOffsetHours = (zone: ZoneCode): number => zone + 1;
