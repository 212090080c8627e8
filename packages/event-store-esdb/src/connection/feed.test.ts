import { once } from 'node:events';
import { Readable } from 'node:stream';
import { StreamNotFoundError } from '@eventstore/db-client';
import { feedOf, type Feed } from './feed';

interface Fed {
  readonly stream: Readable;
  readonly feed: Feed<number>;
  readonly cancelled: () => boolean;
  /** Whether the call is over by what has happened so far. */
  readonly isOver: () => Promise<boolean>;
}

/** A feed of numbers, of which the stream has the first so many. */
const fed = async (numbers: number, most?: number): Promise<Fed> => {
  const stream = new Readable({ objectMode: true, autoDestroy: false, read: () => undefined });
  let [cancelled, over] = [false, false];
  const feed = feedOf(stream, {
    cancel: () => {
      cancelled = true;
      return Promise.resolve();
    },
    item: Number,
    most,
  });
  void feed.over.then(() => (over = true));
  for (let number = 0; number < numbers; number += 1) stream.push(number);
  if (numbers > 0) await once(stream, 'readable');
  return {
    stream,
    feed,
    cancelled: () => cancelled,
    isOver: async () => {
      await new Promise((resolve) => process.nextTick(resolve));
      return over;
    },
  };
};

describe('a feed that is left', () => {
  it('is cancelled while something may still come', async () => {
    for (const most of [undefined, 3]) {
      const { feed, cancelled, isOver } = await fed(2, most);
      expect(feed.take(10)).toEqual([0, 1]);
      feed.leave();
      expect([cancelled(), await isOver(), feed.state(), feed.take(1)]).toEqual([true, true, 'ended', []]);
    }
  });

  it('is not cancelled when it has brought all it could, and is over when the server says so', async () => {
    const { stream, feed, cancelled, isOver } = await fed(2, 2);
    expect(feed.take(10)).toEqual([0, 1]);
    feed.leave();
    expect([cancelled(), await isOver()]).toEqual([false, false]);
    stream.push(null);
    await once(stream, 'end');
    expect([cancelled(), await isOver()]).toEqual([false, true]);
  });

  it('is over too where the connection breaks off behind its last object', async () => {
    const { stream, feed, isOver } = await fed(1, 1);
    feed.take(1);
    feed.leave();
    stream.emit('error', new Error('14 UNAVAILABLE: Connection dropped'));
    expect(await isOver()).toBe(true);
    const broken = await fed(1, 1);
    broken.feed.take(1);
    broken.stream.emit('error', new Error('14 UNAVAILABLE: Connection dropped'));
    expect(broken.feed.state()).toMatchObject({ _tag: 'Unknown' });
    broken.feed.leave();
    expect(await broken.isOver()).toBe(true);
  });

  it('is not cancelled where there was no such stream: that was all the server had to say', async () => {
    const { stream, feed, cancelled, isOver } = await fed(0, 1);
    stream.emit('error', new StreamNotFoundError(new Error('not found') as never, 'a-1'));
    expect(feed.state()).toEqual({ _tag: 'NotFound' });
    feed.leave();
    expect([cancelled(), await isOver()]).toEqual([false, true]);
  });
});
