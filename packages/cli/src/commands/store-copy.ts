import type { CopyProgress, CopyReport, KassaError } from '@cloud-kassa/cloud-kassa';
import { copyStorage, ruleText } from '@cloud-kassa/cloud-kassa';
import * as E from 'fp-ts/Either';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import type { Bilingual } from '@cloud-kassa/provider';
import { inLanguage } from '../output/language';
import type { View } from '../output/view';
import { text } from '../output/view';
import { storeNamed, surroundingsOf } from '../store/read-store';

type Step = CopyProgress['step'];

const STEPS: Readonly<Record<Step, Bilingual>> = {
  looking: { english: 'looking through the target, events', russian: 'просмотр приёмника, событий' },
  copying: { english: 'copying, events', russian: 'копирование, событий' },
  verifying: { english: 'verifying, events', russian: 'проверка, событий' },
};

const told = ({ streams, events, copied, keys, ahead, others }: CopyReport): View =>
  text(
    `${events} events in ${streams} streams, ${copied} of them copied now; ${keys} keys of persons. Every chain is whole and ends alike on both sides.${ahead + others === 0 ? '' : ` The target has more than the source: ${ahead} streams go on, ${others} are its own.`}`,
    `Событий: ${events}, потоков: ${streams}, скопировано сейчас: ${copied}; ключей персональных данных: ${keys}. Все цепочки целы и на обеих сторонах кончаются одинаково.${ahead + others === 0 ? '' : ` В приёмнике есть больше: продолжено потоков ${ahead}, своих ${others}.`}`,
  );

/** A database is known by its address only; a folder under whatever name is found out by the library. */
const ONTO_ITSELF: KassaError = {
  code: 'refused',
  rule: 'copy-onto-itself',
  field: 'to',
  ...ruleText('copy-onto-itself'),
};

const run = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const { environment, runtime, signal, language, progress } = context;
  const source = surroundingsOf(given, environment);
  const here = storeNamed(given.argument('from') ?? '', source);
  const there = storeNamed(given.argument('to') ?? '', {
    namespace: given.value('to-namespace') ?? source.namespace,
    readModels: given.value('to-read-models') ?? source.readModels,
    keyFile: given.value('to-key-file') ?? source.keyFile,
  });
  if (here.name === there.name) return failure(ONTO_ITSELF);
  const from = here.storage(false);
  if (E.isLeft(from)) return failure(from.left);
  const to = there.storage(true);
  if (E.isLeft(to)) return failure(to.left);
  let shown: { readonly step: Step; readonly bar: ReturnType<typeof progress.begin> } | undefined;
  const copied = await copyStorage({
    from: from.right,
    to: to.right,
    runtime,
    signal,
    progress: ({ step, events }) => {
      if (shown?.step !== step) {
        shown?.bar.end();
        shown = { step, bar: progress.begin(inLanguage(STEPS[step], language)) };
      }
      shown.bar.to(events);
    },
  });
  shown?.bar.end();
  if (!copied.ok) return signal.aborted ? { ...failure(copied.error), exit: 130 } : failure(copied.error);
  const { value } = copied;
  return {
    exit: value.movedOn === 0 ? 0 : 8,
    data: { ...value },
    views: [
      told(value),
      ...(value.movedOn === 0
        ? []
        : [
            text(
              `${value.movedOn} events came to the source meanwhile and are not copied: repeat the copy, the last time while nobody works on the source.`,
              `За это время в источнике появилось событий: ${value.movedOn}; они не скопированы. Повторите, в последний раз — когда с источником никто не работает.`,
            ),
          ]),
    ],
  };
};

export const STORE_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['store', 'copy'],
    endsItself: true,
    text: {
      english: 'copy a store to another place, unchanged',
      russian: 'скопировать хранилище в другое место без изменений',
    },
    details: {
      english:
        'Copies the keys of persons and all events from a folder or a database to another, envelopes unchanged and in their order, verifies the chains on both sides and compares their ends. Broken off or repeated, it goes on where it was. Events that came meanwhile give exit code 8: stop all workers and shops for the last run. Read models are built anew.',
      russian:
        'Копирует ключи персональных данных и все события из каталога или базы в другое место без изменений и в том же порядке, проверяет цепочки с обеих сторон и сравнивает их концы. Прерванное или повторённое копирование продолжается. Если появились новые события — код 8: для последнего запуска остановите исполнителей и магазины. Модели чтения строятся заново.',
    },
    arguments: [
      {
        name: 'from',
        text: { english: 'folder or esdb://host:port', russian: 'каталог или esdb://хост:порт' },
      },
      { name: 'to', text: { english: 'the same', russian: 'то же' } },
    ],
    options: [
      {
        name: 'to-namespace',
        kind: 'value',
        placeholder: 'NAME',
        text: { english: 'as --namespace, for the target', russian: 'как --namespace, для приёмника' },
      },
      {
        name: 'to-read-models',
        kind: 'value',
        placeholder: 'DIR',
        text: { english: 'as --read-models, for the target', russian: 'как --read-models, для приёмника' },
      },
      {
        name: 'to-key-file',
        kind: 'value',
        placeholder: 'FILE',
        text: { english: 'as --key-file, for the target', russian: 'как --key-file, для приёмника' },
      },
    ],
    examples: ["store copy .cloud-kassa 'esdb://127.0.0.1:2113?tls=false'"],
    run,
  },
];
