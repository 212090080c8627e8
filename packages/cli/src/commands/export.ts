import { closeSync, openSync, writeSync } from 'node:fs';
import type { KassaError } from '@cloud-kassa/cloud-kassa';
import * as E from 'fp-ts/Either';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, interrupted, shown, wrongUse } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import { text } from '../output/view';
import { notWritable } from './file-output';

interface Target {
  readonly write: (lines: string) => Promise<void>;
  readonly close: () => void;
}

const targetOf = (file: string | undefined, { print }: CommandContext): E.Either<CommandResult, Target> => {
  if (file === undefined) return E.right({ write: print, close: () => undefined });
  try {
    const descriptor = openSync(file, 'w');
    return E.right({
      write: (lines) => Promise.resolve(void writeSync(descriptor, lines)),
      close: () => closeSync(descriptor),
    });
  } catch (error) {
    return E.left(notWritable('to', error));
  }
};

const NO_STREAM: KassaError = {
  code: 'not-found',
  what: 'stream',
  message: 'There is no such stream.',
  russian: 'Такого потока нет.',
};

const run = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const file = given.value('to');
  if (file === undefined && context.isJson)
    return wrongUse('to', 'obligatory', {
      english: 'With --json the events go to a file: --to FILE.',
      russian: 'С --json события пишутся в файл: --to ФАЙЛ.',
    });
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const target = targetOf(file, context);
  if (E.isLeft(target)) return target.left;
  const { write, close } = target.right;
  const stream = given.value('stream');
  let events = 0;
  try {
    for await (const item of kassa.value.audit.export(stream === undefined ? {} : { stream })) {
      if (!item.ok) return failure(item.error);
      await write(item.value.text);
      events += item.value.events;
      if (context.signal.aborted) return { ...interrupted(), isPrinted: file === undefined };
    }
  } catch (error) {
    return notWritable('to', error);
  } finally {
    close();
  }
  if (events === 0 && stream !== undefined) return failure(NO_STREAM);
  return file === undefined
    ? { ...shown({ events }), isPrinted: true }
    : shown(
        { events, file },
        text(`${events} events were written to ${file}.`, `Событий записано в ${file}: ${events}.`),
      );
};

export const EXPORT_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['export'],
    endsItself: true,
    text: {
      english: 'the events as they are stored, one a line',
      russian: 'события как они хранятся, по строке',
    },
    details: {
      english:
        'Writes the events of the store in the order in which they were committed, or of one stream, as JSON lines with their hashes. Persons stay sealed, so whoever was erased stays erased in every export.',
      russian:
        'Пишет события хранилища в порядке записи или события одного потока строками JSON с хешами. Персональные данные остаются запечатанными: удалённое остаётся удалённым в любой выгрузке.',
    },
    options: [
      {
        name: 'stream',
        kind: 'value',
        placeholder: 'STREAM',
        text: { english: 'of this stream only', russian: 'только этого потока' },
      },
      {
        name: 'to',
        kind: 'value',
        placeholder: 'FILE',
        text: { english: 'write to a file (default: the standard output)', russian: 'записать в файл' },
      },
    ],
    examples: ['export --to events.ndjson', 'export --stream receipt-ID'],
    run,
  },
];
