import { memoryStore, type EventStore } from '@cloud-kassa/event-store';
import { seededRandom } from '@cloud-kassa/runtime';
import { cursed, emptied, filled, jarWriter } from './jars.testing';

/** The same log in every process. */
export const sampleLog = async (count: number): Promise<EventStore> => {
  const store = memoryStore({ pageSize: 10 });
  const writer = jarWriter(store);
  const random = seededRandom('sample log');
  for (let index = 0; index < count; index += 1) {
    const jar = `jar${random.integer(12)}`;
    const what = random.integer(40);
    const event = what === 0 ? cursed() : what < 5 ? emptied : filled(what, `label${random.integer(5)}`);
    await writer.write(jar, event);
  }
  return store;
};
