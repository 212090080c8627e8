import assert from 'node:assert/strict';
import * as E from 'fp-ts/Either';
import type { CheckpointStore } from '../checkpoint-store';
import type { Position } from '../store';
import { globalTestApi, type TestApi } from './test-api';

/** Two ways to the same checkpoints, as two processes have them, and how they are closed. */
export interface OpenedCheckpointStores {
  readonly stores: readonly [CheckpointStore, CheckpointStore];
  readonly close: () => Promise<void>;
}

export interface CheckpointStoreUnderTest {
  readonly name: string;
  /** A new place without checkpoints. Each test has one of its own and closes it. */
  readonly open: () => Promise<OpenedCheckpointStores>;
}

/** Registers the tests that every implementation of `CheckpointStore` must pass. */
export const checkpointStoreConformance = (
  { name, open }: CheckpointStoreUnderTest,
  { describe, it }: TestApi = globalTestApi(),
): void => {
  const test = (title: string, body: (one: CheckpointStore, other: CheckpointStore) => Promise<void>): void =>
    void it(title, async () => {
      const { stores, close } = await open();
      try {
        await body(...stores);
      } finally {
        await close();
      }
    });

  describe(`${name} as a store of checkpoints`, () => {
    test('has no checkpoint under a name before one was saved', async (one) => {
      assert.equal(await load(one, 'payments'), undefined);
      await save(one, 'shifts', '1');
      assert.equal(await load(one, 'payments'), undefined);
    });

    test('gives the position that was saved last, whoever saved it', async (one, other) => {
      await save(one, 'payments', '10');
      assert.equal(await load(other, 'payments'), '10');
      await save(other, 'payments', '20');
      assert.equal(await load(one, 'payments'), '20');
      assert.equal(await load(other, 'payments'), '20');
    });

    test('compares nothing: who begins anew saves a position further back', async (one) => {
      await save(one, 'payments', '20');
      await save(one, 'payments', '3');
      assert.equal(await load(one, 'payments'), '3');
    });

    test('keeps names and positions as they are', async (one) => {
      const names = ['payments', 'Payments', 'payments ', 'a/b', '__proto__', 'смены'];
      const positions = ['18446744073709551615', '0010', 'C:10/P:9', '10', '__proto__', ''];
      for (const [index, key] of names.entries()) await save(one, key, positions[index] ?? '');
      for (const [index, key] of names.entries()) assert.equal(await load(one, key), positions[index]);
    });
  });
};

const load = async (store: CheckpointStore, name: string): Promise<Position | undefined> => {
  const position = await store.load(name)();
  if (E.isLeft(position)) assert.fail(position.left.why);
  return position.right;
};

const save = async (store: CheckpointStore, name: string, position: Position): Promise<void> => {
  const saved = await store.save(name, position)();
  if (E.isLeft(saved)) assert.fail(saved.left.why);
};
