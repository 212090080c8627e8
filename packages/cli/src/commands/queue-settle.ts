import { readFileSync } from 'node:fs';
import type { BasketInput, Finding } from '@cloud-kassa/cloud-kassa';
import type { NoDocumentEvidence } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import { callerOf } from '../command/caller-of';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown, wrongUse } from '../command/command-result';
import type { Given } from '../command/command-spec';
import { text } from '../output/view';

const evidenceOf = (given: Given): NoDocumentEvidence => ({
  providerRemembersFailure: given.flag('provider-remembers'),
  ofdShowsNothing: given.flag('ofd-shows-nothing'),
  unsentQueueEmpty: given.flag('unsent-queue-empty'),
  note: given.value('note') ?? '',
});

/** What a person may have found out. */
export const WAYS = ['resume', 'amend', 'document', 'no-document', 'compensated'] as const;

const incomplete = (field: string, english: string, russian: string): E.Either<CommandResult, never> =>
  E.left(wrongUse(field, 'obligatory', { english, russian }));

const basketIn = (file: string): BasketInput | undefined => {
  try {
    const basket: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof basket === 'object' && basket !== null ? (basket as BasketInput) : undefined;
  } catch {
    return undefined;
  }
};

const findingOf = (given: Given): E.Either<CommandResult, Finding> => {
  switch (given.value('how')) {
    case 'resume': {
      const states = given.flag('ofd-shows-nothing') || given.flag('unsent-queue-empty');
      return E.right({ how: 'resume', ...(states ? { evidence: evidenceOf(given) } : {}) });
    }
    case 'amend': {
      const basket = basketIn(given.value('basket') ?? '');
      return basket === undefined
        ? incomplete(
            'basket',
            'Give the corrected content: --basket FILE.',
            'Укажите исправленное содержание: --basket ФАЙЛ.',
          )
        : E.right({ how: 'amend', basket });
    }
    case 'document': {
      const [fn, fd, fp] = [given.value('fn'), wholeText(given.value('fd')), wholeText(given.value('fp'))];
      return fn === undefined || fd === undefined || fp === undefined
        ? incomplete('fn', 'Name the document: --fn, --fd and --fp.', 'Назовите документ: --fn, --fd и --fp.')
        : E.right({ how: 'document', document: { fn, fd, fp } });
    }
    case 'no-document':
      return E.right({ how: 'no-document', evidence: evidenceOf(given) });
    default: {
      const compensatingReceiptId = given.value('by-receipt');
      return compensatingReceiptId === undefined
        ? incomplete(
            'by-receipt',
            'Name the receipt that makes it good: --by-receipt ID.',
            'Назовите компенсирующий чек: --by-receipt ИМЯ.',
          )
        : E.right({ how: 'compensated', compensatingReceiptId });
    }
  }
};

/** Numbers of documents and fiscal signs have up to ten digits. */
const wholeText = (given: string | undefined): number | undefined =>
  given !== undefined && /^\d{1,10}$/.test(given) ? Number(given) : undefined;

/** Settles a receipt by what a named person found out. */
export const settle = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const finding = findingOf(given);
  if (E.isLeft(finding)) return finding.left;
  const by = given.value('by');
  if (by === undefined)
    return wrongUse('by', 'obligatory', {
      english: 'A settlement bears the name of a person: --by NAME.',
      russian: 'Разбор подписывает человек: --by ИМЯ.',
    });
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const receiptId = given.argument('receipt') ?? '';
  const secondBy = given.value('second-by');
  const settled = await kassa.value.queue.settle(
    receiptId,
    finding.right,
    { by, ...(secondBy === undefined ? {} : { secondBy }) },
    callerOf(given),
  );
  return settled.ok
    ? shown({ receiptId, ...settled.value }, text(`${receiptId} is settled.`, `Чек ${receiptId} разобран.`))
    : failure(settled.error);
};
