/** Which messages of a group are done, by their number in the order in which they were taken from the source. */
export interface CheckpointProgress {
  /** A message was taken; its number counts from 1. */
  readonly taken: (place: string) => number;
  readonly done: (number: number) => void;
  /** The messages at the front that are all done: how many since the last checkpoint, and the place of the last of them. */
  readonly ready: () => { readonly count: number; readonly place: string } | undefined;
  /** What is ready has been written down. */
  readonly written: () => void;
}

export const checkpointProgress = (): CheckpointProgress => {
  /** Messages that are not behind the front yet. */
  const open = new Map<number, { readonly place: string; done: boolean }>();
  let last = 0;
  let front = 1;
  let count = 0;
  let place: string | undefined;
  return {
    taken: (at) => {
      last += 1;
      open.set(last, { place: at, done: false });
      return last;
    },
    done: (number) => {
      const message = open.get(number);
      if (message !== undefined) message.done = true;
      for (let next = open.get(front); next?.done === true; next = open.get(front)) {
        open.delete(front);
        front += 1;
        count += 1;
        place = next.place;
      }
    },
    ready: () => (place === undefined || count === 0 ? undefined : { count, place }),
    written: () => {
      count = 0;
    },
  };
};
