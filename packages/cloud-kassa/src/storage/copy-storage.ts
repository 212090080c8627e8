import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CopyError, CopyProgress, CopyReport, CopySide } from '@cloud-kassa/event-store';
import { copyEvents } from '@cloud-kassa/event-store';
import type { Log, Runtime } from '@cloud-kassa/runtime';
import { systemRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { KassaError } from '../kassa-error';
import { ofLoad, refused } from '../kassa-error';
import type { Outcome } from '../outcome';
import { done, failed } from '../outcome';
import type { KeptStorageParts, Storage } from './storage';
import { storageInDatabase } from './storage-in-database';
import { storageInFiles } from './storage-in-files';

/** A storage that can be copied: one that lasts. */
export type KeptStorage = Extract<Storage, { kind: 'sqlite' | 'database' }>;

export interface CopyStorageOptions {
  readonly from: KeptStorage;
  readonly to: KeptStorage;
  /** Told of every page of events. */
  readonly progress?: (progress: CopyProgress) => void;
  /** Ends the copy between two writes; what was copied stays. */
  readonly signal?: AbortSignal;
  readonly log?: Log;
  /** The outside world; for tests. */
  readonly runtime?: Runtime;
}

type StoreFailed = Extract<CopyError, { readonly _tag: 'StoreFailed' }>;

const SIDES: Readonly<Record<CopySide, readonly [english: string, russian: string]>> = {
  from: ['source', 'источник'],
  to: ['target', 'приёмник'],
};

const onSide = (side: CopySide, error: KassaError): KassaError => ({
  ...error,
  message: `The ${SIDES[side][0]} of the copy: ${error.message}`,
  russian: `Копирование, ${SIDES[side][1]}: ${error.russian}`,
});

const differs = (stream: string, revision: number, english: string, russian: string): KassaError => ({
  code: 'corrupt',
  stream,
  revision,
  message: `Event ${revision} of ${stream} ${english}`,
  russian: `Событие ${revision} потока ${stream} ${russian}`,
});

/** The event that was to be written. */
const placeOf = ({ stream, revision }: StoreFailed): readonly [english: string, russian: string] =>
  stream === undefined
    ? ['', '']
    : [
        ` Event ${revision} of ${stream} was to be written.`,
        ` Записывалось событие ${revision} потока ${stream}.`,
      ];

const ofStoreFailed = (failure: StoreFailed): KassaError => {
  const { side, error } = failure;
  const [english, russian] = placeOf(failure);
  const told: KassaError =
    error._tag === 'OutcomeUnknown'
      ? {
          code: 'outcome-unknown',
          message: `The store did not say whether it wrote: ${error.why}. Repeat the copy.`,
          russian: `Хранилище не сообщило, записало ли оно: ${error.why}. Повторите копирование.`,
        }
      : ofLoad(error);
  return onSide(side, {
    ...told,
    message: `${told.message}${english}`,
    russian: `${told.russian}${russian}`,
  });
};

const ofCopy = (error: CopyError): KassaError => {
  switch (error._tag) {
    case 'StoreFailed':
      return ofStoreFailed(error);
    case 'KeysFailed':
      return onSide(error.side, ofLoad(error.error));
    case 'Diverged':
      return differs(
        error.stream,
        error.revision,
        'is another one in the target: the stores went different ways. Nothing of the stream was written now.',
        'в приёмнике другое: хранилища разошлись. В этот поток сейчас ничего не записано.',
      );
    case 'Lost':
      return differs(
        error.stream,
        error.revision,
        'is missing in the target, which had it or has acknowledged it.',
        'в приёмнике нет, хотя оно там было или запись подтверждена.',
      );
    case 'Interrupted':
      return {
        code: 'unavailable',
        message: `The copy was interrupted; ${error.copied} events are copied. Repeat it.`,
        russian: `Копирование прервано; скопировано событий: ${error.copied}. Повторите его.`,
      };
  }
};

const SAME = refused({ rule: 'copy-onto-itself', field: 'to' });

const pathOf = (directory: string): string => {
  try {
    return realpathSync(directory);
  } catch {
    return resolve(directory);
  }
};

const isSame = (from: KeptStorage, to: KeptStorage): boolean =>
  from.kind === 'sqlite' && to.kind === 'sqlite' && pathOf(from.directory) === pathOf(to.directory);

const opening = (
  storage: KeptStorage,
  runtime: Runtime,
  indexKey?: Uint8Array,
): TaskEither<KassaError, KeptStorageParts> =>
  storage.kind === 'sqlite'
    ? storageInFiles(storage, runtime, indexKey)
    : storageInDatabase(storage, runtime, indexKey);

const copying = (
  from: KeptStorageParts,
  to: KeptStorageParts,
  { progress, signal }: CopyStorageOptions,
  runtime: Runtime,
): TaskEither<KassaError, CopyReport> =>
  pipe(
    copyEvents({
      from: from.events,
      to: to.events,
      keys: { from: from.keys, to: to.keys },
      runtime,
      ...(progress === undefined ? {} : { progress }),
      ...(signal === undefined ? {} : { signal }),
    }),
    TE.mapLeft(ofCopy),
  );

/**
 * Copies a store: the keys of persons and all events, unchanged, with the chain of hashes verified on both sides. Read models are not copied:
 * they are built anew. A copy that broke off is repeated and goes on where it was. Stop all workers and shops for the last time it is run.
 */
export const copyStorage = async (options: CopyStorageOptions): Promise<Outcome<CopyReport>> => {
  const { log } = options;
  const runtime = options.runtime ?? systemRuntime(log === undefined ? {} : { log });
  if (isSame(options.from, options.to)) return failed(SAME);
  const from = await opening(options.from, runtime)();
  if (E.isLeft(from)) return failed(from.left);
  const to = await opening(options.to, runtime, from.right.keys.indexKey())();
  const copied = E.isLeft(to) ? to : await copying(from.right, to.right, options, runtime)();
  if (E.isRight(to)) await to.right.close();
  await from.right.close();
  return E.isLeft(copied) ? failed(copied.left) : done(copied.right);
};
