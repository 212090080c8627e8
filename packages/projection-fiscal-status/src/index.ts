export {
  fiscalStatus,
  type Answered,
  type BehindIt,
  type DisputedDocument,
  type DocumentFilter,
  type FiscalStatus,
  type Paging,
  type ShiftCount,
  type ShownDevice,
  type ShownDocument,
  type ShownDrive,
  type ShownRegister,
  type ShownShift,
  type StatusError,
} from './fiscal-status';
export { FISCAL_STATUS, type StatusEvent } from './fiscal-status-projection';
