import type { Replay, TimelineEntry } from '@cloud-kassa/audit';
import type { CloudKassa, KassaError } from '@cloud-kassa/cloud-kassa';
import * as E from 'fp-ts/Either';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown, wrongUse } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import type { View } from '../output/view';
import { column, text } from '../output/view';
import { tableTime } from '../output/table-time';
import { plainData } from '../output/plain-data';
import { momentOf } from './instant-option';
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
    column('At (UTC)', 'Когда (UTC)'),
    column('What happened', 'Что произошло', { shrinks: true }),
    column('By', 'Кем', { shrinks: true }),
    column('Facts', 'Факты', { shrinks: true }),
  ],
  rows: timeline.map((entry) => [
    String(entry.revision),
    tableTime(entry.at),
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

/** What stands before an id in the name of its stream. */
const PREFIXES = ['payment-', 'receipt-', 'clouddevice-', 'shift-'];

/** The name of an order or a receipt is at hand sooner than that of its stream: names the streams that there are for it. */
const withSuggestion = async (kassa: CloudKassa, asked: string, error: KassaError): Promise<KassaError> => {
  if (error.code !== 'not-found') return error;
  const meant: string[] = [];
  for (const prefix of PREFIXES) {
    const stream = `${prefix}${asked}`;
    const there = await kassa.audit.replay(stream);
    if (there.ok) meant.push(stream);
  }
  if (meant.length === 0) return error;
  return {
    ...error,
    message: `${error.message} Did you mean ${meant.join(', ')}?`,
    russian: `${error.russian} Может быть, ${meant.join(', ')}?`,
  };
};

const run = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const moment = momentOf(given.value('at'));
  if (E.isLeft(moment)) return moment.left;
  const at = moment.right;
  const revision = given.value('revision');
  const upTo = revision === undefined ? undefined : wholeNumber(revision);
  if (revision !== undefined && upTo === undefined)
    return wrongUse('revision', 'whole-number', {
      english: 'A revision is a whole number from 0.',
      russian: 'Ревизия — целое число от 0.',
    });
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const stream = given.argument('stream') ?? '';
  const replayed = await kassa.value.audit.replay(stream, {
    ...(at === undefined ? {} : { at }),
    ...(upTo === undefined ? {} : { revision: upTo }),
  });
  if (!replayed.ok) return failure(await withSuggestion(kassa.value, stream, replayed.error));
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
        text: {
          english: 'as of this time: 2026-11-27T09:00:00Z',
          russian: 'на это время: 2026-11-27T09:00:00Z',
        },
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
