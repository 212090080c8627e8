import { readFileSync } from 'node:fs';
import { verifyProof } from '@cloud-kassa/audit';
import * as E from 'fp-ts/Either';
import type { CommandResult } from '../command/command-result';
import { shown, wrongUse } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import { column, text } from '../output/view';

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

const verify = async (given: Given): Promise<CommandResult> => {
  const content = read(given.argument('file') ?? '');
  if (content === undefined)
    return wrongUse('file', 'not-readable', {
      english: 'The file can not be read.',
      russian: 'Файл не читается.',
    });
  const checked = await verifyProof(content)();
  if (E.isLeft(checked)) {
    const { why, line } = checked.left;
    return {
      exit: 1,
      data: { verdict: 'failed', error: { code: 'finding', rule: why, field: `line ${line}` } },
      views: [],
      problem: {
        english: `The proof does not hold: ${why}, line ${line}.`,
        russian: `Доказательство не сходится: ${why}, строка ${line}.`,
      },
    };
  }
  const { receiptId, events, head, documents } = checked.right;
  return shown(
    { verdict: 'ok', ...checked.right },
    text(
      `The proof holds: receipt ${receiptId}, ${events} events, up to revision ${head.revision} with the hash ${head.hash}.`,
      `Доказательство сходится: чек ${receiptId}, событий ${events}, до ревизии ${head.revision} с хешем ${head.hash}.`,
    ),
    {
      kind: 'table',
      columns: [
        column('Drive', 'ФН'),
        column('Document', 'ФД', { align: 'right' }),
        column('Fiscal sign', 'ФПД', { align: 'right' }),
      ],
      rows: documents.map(({ fn, fd, fp }) => [fn, String(fd ?? '—'), String(fp ?? '—')]),
      empty: { english: 'It has no document.', russian: 'Документа у него нет.' },
    },
  );
};

export const PROOF_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['proof', 'verify'],
    text: { english: 'check the proof of a receipt', russian: 'проверить доказательство чека' },
    details: {
      english:
        'Checks what `receipts proof` wrote, without any store: that the events are whole and unchanged, and which document they say was made. Compare the last hash with a checkpoint that was kept elsewhere.',
      russian:
        'Проверяет файл `receipts proof` без хранилища: события целы и не изменены, и какой документ по ним сделан. Последний хеш сравните с контрольной точкой, хранимой отдельно.',
    },
    arguments: [
      { name: 'file', text: { english: 'what `receipts proof` wrote', russian: 'файл `receipts proof`' } },
    ],
    examples: ['proof verify receipt.proof'],
    run: verify,
  },
];
