import { createImpersonalReader, memoryStore, type StoredEvent } from '@cloud-kassa/event-store';
import { applyReading } from './apply-reading';
import { markOf, type LastEvent } from './event-mark';
import { eventsIn, filled, JAR_EVENTS, jars, JARS, jarWriter, succeeded } from './jars.testing';
import { memoryReadModels } from './memory-read-models';

const reader = createImpersonalReader(JAR_EVENTS);

const logOf = async (...amounts: ReadonlyArray<number>): Promise<ReadonlyArray<StoredEvent>> => {
  const store = memoryStore();
  const writer = jarWriter(store);
  for (const amount of amounts) await writer.write('a', filled(amount));
  return eventsIn(store);
};

const lastUpTo = (log: ReadonlyArray<StoredEvent>, position: string | undefined): LastEvent => {
  const last = log[Number(position ?? 0) - 1];
  return last === undefined ? undefined : markOf(last);
};

/** A reading of events 3 and 4 of four, on rows that hold the events up to a position; the last of them is of this log by default. */
const applied = async (position: string | undefined, lastEvent?: LastEvent, before?: LastEvent) => {
  const log = await logOf(1, 10, 100, 1_000);
  const { comparePositions } = memoryStore();
  const stored = log.slice(2);
  const known = before ?? lastUpTo(log, '2');
  const reading = { from: '2', before: known, to: '4', stored, decoded: reader(stored) };
  const readModels = memoryReadModels();
  const generation = await succeeded(
    readModels.administer('jars', (ledger) => ledger.create(jars(), 'live')),
  );
  if (position !== undefined)
    await succeeded(
      readModels.write(jars(), generation, (batch) =>
        batch.moveTo(position, lastEvent ?? lastUpTo(log, position)),
      ),
    );
  const outcome = await succeeded(
    readModels.write(jars(), generation, (batch) => applyReading(batch, jars(), reading, comparePositions)),
  );
  const [amount, now] = await succeeded(
    readModels.read(jars(), (view) => [view.get(JARS, { jar: 'a' })?.amount, view.position]),
  );
  const [kept] = await succeeded(readModels.survey('jars', (survey) => survey.generations()));
  return { outcome, amount, now, last: kept?.lastEvent, end: lastUpTo(log, '4') };
};

describe('a reading of events', () => {
  it.each([
    ['that follows what the rows hold is applied whole', '2', 'applied', 1_100, '4'],
    ['of which the rows hold a part is applied for the rest', '3', 'applied', 1_000, '4'],
    ['that the rows hold already is not applied again', '4', 'applied', undefined, '4'],
    ['that lies behind what the rows hold moves nothing back', '9', 'ahead', undefined, '9'],
    ['before which events are missing is not applied', '1', 'behind', undefined, '1'],
    ['before which all events are missing is not applied', undefined, 'behind', undefined, undefined],
  ] as const)('%s', async (_, position, tag, amount, now) => {
    expect(await applied(position)).toMatchObject({ outcome: { _tag: tag }, amount, now });
  });

  it.each(['2', '3', '4'])(
    'is not applied to rows that were made of other events up to the same place (%s)',
    async (position) => {
      const other = lastUpTo(await logOf(1, 11, 100, 1_000), position);
      const { outcome, amount, now } = await applied(position, other);
      expect({ outcome, amount, now }).toEqual({
        outcome: { _tag: 'behind', position, parked: [] },
        amount: undefined,
        now: position,
      });
    },
  );

  it('is not applied to rows that lack events of it, though they stand behind them', async () => {
    const log = await logOf(1, 10, 100, 1_000);
    expect(await applied('3', lastUpTo(log, '2'))).toMatchObject({ outcome: { _tag: 'behind' } });
  });

  it('is applied where the last event is not known, and it is known then', async () => {
    const { outcome, amount, last, end } = await applied('2', 'unknown');
    expect({ amount, last }).toEqual({ amount: 1_100, last: end });
    expect(outcome).toMatchObject({ _tag: 'applied' });
    expect(await applied('2', undefined, 'unknown')).toMatchObject({ outcome: { _tag: 'applied' } });
  });
});
