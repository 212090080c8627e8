import type { KassaEvent } from './event-words';

/** What of an event is worth showing beside its words: numbers, ids, reasons. */
export type EventFacts = Readonly<Record<string, string | number | boolean>>;

/** Fields that may be shown. All others may hold what must not be: texts of people, contents, connections. */
const SHOWN: ReadonlyArray<string> = [
  'reason',
  'code',
  'why',
  'how',
  'because',
  'source',
  'key',
  'domain',
  'deviceId',
  'generation',
  'epoch',
  'worker',
  'duplicate',
  'handle',
  'until',
  'retryAt',
  'percent',
  'deadline',
  'legalDeadline',
  'contentChecked',
  'compensatingReceiptId',
  'channel',
  'status',
  'refundId',
  'offsetId',
  'amount',
  'settlementId',
  'receiptId',
  'linkId',
  'kind',
  'late',
  'repeated',
  'unrequested',
  'cancelled',
  'registerId',
  'registrationNumber',
  'policy',
  'availability',
  'shiftId',
  'number',
  'kktShift',
  'openReceipts',
  'forced',
];

const DOCUMENT: ReadonlyArray<string> = ['fn', 'fd', 'fp', 'shiftNumber', 'numberInShift', 'madeAt'];

const shown = (data: object, fields: ReadonlyArray<string>): EventFacts =>
  Object.fromEntries(
    Object.entries(data).filter(
      ([field, value]) => fields.includes(field) && ['string', 'number', 'boolean'].includes(typeof value),
    ),
  );

/** Why a person cancels is told in that person's own words. */
const SHOWN_OF_CANCELLED = SHOWN.filter((field) => field !== 'reason');

/** The facts of an event that may be shown to whoever may see the books; never a contact, a name or a text of a person. */
export const eventFacts = ({ type, data }: KassaEvent): EventFacts => ({
  ...shown(data, type === 'receipt.Cancelled' ? SHOWN_OF_CANCELLED : SHOWN),
  ...('document' in data ? shown(data.document, DOCUMENT) : {}),
});
