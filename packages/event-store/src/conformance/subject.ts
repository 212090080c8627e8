import type { EventStore } from '../store';
import type { TestApi } from './test-api';

export interface StoreCapabilities {
  /** The largest append in bytes of canonical text. Larger ones are rejected as `too-large`. Default: 16 MiB are taken. */
  readonly maxAppendBytes?: number;
  /** The store keeps the canonical text of an event and gives it back. */
  readonly keepsText?: boolean;
  /** The store sees that an id stands at another revision of the stream. Default: it does. */
  readonly seesKnownIds?: boolean;
}

export interface StoreUnderTest {
  readonly name: string;
  /** A new, empty store. Each test has one of its own and closes it. */
  readonly open: () => Promise<EventStore>;
  /** Closes a store and opens again what it had written. Stores that forget everything have none. */
  readonly reopen?: (store: EventStore) => Promise<EventStore>;
  readonly capabilities?: StoreCapabilities;
}

export interface StoreTests {
  /** A test with a store of its own. */
  readonly test: (name: string, body: (store: EventStore) => Promise<void>) => void;
  /** A test that closes its store and goes on with what it had written. */
  readonly testReopening: (
    name: string,
    body: (store: EventStore, reopen: () => Promise<EventStore>) => Promise<void>,
  ) => void;
}

export const storeTests = ({ open, reopen }: StoreUnderTest, { it }: TestApi): StoreTests => ({
  test: (name, body) => {
    it(name, async () => {
      const store = await open();
      try {
        await body(store);
      } finally {
        await store.close();
      }
    });
  },
  testReopening: (name, body) => {
    if (reopen === undefined) {
      it.skip(`${name} (this store forgets everything when it is closed)`, () => Promise.resolve());
      return;
    }
    it(name, async () => {
      let store = await open();
      try {
        await body(store, async () => (store = await reopen(store)));
      } finally {
        await store.close();
      }
    });
  },
});
