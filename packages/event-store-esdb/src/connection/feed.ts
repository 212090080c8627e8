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
  /**
   * Ends the call. To be done in every case: the client does not, and a connection takes 100 calls. A call that has brought all it could
   * is left to end by itself, which it is about to: servers close the connections of those who cancel very often.
   */
  readonly leave: () => void;
  /** Resolves when it was left and its call is over. */
  readonly over: Promise<void>;
}

/** A readable stream of objects, as far as it is used here. */
export interface ObjectStream {
  readonly on: (event: string, listener: (...told: unknown[]) => void) => unknown;
  readonly read: () => unknown;
  readonly readableLength: number;
  readonly destroy: () => unknown;
}

/** What has to be known of a stream besides. */
export interface FeedOptions<A> {
  /** Cancels the call behind it. */
  readonly cancel: () => Promise<void>;
  /** What an object of it is. */
  readonly item: (object: unknown) => A | undefined;
  /** So many objects were asked for. Absent where there is no end to them. */
  readonly most?: number | undefined;
}

export const feedOf = <A>(
  stream: ObjectStream,
  { cancel, item, most: wanted = Number.POSITIVE_INFINITY }: FeedOptions<A>,
): Feed<A> => {
  const told: { readonly wake: Set<() => void>; state: FeedState } = { wake: new Set(), state: 'open' };
  const ends = new Set<() => void>();
  const over = new Promise<void>((resolve) => ends.add(resolve));
  let left = false;
  let seen = 0;

  const tell = (): void => {
    for (const wake of told.wake) wake();
    told.wake.clear();
  };
  const end = (state: FeedState): void => {
    if (told.state === 'open') told.state = state;
    tell();
  };
  const callEnded = (): void => {
    for (const resolve of ends) resolve();
  };
  /** The stream says that nothing more comes. */
  const hear = (state: FeedState): void => {
    end(state);
    if (left) callEnded();
  };
  /** Nothing of it is wanted any more, and it has to be read to its end to be over. */
  const drain = (): void => {
    while (stream.read() !== null);
  };

  stream.on('readable', () => (left ? drain() : tell()));
  stream.on('end', () => hear('ended'));
  stream.on('close', () => hear('ended'));
  // This listener stays: an error that comes after the end would otherwise end the process.
  stream.on('error', (error) => hear(clientFailure(error)));

  const isNotFound = (): boolean => typeof told.state === 'object' && told.state._tag === 'NotFound';

  return {
    take: (most) => {
      const items: A[] = [];
      if (left) return items;
      while (items.length < most) {
        const object: unknown = stream.read();
        if (object === null) break;
        seen += 1;
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
      const isEnding = seen >= wanted && told.state === 'open';
      end('ended');
      if (isEnding) return drain();
      // It fails where the call could not be begun: then there is nothing to cancel.
      if (!isNotFound()) cancel().catch(() => undefined);
      stream.destroy();
      callEnded();
    },
    over,
  };
};
