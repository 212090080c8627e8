import type { Explanation } from '@cloud-kassa/cloud-kassa';
import type { CancelRefusal, OpenWay } from '@cloud-kassa/core';
import { ALL_RECEIPT_RULES } from '@cloud-kassa/core';
import type { Bilingual } from '@cloud-kassa/provider';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown } from '../command/command-result';
import type { Given } from '../command/command-spec';
import { obstacle } from '../output/labels';
import type { View } from '../output/view';
import { text } from '../output/view';
import { explainCode } from './explain';
import { queueTable } from './queue-tables';

const NOT_CANCELLED: Readonly<Record<'has-document' | 'already-cancelled', Bilingual>> = {
  'has-document': {
    english:
      'It may not be cancelled: its document exists. The money goes back with a refund, which is a receipt of its own.',
    russian: 'Отменить нельзя: документ сделан. Возврат денег — отдельный чек возврата.',
  },
  'already-cancelled': { english: 'It is cancelled already.', russian: 'Чек уже отменён.' },
};

const notCancelled = (refusal: CancelRefusal, open: number): Bilingual => {
  if (refusal === 'has-document' || refusal === 'already-cancelled') return NOT_CANCELLED[refusal];
  if (refusal === 'sends-unaccounted-for')
    return {
      english: `It may not be cancelled: sends without outcome: ${open}.`,
      russian: `Отменить нельзя: отправок без исхода: ${open}.`,
    };
  const { english, russian } = ALL_RECEIPT_RULES[refusal];
  return { english: `It may not be cancelled: ${english}`, russian: `Отменить нельзя: ${russian}` };
};

/** What a person types who takes the way; what only the person knows stands in capitals. */
const callOf = (receiptId: string, { how, twoPersons, providerRemembers }: OpenWay): string => {
  const settle = `cloud-kassa queue settle ${receiptId} --how ${how}`;
  const evidence = `${providerRemembers ? ' --provider-remembers' : ''} --ofd-shows-nothing --unsent-queue-empty`;
  const signed = twoPersons ? `${evidence} --by NAME --second-by NAME` : ' --by NAME';
  switch (how) {
    case 'cancel':
      return `cloud-kassa queue cancel ${receiptId} --reason TEXT`;
    case 'amend':
      return `${settle} --basket FILE${signed}`;
    case 'document':
      return `${settle} --fn NUMBER --fd NUMBER --fp NUMBER${signed}`;
    case 'compensated':
      return `${settle} --by-receipt ID${signed}`;
    default:
      return `${settle}${signed}`;
  }
};

const lineOf = (receiptId: string, way: OpenWay): Bilingual => {
  const call = callOf(receiptId, way);
  return way.from === undefined
    ? { english: `  ${call}`, russian: `  ${call}` }
    : { english: `  from ${way.from}: ${call}`, russian: `  с ${way.from}: ${call}` };
};

/** Persons settle what waits for them; of the others only whether they may be cancelled is of interest. */
const waysView = ({ receipt, ways }: Explanation): ReadonlyArray<View> => {
  const { receiptId, attempt } = receipt;
  if (ways.length === 0 || (attempt.held === undefined && attempt.phase !== 'Disputed')) return [];
  const lines = ways.map((way) => lineOf(receiptId, way));
  return [
    text(
      ['Ways:', ...lines.map(({ english }) => english)].join('\n'),
      ['Способы:', ...lines.map(({ russian }) => russian)].join('\n'),
    ),
  ];
};

/** What `explain` has to say of the code beside the reason. */
const codeView = (code: string | undefined): ReadonlyArray<View> =>
  code === undefined
    ? []
    : explainCode(code).map(({ english, russian }) => text(`${code}: ${english}`, `${code}: ${russian}`));

const deviceView = ({ waitsForDevice }: Explanation): ReadonlyArray<View> => {
  if (waitsForDevice === undefined) return [];
  const { deviceId, because } = waitsForDevice;
  const { english, russian } = obstacle(because);
  return [
    text(
      `It waits for the device ${deviceId}: ${english}. See: cloud-kassa device check ${deviceId}`,
      `Чек ждёт облачную ККТ ${deviceId}: ${russian}. Проверить: cloud-kassa device check ${deviceId}`,
    ),
  ];
};

/** Why a receipt is where it is, and what can be done, with lines to copy. */
export const explain = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.reading();
  if (!kassa.ok) return failure(kassa.error);
  const receiptId = given.argument('receipt') ?? '';
  const explained = await kassa.value.queue.explain(receiptId);
  if (!explained.ok) return failure(explained.error);
  const row = await kassa.value.queue.get(receiptId);
  if (!row.ok) return failure(row.error);
  const { receipt, advice, ...told } = explained.value;
  const { held, open, phase } = receipt.attempt;
  const { notCancellable } = told;
  return shown(
    {
      receiptId,
      phase,
      open,
      ...told,
      ...(held === undefined ? {} : { held }),
      ...(advice === undefined ? {} : { advice }),
    },
    queueTable([row.value]),
    ...deviceView(explained.value),
    ...(advice === undefined ? [] : [{ kind: 'text', text: advice.meaning } satisfies View]),
    ...codeView(held?.code),
    ...(advice === undefined ? [] : [{ kind: 'text', text: advice.todo } satisfies View]),
    ...waysView(explained.value),
    notCancellable === undefined
      ? text(
          'It may be cancelled: nothing that was sent may still arrive.',
          'Можно отменить: отправок без исхода нет.',
        )
      : ({ kind: 'text', text: notCancelled(notCancellable, open) } satisfies View),
  );
};
