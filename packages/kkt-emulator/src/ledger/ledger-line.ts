import { formatLocal } from '../arithmetic/calendar';
import type { AdmittedItem, AdmittedReceipt } from '../admission/admit';
import type { LedgerEntry } from './ledger';

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`);
  return `{${members.join(',')}}`;
};

const itemOf = ({
  name,
  price,
  quantity,
  sum,
  vatCode,
  vatSum,
  method,
  subject,
  measure,
}: AdmittedItem): object => ({
  name,
  price,
  quantity,
  sum,
  vatCode,
  vatSum,
  method,
  subject,
  measure,
});

const receiptOf = (receipt: AdmittedReceipt): object => ({
  settlementSign: receipt.settlementSign,
  taxation: receipt.taxation,
  total: receipt.total,
  payments: receipt.payments,
  vatTotals: receipt.vatTotals,
  items: receipt.items.map(itemOf),
  internet: receipt.internet,
  contactGiven: receipt.contact !== undefined,
  correction: receipt.correction,
});

const lineOf = (
  { sequence, unit, madeAt, key, traceTag, document }: LedgerEntry,
  group: string | undefined,
): string => {
  const { content } = document;
  return canonical({
    group,
    sequence,
    unit,
    madeAt,
    key,
    traceTag,
    form: document.form,
    ffd: document.ffd,
    organisation: document.inn,
    registrationNumber: document.registrationNumber,
    fn: document.fn,
    fd: document.fd,
    fp: document.fp,
    at: formatLocal(document.at),
    zone: document.zone,
    messageSign: document.messageSign,
    shift: 'shift' in content && content.shift !== null ? content.shift : undefined,
    numberInShift: content.kind === 'receipt' ? content.numberInShift : undefined,
    receipt: content.kind === 'receipt' ? receiptOf(content.receipt) : undefined,
  });
};

/**
 * A ledger entry as one line of canonical JSON: sorted keys, integers, no null, absent = key missing. The time is local
 * `YYYY-MM-DDTHH:mm:ss` with its zone code (1011). Contacts and names of persons are left out; that a contact was given is told.
 */
export const ledgerLine = (entry: LedgerEntry): string => lineOf(entry, undefined);

/** The same with the name of the group of registers as `group`, where there are several. */
export const groupLedgerLine = (group: string, entry: LedgerEntry): string => lineOf(entry, group);
