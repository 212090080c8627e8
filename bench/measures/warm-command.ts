import type { Decider, Tagged } from '@cloud-kassa/core';
import {
  createCommandHandler,
  memoryKeyRing,
  memoryLog,
  memoryStore,
  type CommandContext,
  type CommandHandler,
  type EventStore,
} from '@cloud-kassa/event-store';
import {
  CommandHandler as emmettHandler,
  getInMemoryEventStore,
  type Event as EmmettEvent,
} from '@event-driven-io/emmett';
import { BASKET } from '../data/basket';
import { recordingStore, type RecordedAppend } from '../data/recording-store';
import { TILL } from '../data/till';
import type { Workload } from '../data/workload';
import { given } from '../given';
import { measureProcess, tell, type Task } from '../measure-process';
import { median, medianRatio } from '../median';
import { microseconds, ratioText } from '../number-text';
import { runtime } from '../open-store';
import type { Line, Report } from '../report';
import { inTurns } from '../rounds';
import type { Sizes } from '../sizes';

const LENGTH = 500;
const GOAL = 8;
const WARM_UP_COMMANDS = 4_000;
const MOST_WARM_UP = 20;

const { entropy } = runtime;
const keyRing = memoryKeyRing({ entropy, indexKey: entropy(32) });

const handlerOn = <Command extends Tagged, State, Event extends Tagged>(
  store: EventStore,
  { decider, family, stream }: Workload<Command, State, Event>,
  maxWeight?: number,
): CommandHandler<string, Command, State, Event, never> =>
  createCommandHandler({
    store,
    decider,
    family,
    streamOf: () => stream,
    keyRing,
    runtime,
    knownCommands: 1_000,
    cache: maxWeight === undefined ? {} : { maxWeight },
  });

const contextOf = (index: number): CommandContext => ({
  commandId: `command-${index}`,
  actor: 'bench',
  organisation: '-',
});

interface Past<Event> {
  readonly appends: ReadonlyArray<RecordedAppend>;
  readonly events: ReadonlyArray<Event>;
}

/** What the commands before did, each with an append of its own. */
const pastOf = async <Command extends Tagged, State, Event extends Tagged>(
  workload: Workload<Command, State, Event>,
): Promise<Past<Event>> => {
  const appends: RecordedAppend[] = [];
  const events: Event[] = [];
  const handler = handlerOn(
    recordingStore((append) => appends.push(append)),
    workload,
  );
  for (let index = 0; index < LENGTH; index += 1)
    events.push(...given(await handler.handle('', workload.commandAt(index), contextOf(index))()).events);
  return { appends, events };
};

type Handle<Command> = (command: Command, index: number) => Promise<unknown>;

/** Emmett wants events; whoever refuses throws. */
const decidedForEmmett = <Command, State, Event>(
  { decide }: Decider<Command, State, Event, never>,
  command: Command,
  state: State,
): Event[] => [...given(decide(command, state))];

/** Milliseconds for a command; each stream is new and has the same length. */
const onNewStreams = async <Command>(
  streams: number,
  commands: ReadonlyArray<Command>,
  prepare: () => Promise<Handle<Command>>,
): Promise<number> => {
  let took = 0;
  for (let count = 0; count < streams; count += 1) {
    const handle = await prepare();
    const began = runtime.monotonic();
    let index = LENGTH;
    for (const command of commands) await handle(command, (index += 1));
    took += runtime.monotonic() - began;
  }
  return took / (streams * commands.length);
};

const against = async <Command extends Tagged, State, Event extends EmmettEvent>(
  workload: Workload<Command, State, Event>,
  { rounds, warmStreams, warmCommands }: Sizes,
): Promise<{ readonly ratio: number; readonly line: Line }> => {
  tell(`warm commands, ${workload.name}`);
  const { decider, stream, commandAt } = workload;
  const { appends, events } = await pastOf(workload);
  const commands = Array.from({ length: warmCommands }, (_, index) => commandAt(LENGTH + index));

  const ours = async (maxWeight?: number): Promise<Handle<Command>> => {
    const log = memoryLog();
    for (const append of appends) log.write(append.stream, append.expected, append.events);
    const handler = handlerOn(memoryStore({ log }), workload, maxWeight);
    given(await handler.load('')());
    return async (command, index) => given(await handler.handle('', command, contextOf(index))());
  };

  const handle = emmettHandler<State, Event>({ evolve: decider.evolve, initialState: () => decider.initial });
  const emmett = async (): Promise<Handle<Command>> => {
    // A store for each stream: its append counts the events of all streams.
    const store = getInMemoryEventStore();
    await store.appendToStream(stream, [...events]);
    return (command) => handle(store, stream, (state) => decidedForEmmett(decider, command, state));
  };

  const measured = await inTurns(
    {
      cached: () => onNewStreams(warmStreams, commands, () => ours()),
      // A hundred times as slow: fewer of them say as much.
      uncached: () => onNewStreams(1, commands, () => ours(0)),
      emmett: () => onNewStreams(warmStreams, commands, emmett),
    },
    { warmUp: Math.min(MOST_WARM_UP, Math.ceil(WARM_UP_COMMANDS / (warmStreams * warmCommands))), rounds },
  );
  const ratio = medianRatio(measured.emmett, measured.cached);
  return {
    ratio,
    line: {
      what: `warm command on ${LENGTH} events, ${workload.name} (uncached ${microseconds(median(measured.uncached))})`,
      ours: microseconds(median(measured.cached)),
      against: `${microseconds(median(measured.emmett))} Emmett`,
      ratio: ratioText(ratio),
    },
  };
};

/**
 * Commands to streams of 500 events in memory, ours with its cache and without, against Emmett's handler on its own store in memory
 * with the same decider. Ours writes a canonical text, a hash chain and the hash of the command; Emmett's folds the whole stream.
 */
const warmCommand = async ({ sizes }: Task): Promise<Report> => {
  const basket = await against(BASKET, sizes);
  const till = await against(TILL, sizes);
  return {
    figures: { warmCommandRatioToEmmett: basket.ratio },
    lines: [{ ...basket.line, goal: `≥ ${GOAL}` }, till.line],
  };
};

void measureProcess(warmCommand);
