import { admissionRefusal } from '../refusal';
import type { AdmissionRefusal } from '../refusal';
import type { ItemRequest } from '../request';
import type { FfdVersion } from '../kkt/registration';
import type { AdmissionCheck } from './context';
import { firstOver } from './context';

type Presence = readonly [field: string, present: boolean];

const absentOf = (required: ReadonlyArray<Presence>): AdmissionRefusal | undefined => {
  const missing = required.find(([, present]) => !present);
  return missing === undefined ? undefined : admissionRefusal('tag-required', missing[0]);
};

const foreignOf = (foreign: ReadonlyArray<Presence>): AdmissionRefusal | undefined => {
  const found = foreign.find(([, present]) => present);
  return found === undefined ? undefined : admissionRefusal('tag-not-in-format', found[0]);
};

const checkItem = (item: ItemRequest, index: number, ffd: FfdVersion): AdmissionRefusal | undefined => {
  const at = `items[${index}]`;
  const newest = ffd === '1.2';
  return (
    absentOf(
      ffd === '1.05'
        ? []
        : [
            [`${at}.method`, item.method !== undefined],
            [`${at}.subject`, item.subject !== undefined],
            [`${at}.measure`, !newest || item.measure !== undefined],
          ],
    ) ??
    foreignOf(
      newest
        ? [
            [`${at}.unit`, item.unit !== undefined],
            [`${at}.productCode`, item.productCode !== undefined],
          ]
        : [
            [`${at}.measure`, item.measure !== undefined],
            [`${at}.goodsCode`, item.goodsCode !== undefined],
            [`${at}.checkResult`, item.checkResult !== undefined],
            [`${at}.fraction`, item.fraction !== undefined],
            [`${at}.industry`, item.industry !== undefined],
            [`${at}.subject`, (item.subject ?? 0) >= 30],
          ],
    )
  );
};

/**
 * Which tags a form of a version must and may have: method and subject (1214, 1212) from FFD 1.1 on, the measure (2108) in 1.2;
 * in 1.2 no agent of the whole receipt (1057), no free unit (1197), no 1162; before it no 1163, 2106, 1260, 1261, 1270, 1291,
 * no subjects 30 to 33 and no buyer beyond name and INN; no 1234 in a correction. Lines are obligatory but for corrections of FFD 1.05.
 * Source: the format, tables 20, 21, 27 and their twins for 1.1 and 1.2.
 */
export const checkPresence: AdmissionCheck = (request, { registration: { ffd } }) => {
  const { buyer } = request;
  const mayLackLines = request.kind === 'correction' && ffd === '1.05';
  return (
    foreignOf([
      ['cashlessDetails', request.kind === 'correction' && request.cashlessDetails !== undefined],
    ]) ??
    absentOf([
      ['items', request.items.length > 0 || mayLackLines],
      ['total', request.items.length > 0 || request.total !== undefined],
    ]) ??
    foreignOf(
      ffd === '1.2'
        ? [
            ['agent', request.agent !== undefined],
            ['supplierPhones', request.supplierPhones !== undefined],
          ]
        : [
            ['industry', request.industry !== undefined],
            ['operational', request.operational !== undefined],
            ['buyer.birthday', buyer?.birthday !== undefined],
            ['buyer.citizenship', buyer?.citizenship !== undefined],
            ['buyer.documentCode', buyer?.documentCode !== undefined],
            ['buyer.documentData', buyer?.documentData !== undefined],
            ['buyer.address', buyer?.address !== undefined],
          ],
    ) ??
    firstOver(request.items, (item, index) => checkItem(item, index, ffd))
  );
};
