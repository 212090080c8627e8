import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import { column, text } from '../output/view';

const list = async (_given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.reading();
  if (!kassa.ok) return failure(kassa.error);
  const statuses = await kassa.value.projections.list();
  if (!statuses.ok) return failure(statuses.error);
  const parked = statuses.value.some((status) => status.parked.length > 0);
  return {
    exit: parked ? 1 : 0,
    data: { projections: statuses.value },
    views: [
      {
        kind: 'table',
        columns: [
          column('Projection', 'Модель'),
          column('Version', 'Версия', { align: 'right' }),
          column('Read up to', 'Прочитано до'),
          column('Caught up', 'Догнала'),
          column('Parked streams', 'Отложенные потоки', { shrinks: true }),
        ],
        rows: statuses.value.map((status) => [
          status.projection,
          String(status.live?.version ?? status.version),
          status.live?.position ?? '-',
          status.caughtUp ? { english: 'yes', russian: 'да' } : { english: 'no', russian: 'нет' },
          status.parked.map(({ stream, revision, rule }) => `${stream} @${revision} ${rule}`).join(', '),
        ]),
      },
    ],
  };
};

const rebuild = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const name = given.argument('projection') ?? '';
  const bar = context.progress.begin(`rebuild ${name}, events`);
  let events = 0;
  const rebuilt = await kassa.value.projections.rebuild(name, (more) => {
    events += more;
    bar.to(events);
  });
  bar.end();
  return rebuilt.ok
    ? shown(
        { projection: name, events },
        text(
          `${name} was built anew from ${events} events.`,
          `Модель ${name} построена заново: событий ${events}.`,
        ),
      )
    : failure(rebuilt.error);
};

const release = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const [name, stream] = [given.argument('projection') ?? '', given.argument('stream') ?? ''];
  const released = await kassa.value.projections.release(name, stream);
  if (!released.ok) return failure(released.error);
  const isFree = released.value._tag !== 'ParkedAgain';
  return {
    exit: isFree ? 0 : 1,
    data: { projection: name, stream, result: released.value._tag },
    views: [
      isFree
        ? text(`${stream} goes on.`, `Поток ${stream} снова обрабатывается.`)
        : text(`${stream} is parked again.`, `Поток ${stream} снова отложен.`),
    ],
  };
};

const PROJECTION = {
  name: 'projection',
  text: { english: 'receipt-queue or fiscal-status', russian: 'receipt-queue или fiscal-status' },
};

export const PROJECTION_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['projection', 'list'],
    text: { english: 'the read models and how far they are', russian: 'модели чтения и их отставание' },
    run: list,
  },
  {
    path: ['projection', 'rebuild'],
    text: { english: 'build a read model anew beside the live one', russian: 'построить модель заново' },
    arguments: [PROJECTION],
    examples: ['projection rebuild receipt-queue'],
    run: rebuild,
  },
  {
    path: ['projection', 'release'],
    text: { english: 'let a parked stream go on', russian: 'продолжить отложенный поток' },
    arguments: [
      PROJECTION,
      { name: 'stream', text: { english: 'name of the stream', russian: 'имя потока' } },
    ],
    run: release,
  },
];
