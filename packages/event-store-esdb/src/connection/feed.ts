import { clientFailure, type ClientFailure } from './client-failure';

export type FeedState = 'open' | 'ended' | ClientFailure;

/** What a read or a subscription of the client brings. Who takes slowly is sent slowly. */
export interface Feed<A> {
  /** What has come, at most so many; none where nothing has. */
  readonly take: (most: number) => ReadonlyArray<A>;
  /** `open` as long as something may still come or lie here. */
  readonly state: () => FeedState;
  /** Resolves when there is something to take or the state has changed. */
  readonly news: () => Promise<void>;
  /** Cancels the call. To be called in every case: the client does not, and a connection takes 100 calls. */
  readonly leave: () => void;
}

/** A readable stream of objects, as far as it is used here. */
export interface ObjectStream {
  readonly on: (event: string, listener: (...told: unknown[]) => void) => unknown;
  readonly read: () => unknown;
  readonly readableLength: number;
  readonly destroy: () => unknown;
}

/** @param cancel cancels the call behind the stream. @param item what an object of the stream is. */
export const feedOf = <A>(
  stream: ObjectStream,
  cancel: () => Promise<void>,
  item: (object: unknown) => A | undefined,
): Feed<A> => {
  const told: { readonly wake: Set<() => void>; state: FeedState } = { wake: new Set(), state: 'open' };
  let left = false;

  const tell = (): void => {
    for (const wake of told.wake) wake();
    told.wake.clear();
  };
  const end = (state: FeedState): void => {
    if (told.state === 'open') told.state = state;
    tell();
  };

  stream.on('readable', tell);
  stream.on('end', () => end('ended'));
  stream.on('close', () => end('ended'));
  // This listener stays: an error that comes after the end would otherwise end the process.
  stream.on('error', (error) => end(clientFailure(error)));

  return {
    take: (most) => {
      const items: A[] = [];
      if (left) return items;
      while (items.length < most) {
        const object: unknown = stream.read();
        if (object === null) break;
        const taken = item(object);
        if (taken !== undefined) items.push(taken);
      }
      return items;
    },
    state: () => (told.state !== 'ended' && stream.readableLength > 0 ? 'open' : told.state),
    news: () =>
      new Promise((resolve) => {
        if (told.state === 'open' && stream.readableLength === 0) told.wake.add(resolve);
        else resolve();
      }),
    leave: () => {
      if (left) return;
      left = true;
      end('ended');
      // It fails where the call could not be begun: then there is nothing to cancel.
      cancel().catch(() => undefined);
      stream.destroy();
    },
  };
};
