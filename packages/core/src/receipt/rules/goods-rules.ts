import * as E from 'fp-ts/Either';
import { MarkingCheckCodec, PAYMENT_SUBJECTS, PlannedStatusCodec } from '@cloud-kassa/ffd';
import type { Marking, ReceiptItem } from '../content';
import type { AdmissionProfile } from './profile';
import type { AdmissionRule, ContentRule, ReceiptRefusal } from './admission';
import { firstRefusalOf, refuse, unless } from './admission';
import { goodsCode } from './goods-code';

/** An agent's line names the supplier's taxpayer number (order ЕД-7-20/662@, tags 1222, 1226). */
export const suppliersNamed: ContentRule = ({ items }) =>
  firstRefusalOf(items, ({ agent }, index) =>
    unless(
      agent === undefined || agent.supplier !== undefined,
      'supplier-inn-required',
      `items.${index}.agent.supplier`,
    ),
  );

/** Subjects 31 and 33 carry a code, 30 and 32 do not, of the others goods may (order ЕД-7-20/662@, tags 1162, 1163, 1212). */
export const markingFitsSubject: ContentRule = ({ items }) =>
  firstRefusalOf(items, ({ subject, marking }, index) => {
    const demand = PAYMENT_SUBJECTS[subject].marking;
    const field = `items.${index}.marking`;
    if (marking === undefined) return unless(demand !== 'code', 'marking-code-required', field);
    if (demand === 'no-code') return refuse('marking-code-forbidden', field);
    return unless(demand === 'code' || subject === 1 || subject === 2, 'marking-subject', field);
  });

const isWholePositive = (value: number): boolean => Number.isSafeInteger(value) && value > 0;

const isProperFraction = ({ fraction }: Marking): boolean =>
  fraction === undefined ||
  (isWholePositive(fraction.numerator) &&
    isWholePositive(fraction.denominator) &&
    fraction.numerator < fraction.denominator);

/** Is the line of a marked piece, or of a part of one? Goods by weight or measure are not pieces. */
export const isMarkedPiece = ({ measure, unit, marking }: ReceiptItem): boolean =>
  marking !== undefined &&
  (marking.fraction !== undefined || measure === 0 || (measure === undefined && unit === undefined));

const isCountedRight = (item: ReceiptItem, { fraction }: Marking, profile: AdmissionProfile): boolean => {
  if (!isMarkedPiece(item) || item.quantity === '1') return true;
  return profile.markedWholesale === 'accepted' && fraction === undefined && !item.quantity.includes('.');
};

const checkMarked = (
  item: ReceiptItem,
  marking: Marking,
  index: number,
  profile: AdmissionProfile,
): ReceiptRefusal | undefined => {
  const field = `items.${index}.marking`;
  const isPart = marking.fraction !== undefined;
  return (
    unless(
      isProperFraction(marking) && (!isPart || item.measure === 0),
      'marking-fraction',
      `${field}.fraction`,
    ) ??
    unless(isCountedRight(item, marking, profile), 'marking-quantity', `items.${index}.quantity`) ??
    unless(
      marking.plannedStatus === undefined || PlannedStatusCodec.is(marking.plannedStatus),
      'marking-status',
      `${field}.plannedStatus`,
    ) ??
    unless(
      marking.checkResult === undefined || MarkingCheckCodec.is(marking.checkResult),
      'marking-status',
      `${field}.checkResult`,
    )
  );
};

/** Quantity, fraction, planned status and check result of marked goods (order ЕД-7-20/662@, tags 1023, 1291, 2003, 2106, 2108). */
export const markedGoodsWellFormed: AdmissionRule = ({ content: { items, ffd }, profile }) =>
  firstRefusalOf(items, (item, index) => {
    const { marking } = item;
    if (marking === undefined) return undefined;
    return (
      checkMarked(item, marking, index, profile) ??
      unless(E.isRight(goodsCode(marking.code, ffd)), 'marking-code-malformed', `items.${index}.marking.code`)
    );
  });
