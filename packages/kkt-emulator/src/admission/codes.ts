import { dayOf, parseDay, parseLocal } from '../arithmetic/calendar';
import { VAT_RATES } from '../arithmetic/vat';
import { admissionRefusal } from '../refusal';
import type { AdmissionRefusal } from '../refusal';
import type { AgentRequest, ItemRequest } from '../request';
import type { AdmissionCheck } from './context';
import { firstOver } from './context';

const MEASURES: ReadonlySet<number> = new Set([
  0, 10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42, 50, 51, 70, 71, 72, 73, 80, 81, 82, 83, 255,
]);
const CHECK_RESULTS: ReadonlySet<number> = new Set([0, 1, 3, 5, 7, 15, 16, 17, 19]);
const isBetween = (value: number, low: number, high: number): boolean =>
  Number.isInteger(value) && value >= low && value <= high;
const isGoodsCodeKind = (tag: number): boolean => isBetween(tag, 1300, 1309) || isBetween(tag, 1320, 1325);

const unknown = (known: boolean, field: string): AdmissionRefusal | undefined =>
  known ? undefined : admissionRefusal('code-unknown', field);

const checkAgent = (agent: AgentRequest | undefined, field: string): AdmissionRefusal | undefined =>
  unknown(agent === undefined || isBetween(agent.mask, 1, 127), `${field}.mask`);

/** Payment subjects (1212): 28 and 29 are not defined. */
const isSubject = (code: number): boolean => isBetween(code, 1, 27) || isBetween(code, 30, 33);

const checkItem = (item: ItemRequest, index: number): AdmissionRefusal | undefined => {
  const at = `items[${index}]`;
  return (
    unknown(VAT_RATES.has(item.vatCode), `${at}.vatCode`) ??
    unknown(item.method === undefined || isBetween(item.method, 1, 7), `${at}.method`) ??
    unknown(item.subject === undefined || isSubject(item.subject), `${at}.subject`) ??
    unknown(item.measure === undefined || MEASURES.has(item.measure), `${at}.measure`) ??
    unknown(item.checkResult === undefined || CHECK_RESULTS.has(item.checkResult), `${at}.checkResult`) ??
    unknown(item.goodsCode === undefined || isGoodsCodeKind(item.goodsCode.kind), `${at}.goodsCode.kind`) ??
    checkAgent(item.agent, `${at}.agent`)
  );
};

/** Every code is one of its table (format; the values of 1054, 1055, 1173, 1199, 1212, 1214, 1222, 1236, 2106, 2108). */
export const checkCodes: AdmissionCheck = (request) =>
  unknown(isBetween(request.settlementSign, 1, 4), 'settlementSign') ??
  unknown(request.taxation === undefined || [1, 2, 4, 8, 16, 32].includes(request.taxation), 'taxation') ??
  unknown(request.correction === undefined || isBetween(request.correction.type, 0, 1), 'correction.type') ??
  unknown(request.operational === undefined || isBetween(request.operational.id, 0, 255), 'operational.id') ??
  checkAgent(request.agent, 'agent') ??
  firstOver(request.vatTotals ?? [], ({ code }, index) =>
    unknown(VAT_RATES.has(code), `vatTotals[${index}].code`),
  ) ??
  firstOver(request.cashlessDetails ?? [], ({ method }, index) =>
    unknown(isBetween(method, 0, 255), `cashlessDetails[${index}].method`),
  ) ??
  firstOver(request.items, checkItem);

const invalidDay = (text: string | undefined, field: string): AdmissionRefusal | undefined =>
  text === undefined || parseDay(text) !== undefined ? undefined : admissionRefusal('date-invalid', field);

/** Days and moments exist; the corrected settlement (1178) is not later than the correction. */
export const checkDates: AdmissionCheck = (request, { at }) => {
  const { correction, operational } = request;
  const corrected = parseDay(correction?.date ?? '');
  return (
    invalidDay(correction?.date, 'correction.date') ??
    (corrected !== undefined && corrected > dayOf(at)
      ? admissionRefusal('correction-date-in-future', 'correction.date')
      : undefined) ??
    (operational !== undefined && parseLocal(operational.at) === undefined
      ? admissionRefusal('date-invalid', 'operational.at')
      : undefined) ??
    invalidDay(request.buyer?.birthday, 'buyer.birthday') ??
    invalidDay(request.industry?.date, 'industry.date') ??
    firstOver(request.items, (item, index) =>
      firstOver(item.industry ?? [], ({ date }, entry) =>
        invalidDay(date, `items[${index}].industry[${entry}].date`),
      ),
    )
  );
};
