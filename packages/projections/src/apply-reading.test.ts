import { createImpersonalReader, memoryStore } from '@cloud-kassa/event-store';
import { applyReading } from './apply-reading';
import { eventsIn, filled, JAR_EVENTS, jars, JARS, jarWriter, succeeded } from './jars.testing';
import { memoryReadModels } from './memory-read-models';

const reader = createImpersonalReader(JAR_EVENTS);

/** A reading of events 3 and 4 of four, on rows that hold the events up to a position. */
const applied = async (position: string | undefined) => {
  const store = memoryStore();
  const writer = jarWriter(store);
  for (const amount of [1, 10, 100, 1_000]) await writer.write('a', filled(amount));
  const stored = (await eventsIn(store)).slice(2);
  const reading = { from: '2', before: 'unknown' as const, to: '4', stored, decoded: reader(stored) };
  const readModels = memoryReadModels();
  const generation = await succeeded(
    readModels.administer('jars', (ledger) => ledger.create(jars(), 'live')),
  );
  if (position !== undefined)
    await succeeded(readModels.write(jars(), generation, (batch) => batch.moveTo(position, 'unknown')));
  const outcome = await succeeded(
    readModels.write(jars(), generation, (batch) =>
      applyReading(batch, jars(), reading, store.comparePositions),
    ),
  );
  const [amount, now] = await succeeded(
    readModels.read(jars(), (view) => [view.get(JARS, { jar: 'a' })?.amount, view.position]),
  );
  return { outcome, amount, now };
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
});
