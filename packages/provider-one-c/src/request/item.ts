import * as E from 'fp-ts/Either';
import type { ReceiptContent, ReceiptItem } from '@cloud-kassa/core';
import type { Kopecks, LocalDate } from '@cloud-kassa/ffd';
import { ZERO_KOPECKS, formatRoubles } from '@cloud-kassa/ffd';
import type { JsonDecimal, JsonWrittenObject, NotExpressible } from '@cloud-kassa/provider';
import { jsonDecimal } from '@cloud-kassa/provider';
import type { OneCSettings } from '../settings';
import { rowOf } from './code-table';
import type { ExpressionRule } from './expression-rules';
import { notExpressible } from './expression-rules';
import { agentFields, industryAttribute } from './parties';

/** Roubles with two decimals, digit by digit from the kopecks. */
export const roubles = (amount: Kopecks): JsonDecimal => jsonDecimal(formatRoubles(amount));

const brokenRule = (
  { unit, marking, industry }: ReceiptItem,
  { ffd }: ReceiptContent,
): readonly [rule: ExpressionRule, field: string] | undefined => {
  if (unit !== undefined) return ['unit-as-text', 'unit'];
  if ((industry?.length ?? 0) > 1) return ['one-industry-attribute', 'industry'];
  if (marking === undefined) return undefined;
  if (ffd !== '1.2') return ['marking-before-1.2', 'marking'];
  return marking.checkResult === undefined ? undefined : ['marking-check', 'marking.checkResult'];
};

const markingFields = (
  { marking }: ReceiptItem,
  { markingCodeAs }: Pick<OneCSettings, 'markingCodeAs'>,
): JsonWrittenObject => {
  if (marking === undefined) return {};
  const { code, plannedStatus, fraction } = marking;
  return {
    fractionalQuantity:
      fraction === undefined
        ? undefined
        : { numerator: fraction.numerator, denominator: fraction.denominator },
    plannedStatus,
    markingCode: markingCodeAs === 'text' ? code : Buffer.from(code, 'utf8').toString('base64'),
  };
};

/**
 * One line of a receipt (предмет расчёта, tag 1059). Money is written as roubles from kopecks, the quantity as its own digits. `VATAmount`
 * is the VAT of the line, zero at 0 % and without VAT. A marked line has the whole scanned code as `markingCode` and no `goodCodeData`: the
 * register of the provider checks the code and makes the goods code (tag 1163) of it, as it does for 1C.
 */
export const itemRequest = (
  item: ReceiptItem,
  index: number,
  content: ReceiptContent,
  on: LocalDate,
  settings: Pick<OneCSettings, 'vatRates' | 'markingCodeAs'>,
): E.Either<NotExpressible, JsonWrittenObject> => {
  const field = `items.${index}`;
  const broken = brokenRule(item, content);
  if (broken !== undefined) return notExpressible(broken[0], `${field}.${broken[1]}`);
  const rate = rowOf(settings.vatRates, item.vatCode, on);
  if (rate === undefined) return notExpressible('vat-rate', `${field}.vatCode`);
  const agent = agentFields('calculationAgent', item.agent, `${field}.agent`, on);
  if (E.isLeft(agent)) return agent;
  const [industry] = item.industry ?? [];
  return E.right({
    name: item.name,
    quantity: jsonDecimal(item.quantity),
    priceWithDiscount: roubles(item.price),
    amountWithDiscount: roubles(item.sum),
    VATRate: rate.wire,
    VATAmount: roubles(item.vatSum ?? ZERO_KOPECKS),
    paymentMethod: item.paymentMethod,
    calculationSubject: item.subject,
    measureOfQuantity: item.measure,
    ...agent.right,
    ...markingFields(item, settings),
    additionalAttribute: item.additionalAttribute,
    exciseAmount: item.excise === undefined ? undefined : roubles(item.excise),
    customsDeclaration: item.customsDeclaration,
    countryOfOrigin: item.country,
    industryAttribute: industry === undefined ? undefined : industryAttribute(industry),
  });
};
