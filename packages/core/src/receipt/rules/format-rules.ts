import { PAYMENT_SUBJECTS } from '@cloud-kassa/ffd';
import type { CompositionRule, ContentRule } from './admission';
import { firstRefusalOf, refuse, unless } from './admission';
import { isInFormat } from './receipt-fields';

/** Subjects 30 to 33 and the planned status of marked goods came with FFD 1.2. */
const onlyInFfd12: ContentRule = ({ ffd, items }) =>
  ffd === '1.2'
    ? undefined
    : firstRefusalOf(items, ({ subject, marking }, index) => {
        if (PAYMENT_SUBJECTS[subject].marking !== undefined)
          return refuse('field-not-in-format', `items.${index}.subject`);
        return unless(
          marking?.plannedStatus === undefined,
          'field-not-in-format',
          `items.${index}.marking.plannedStatus`,
        );
      });

/** Every field has a place in a document of this kind and version (order ЕД-7-20/662@); what has none is refused, never dropped. */
export const fieldsInFormat: CompositionRule = ({ content, fields }) => {
  const foreign = fields.find((field) => !isInFormat(field, content.kind, content.ffd));
  return foreign === undefined ? onlyInFfd12(content) : refuse('field-not-in-format', foreign.path);
};

/** A receipt has lines, a correction of FFD 1.05 has none, other corrections have (order ЕД-7-20/662@, tag 1059). */
export const linesPresent: ContentRule = ({ kind, ffd, items }) => {
  if (kind === 'correction' && ffd === '1.05')
    return unless(items.length === 0, 'items-not-in-correction', 'items');
  return unless(items.length > 0, 'items-required', 'items');
};

/** FFD 1.2 demands the measure of quantity on every line (order ЕД-7-20/662@, table 97, tag 2108). */
export const measurePresent: ContentRule = ({ ffd, items }) =>
  firstRefusalOf(items, ({ measure }, index) =>
    unless(ffd !== '1.2' || measure !== undefined, 'measure-required', `items.${index}.measure`),
  );
