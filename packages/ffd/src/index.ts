// Wire forms: CP866, tags, obligations, TLV, JSON form, fiscal sign.
export type { NotCp866, UnknownCharacters } from './cp866';
export { cp866Length, decodeCp866, encodeCp866, fitsCp866, toCp866Text } from './cp866';
export type { NotTlv } from './decode-tlv';
export { decodeTlv } from './decode-tlv';
export type { FromJsonOptions } from './document-from-json';
export { documentFromJson } from './document-from-json';
export { documentToJson } from './document-to-json';
export type { NotEncodable } from './encode-tlv';
export { encodedLength, encodeTlv } from './encode-tlv';
export type { FiscalSign, NotFiscalSign } from './fiscal-sign';
export { parseFiscalSign, printFiscalSign, readFiscalSign, writeFiscalSign } from './fiscal-sign';
export type { FormCode } from './form-code';
export { FORM_CODES } from './form-code';
export type { JsonObject, JsonValue, NotJsonForm } from './json-form';
export { childTags } from './nesting';
export type { Degree } from './obligation-row';
export type { Obligation, ObligationTable } from './obligations';
export { obligation } from './obligations';
export type { Tag, TagType } from './tag';
export { tagByName, tagByNumber, TAGS } from './tags';
export type { TlvNode, TlvValue } from './tlv-node';
export { MAX_DEPTH, tlv } from './tlv-node';
// Arithmetic, code tables, time, identifiers, QR, record codecs.
export { guardedCodec, literalCodec } from './guarded-codec';
export {
  exactRecordCodec,
  recordCodec,
  type Fields,
  type RecordCodecMaker,
  type RecordOf,
  type RecordOutputOf,
} from './record-codec';
export { firstRefusal, type CodecRefusal } from './codec-refusal';
export {
  formatRoubles,
  kopecks,
  KopecksCodec,
  MAX_KOPECKS,
  parseRoubles,
  subtractKopecks,
  sumKopecks,
  ZERO_KOPECKS,
  type Kopecks,
  type NotKopecks,
} from './money';
export {
  addQuantities,
  compareQuantities,
  MAX_MILLIONTHS,
  quantity,
  QuantityCodec,
  quantityFromMillionths,
  quantityToMillionths,
  subtractQuantities,
  type NotQuantity,
  type Quantity,
} from './quantity';
export { lineSum } from './line-sum';
export { paymentsMatch, totalAllowed } from './receipt-total';
export { splitByShares, type NotSplit } from './split-kopecks';
export { VAT_CODE_LIST, VAT_CODES, VatCodeCodec, vatOf, type VatCode, type VatCodeMeaning } from './vat-code';
export {
  VAT_RULES,
  VatRuleCodec,
  vatRuleOf,
  vatTotals,
  type VatLine,
  type VatRule,
  type VatTotal,
} from './vat-totals';
export {
  LEGACY_VAT_GROUND_LIST,
  LEGACY_VAT_GROUNDS,
  LegacyVatGroundCodec,
  mayCarryVatCode,
  vatCodeOn,
  type LegacyVat,
  type LegacyVatGround,
  type LegacyVatGroundMeaning,
  type VatCodeStanding,
} from './vat-policy';
export {
  reverseSign,
  SETTLEMENT_SIGN_LIST,
  SETTLEMENT_SIGNS,
  SettlementSignCodec,
  type SettlementSign,
  type SettlementSignMeaning,
} from './settlement-sign';
export {
  TAXATION_LIST,
  TaxationCodec,
  taxationExistsOn,
  taxationMask,
  TAXATIONS,
  taxationsIn,
  type Taxation,
  type TaxationMeaning,
} from './taxation';
export {
  PAYMENT_METHOD_LIST,
  PAYMENT_METHODS,
  PaymentMethodCodec,
  type PaymentMethod,
  type PaymentMethodMeaning,
} from './payment-method';
export {
  PAYMENT_SUBJECT_LIST,
  PAYMENT_SUBJECTS,
  PaymentSubjectCodec,
  type PaymentSubject,
  type PaymentSubjectMeaning,
} from './payment-subject';
export {
  AGENT_SIGN_LIST,
  AGENT_SIGNS,
  AgentMaskCodec,
  agentMaskOf,
  AgentSignCodec,
  agentSignsIn,
  type AgentMask,
  type AgentSign,
  type AgentSignMeaning,
} from './agent-sign';
export {
  CORRECTION_TYPE_LIST,
  CORRECTION_TYPES,
  CorrectionTypeCodec,
  type CorrectionType,
  type CorrectionTypeMeaning,
} from './correction-type';
export { MEASURE_LIST, MeasureCodec, MEASURES, type Measure, type MeasureMeaning } from './measure';
export {
  NO_PAYMENTS,
  PAYMENT_KIND_MEANINGS,
  PAYMENT_KINDS,
  PaymentKindCodec,
  PaymentsCodec,
  type PaymentKind,
  type PaymentKindMeaning,
  type Payments,
} from './payment-kind';
export {
  FFD_VERSION_CODES,
  FFD_VERSION_LIST,
  FfdVersionCodec,
  ffdVersionOf,
  type FfdVersion,
} from './ffd-version';
export {
  FISCAL_DRIVE_DOCUMENT_LIMIT,
  FISCAL_DRIVE_MODELS,
  fiscalDriveLifeDays,
  FiscalDriveModelCodec,
  type FiscalDriveModel,
  type FiscalDriveUse,
} from './fiscal-drive-life';
export {
  MARKING_CHECK_LIST,
  MARKING_PRINTS,
  MarkingCheckCodec,
  markingPrint,
  PLANNED_STATUS_LIST,
  PLANNED_STATUSES,
  PlannedStatusCodec,
  type MarkingCheck,
  type MarkingPrint,
  type PlannedStatus,
} from './marking-status';
export {
  addDays,
  FIRST_DATE,
  LAST_DATE,
  localDate,
  LocalDateCodec,
  type LocalDate,
  type NotLocalDate,
} from './local-date';
export {
  dateOf,
  localDateTime,
  LocalDateTimeCodec,
  localFromUnix,
  localToUnix,
  type LocalDateTime,
  type NotLocalDateTime,
} from './local-date-time';
export {
  instant,
  InstantCodec,
  instantFromMilliseconds,
  instantToLocal,
  localToInstant,
  millisecondsOf,
  type Instant,
  type NotInstant,
} from './instant';
export { ZONE_CODES, ZoneCodeCodec, zoneOffsetHours, type ZoneCode } from './zone';
export { inn, INN_PLACEHOLDER, InnCodec, isInn, isInnOrPlaceholder, type Inn, type NotInn } from './inn';
export { isOgrn, isOgrnip } from './ogrn';
export { isKpp } from './kpp';
export {
  crc16CcittFalse,
  isRegistrationNumber,
  registrationNumberFor,
  type NotRegistrationNumber,
} from './registration-number';
export { parseQr, writeQr, type NotQr, type ReceiptQr } from './qr';
export { MARKING_CODE_1162_LIMIT, markingCode1162, type NotMarkingCode } from './marking-code-1162';
