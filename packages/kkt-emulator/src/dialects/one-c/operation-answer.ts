import { formatLocal } from '../../arithmetic/calendar';
import type { Receipt } from '../../emulator/group-room';
import type { Failure, SubmissionResult } from '../../group/submission';
import { printedFiscalSign } from '../../drive/fiscal-sign';
import type { Ledger, LedgerEntry } from '../../ledger/ledger';
import { registrationOf } from '../../ledger/ledger-tlv';
import type { OneCAnswer } from './problems';
import type { OneCSettings } from './settings';

const zoneText = (zone: number): string => `+${String(zone + 1).padStart(2, '0')}:00`;

const receiptDate = ({ document }: LedgerEntry, { receiptDate: form }: OneCSettings): string => {
  const local = formatLocal(document.at);
  if (form === 'with-offset') return `${local}${zoneText(document.zone)}`;
  return form === 'milliseconds' ? `${local}.000Z` : local;
};

/** The fiscal result: seven members, neither total nor lines among them. */
const fiscalResult = (entry: LedgerEntry, ledger: Ledger, settings: OneCSettings): object => {
  const { document, unit } = entry;
  const { content } = document;
  const inShift = content.kind === 'receipt' ? content.numberInShift : 0;
  return {
    shiftNumber: content.kind === 'receipt' ? content.shift : 0,
    receiptNumber: settings.receiptNumberMeans === 'fiscal-document' ? document.fd : inShift,
    receiptDate: receiptDate(entry, settings),
    FNSign: printedFiscalSign(document.fp),
    addressSiteInspections: registrationOf(ledger, entry)?.taxServiceSite ?? '',
    KKTSerialNumber:
      settings.kktSerialNumberMeans === 'registration-number' ? document.registrationNumber : unit,
    FNSerialNumber: document.fn,
  };
};

const refusalText = (failure: Failure): string => {
  if (failure.reason !== 'refused') return failure.reason;
  const { refusal } = failure;
  return refusal.field === undefined ? refusal.rule : `${refusal.rule}: ${refusal.field}`;
};

interface Status {
  readonly operationStatus: 'IN_PROGRESS' | 'SUCCESS' | 'REJECTED';
  readonly operationStatusDescription: string;
}

const statusOf = (result: SubmissionResult, { deviceFailureMeans }: OneCSettings): Status => {
  if (result._tag === 'done')
    return { operationStatus: 'SUCCESS', operationStatusDescription: 'Операция выполнена' };
  const inDoubt =
    result._tag === 'failed' &&
    result.failure.reason === 'device-failed' &&
    deviceFailureMeans === 'in-progress';
  return result._tag === 'failed' && !inDoubt
    ? {
        operationStatus: 'REJECTED',
        operationStatusDescription: `Операция отклонена: ${refusalText(result.failure)}`,
      }
    : { operationStatus: 'IN_PROGRESS', operationStatusDescription: 'Операция выполняется' };
};

/**
 * The answer to POST /kkts/receipts and GET /kkts/receipts/{receiptId}: `operationResponse`, and `receiptResponse` once there is a
 * document. The description of a rejection names rule and field, never a value.
 */
export const operationAnswer = (
  receipt: Receipt,
  result: SubmissionResult,
  ledger: Ledger,
  settings: OneCSettings,
): OneCAnswer => {
  const { operationStatus, operationStatusDescription } = statusOf(result, settings);
  return {
    status: 200,
    body: {
      operationResponse: {
        operationStatus,
        operationId: receipt.key,
        receiptId: receipt.id,
        operationStatusDescription,
      },
      ...(result._tag === 'done' ? { receiptResponse: fiscalResult(result.entry, ledger, settings) } : {}),
    },
  };
};
