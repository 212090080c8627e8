export type { Fraction } from './arithmetic/fraction';
export { parseDecimal } from './arithmetic/fraction';
export { lineSum } from './arithmetic/line-sum';
export { totalFits } from './arithmetic/total';
export { vatOf } from './arithmetic/vat';
export type { TaxedLine, VatAmount, VatRule } from './arithmetic/vat-totals';
export { rulesFollowed, vatTotals } from './arithmetic/vat-totals';
export type { LocalSeconds } from './arithmetic/calendar';
export { formatLocal, instantOf, localTime, parseLocal } from './arithmetic/calendar';
export type {
  AgentRequest,
  BuyerRequest,
  Cashier,
  CashlessDetail,
  IndustryRequest,
  ItemRequest,
  ReceiptRequest,
  SupplierRequest,
} from './request';
export type { AdmissionRefusal, AdmissionRule, DeviceRefusal, DeviceRule, Refusal } from './refusal';
export type { AdmissionProfile } from './admission/profile';
export { USUAL_PROFILE } from './admission/profile';
export type { AdmissionContext } from './admission/context';
export type { AdmittedItem, AdmittedReceipt } from './admission/admit';
export { admit } from './admission/admit';
export type { DriveModel, DriveUse } from './drive/drive-model';
export { DRIVE_CAPACITY, keyLifeDays } from './drive/drive-model';
export type { Counter, CountedReceipt, Counters, PaymentSums, SignCounters } from './drive/counters';
export type { DriveFlags, DrivePhase, FiscalDrive } from './drive/fiscal-drive';
export { newDrive } from './drive/fiscal-drive';
export type { OfdQueue, UnsentDocuments } from './drive/ofd-queue';
export { fiscalSignBytes, printedFiscalSign } from './drive/fiscal-sign';
export type {
  DocumentContent,
  DocumentHead,
  FiscalDocument,
  OperatorConfirmation,
  SignedForm,
} from './document/fiscal-document';
export { confirmationTlv, documentTlv } from './document/document-tlv';
export { qrText } from './document/qr-text';
export type { FfdVersion, Registration, UsageConditions } from './kkt/registration';
export { FFD_CODE, INTERNET_SHOP } from './kkt/registration';
export type { Issued, Kkt, KktSettings, OpenShift, ShiftQuantities } from './kkt/kkt';
export { newKkt } from './kkt/kkt';
export { changeRegistration, registerDrive } from './kkt/register';
export { closeShift, openShift } from './kkt/shift';
export { issueReceipt } from './kkt/receipt';
export type { Confirmed } from './kkt/drive-reports';
export { closeDrive, confirmByOfd, removeDrive, reportState } from './kkt/drive-reports';
export type { Ledger, LedgerEntry, LedgerSnapshot } from './ledger/ledger';
export { createLedger } from './ledger/ledger';
export { groupLedgerLine, ledgerLine } from './ledger/ledger-line';
export { ledgerTlv, registrationOf } from './ledger/ledger-tlv';
export type { Fault, FaultKind } from './group/faults';
export type { GroupSnapshot, Unit } from './group/group-state';
export type { DriveSettings, GroupSettings, UnitSettings } from './group/settings';
export { USUAL_GROUP } from './group/settings';
export type { InternetShop } from './group/internet-shop-group';
export { internetShopGroup } from './group/internet-shop-group';
export type {
  Failure,
  Outcome,
  QueueFull,
  Submission,
  SubmissionResult,
  SubmitAnswer,
} from './group/submission';
export type { Operation } from './group/operate';
export type { UnitStatus } from './group/unit-status';
export type { FinishedSubmission, KktGroup, NotSetUp } from './group/kkt-group';
export { createKktGroup, restoreKktGroup } from './group/kkt-group';
export type { InputRefusal } from './codec/refusal';
export type { Reader } from './codec/object-codec';
export type { OneCAccess, OneCGroup } from './dialects/one-c/access';
export type { GatewayProvider, GatewaySettings, GatewayUser } from './dialects/one-c/gateway-settings';
export { ONE_C_GROUP, oneCGroup } from './dialects/one-c/one-c-group';
export type { ProblemType } from './dialects/one-c/problems';
export { PROBLEMS } from './dialects/one-c/problems';
export type { OneCSettings } from './dialects/one-c/settings';
export { USUAL_ONE_C } from './dialects/one-c/settings';
export type { OneCVatRate } from './dialects/one-c/vat-rates';
export { ONE_C_VAT_RATES } from './dialects/one-c/vat-rates';
export type { Call, FaultCounts, OperateCall, SubmitCall, Submitted } from './emulator/calls';
export type { GroupRoom, Receipt } from './emulator/group-room';
export type { CredentialsCall, Machine } from './emulator/machine';
export type { DeviceFault, FaultScript } from './faults/fault-script';
export { ASSUMPTION_BREAKING, NO_FAULTS, readFaultScript } from './faults/fault-script';
export type { Alteration, HttpAction, HttpFault, HttpMatch, HttpOperation } from './faults/http-fault';
export type { HttpSubject, StandingFault, StandingFaults } from './faults/standing-faults';
export type { Emulator, EmulatorOptions, NotCreated } from './server/emulator';
export { createEmulator } from './server/emulator';
export type {
  EmulatorServer,
  EmulatorServerOptions,
  HttpLimits,
  ListenOptions,
  NotListening,
} from './server/emulator-server';
export { createEmulatorServer, USUAL_HTTP_LIMITS } from './server/emulator-server';
export type { Exchange } from './server/exchange';
export type { EmulatorSettings } from './server/settings';
export { readEmulatorSettings } from './server/settings-file/read-emulator-settings';
export type { SecretOf } from './server/settings-file/secret-reference';
export { localSecret } from './server/settings-file/secret-reference';
export type { NotStarted, RunningEmulator, StartOptions } from './server/start-emulator';
export { startEmulator } from './server/start-emulator';
export { fileStorage } from './storage/file-storage';
export { memoryStorage } from './storage/memory-storage';
export type { Durability, EmulatorStorage, StorageFailure, Stored } from './storage/storage';
export type { WireAnswer, WireOutcome, WireRequest } from './wire/wire';
