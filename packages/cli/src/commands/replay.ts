import type { Replay, TimelineEntry } from '@cloud-kassa/audit';
import { InstantCodec } from '@cloud-kassa/ffd';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown, wrongUse } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import type { View } from '../output/view';
import { column, text } from '../output/view';
import { plainData } from '../output/plain-data';
import { wholeNumber } from './values';

const factsText = ({ facts }: TimelineEntry): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

/** The events of a stream for people. */
export const timelineView = (timeline: ReadonlyArray<TimelineEntry>): View => ({
  kind: 'table',
  columns: [
    column('Rev.', 'Рев.', { align: 'right' }),
    column('At', 'Когда'),
    column('What happened', 'Что произошло', { shrinks: true }),
    column('By', 'Кем', { shrinks: true }),
    column('Facts', 'Факты', { shrinks: true }),
  ],
  rows: timeline.map((entry) => [
    String(entry.revision),
    entry.at,
    { english: entry.english, russian: entry.russian },
    entry.actor,
    factsText(entry),
  ]),
});

/** A replay for programs: the buyer's person is left out, for what is printed is copied. */
export const replayData = (replay: Replay): Readonly<Record<string, unknown>> => ({
  stream: replay.stream,
  aggregate: replay.aggregate,
  revision: replay.revision,
  lastRevision: replay.lastRevision,
  state: plainData(replay.state),
  timeline: replay.timeline,
});

const run = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const at = given.value('at');
  const revision = given.value('revision');
  const upTo = revision === undefined ? undefined : wholeNumber(revision);
  if (at !== undefined && !InstantCodec.is(at))
    return wrongUse('at', 'instant', {
      english: 'A time is UTC in ISO 8601 with milliseconds: 2026-11-27T09:00:00.000Z.',
      russian: 'Время — UTC по ISO 8601 с миллисекундами: 2026-11-27T09:00:00.000Z.',
    });
  if (revision !== undefined && upTo === undefined)
    return wrongUse('revision', 'whole-number', {
      english: 'A revision is a whole number from 0.',
      russian: 'Ревизия — целое число от 0.',
    });
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const replayed = await kassa.value.audit.replay(given.argument('stream') ?? '', {
    ...(at === undefined ? {} : { at }),
    ...(upTo === undefined ? {} : { revision: upTo }),
  });
  if (!replayed.ok) return failure(replayed.error);
  const { value } = replayed;
  if (value.timeline.length === 0)
    return failure({
      code: 'not-found',
      what: 'stream',
      message: 'The stream had not begun by then.',
      russian: 'К этому моменту поток ещё не начался.',
    });
  return shown(
    replayData(value),
    timelineView(value.timeline),
    text(
      `${value.stream} as of revision ${value.revision} of ${value.lastRevision}; its chain is whole.`,
      `${value.stream} на ревизию ${value.revision} из ${value.lastRevision}; цепочка цела.`,
    ),
  );
};

export const REPLAY_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['replay'],
    text: {
      english: 'the events of a stream, and its state at a moment',
      russian: 'события потока и состояние на момент',
    },
    arguments: [
      {
        name: 'stream',
        text: { english: 'receipt-ID, payment-ID, clouddevice-ID or shift-REGISTER', russian: 'имя потока' },
      },
    ],
    options: [
      {
        name: 'at',
        kind: 'value',
        placeholder: 'TIME',
        text: { english: 'as of this time (UTC)', russian: 'на это время (UTC)' },
      },
      {
        name: 'revision',
        kind: 'value',
        placeholder: 'N',
        text: { english: 'as of this revision', russian: 'на эту ревизию' },
      },
    ],
    run,
  },
];
