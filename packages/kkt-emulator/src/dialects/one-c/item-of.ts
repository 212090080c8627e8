import * as E from 'fp-ts/Either';
import type { InputRefusal } from '../../codec/refusal';
import type { ItemRequest } from '../../request';
import { goodsCodeOf } from './goods-code';
import type { GoodsCode } from './goods-code';
import { goodsCodeOfMarking } from './marking-code';
import { agentMask, agentOf, industryOf, supplierOf } from './parties-of';
import type { OneCSettings } from './settings';
import { WITHOUT_VAT } from './vat-rates';
import type { WireItem } from './wire-request';
import { given, present } from './wire-texts';

/**
 * The goods code of a line. 1C sends either: `goodCodeData` where it knows the code of the format, `markingCode` where the register has to
 * check a marking code and to make the goods code of it.
 */
const codeOf = ({
  goodCodeData,
  markingCode,
}: WireItem): E.Either<'goodCodeData' | 'markingCode', GoodsCode | undefined> => {
  if (goodCodeData !== undefined) return E.fromNullable('goodCodeData' as const)(goodsCodeOf(goodCodeData));
  return markingCode === undefined
    ? E.right(undefined)
    : E.fromNullable('markingCode' as const)(goodsCodeOfMarking(markingCode));
};

/** A line of the wire as the register is asked for it. `Left` when VATRate, the agent's sign or the kind of goods code is unknown. */
export const itemOf = (
  item: WireItem,
  index: number,
  settings: OneCSettings,
): E.Either<InputRefusal, ItemRequest> => {
  const refused = (field: string, rule: string): E.Either<InputRefusal, never> =>
    E.left({ field: `receiptRequest.items[${index}].${field}`, rule });
  const { VATRate: rate, calculationAgent } = item;
  const vatCode =
    rate === undefined || rate === null
      ? WITHOUT_VAT
      : settings.vatRates.find(({ wire }) => wire === rate)?.code;
  if (vatCode === undefined) return refused('VATRate', 'unknown-vat-rate');
  const mask = calculationAgent === undefined ? undefined : agentMask(calculationAgent, settings);
  if (calculationAgent !== undefined && mask === undefined)
    return refused('calculationAgent', 'unknown-agent');
  const goodsCode = codeOf(item);
  if (E.isLeft(goodsCode)) return refused(goodsCode.left, 'unknown-goods-code');
  const industry = industryOf(item.industryAttribute);
  const withCode = item.calculationSubject === 31 || item.calculationSubject === 33;
  return E.right({
    name: item.name,
    price: item.priceWithDiscount,
    quantity: item.quantity,
    sum: item.amountWithDiscount,
    vatCode,
    ...present({
      vatSum: settings.vatAmount === 'judged' ? item.VATAmount : undefined,
      method: item.paymentMethod,
      subject: item.calculationSubject,
      measure: item.measureOfQuantity,
      agent: mask === undefined ? undefined : agentOf(mask, item.agentData),
      supplier: supplierOf(item.vendorData),
      excise: item.exciseAmount,
      country: given(item.countryOfOrigin),
      customsDeclaration: given(item.customsDeclaration),
      additional: given(item.additionalAttribute),
      goodsCode: goodsCode.right,
      checkResult: withCode ? settings.markingCheckResult : undefined,
      fraction: item.fractionalQuantity,
      industry: industry === undefined ? undefined : [industry],
    }),
  });
};
