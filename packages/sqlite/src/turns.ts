import type { Runtime } from '@cloud-kassa/runtime';

/** Divides synchronous work of one process over turns of its event loop, so that timers and sockets are served in between. */
export interface Turns {
  /** Does a piece of work in a turn that has room for it. */
  readonly take: <A>(work: () => A) => Promise<A>;
}

/** A turn is left when pieces of work have held it for so long, or when there were so many of them. */
const LONGEST_MS = 20;
const MOST_PIECES = 16;

export const turnsOn = (runtime: Runtime): Turns => {
  const turn = { held: 0, pieces: 0 };
  let leaving: Promise<void> | undefined;

  const leave = async (): Promise<void> => {
    await runtime.sleep(0);
    turn.held = 0;
    turn.pieces = 0;
    leaving = undefined;
  };

  return {
    take: async (work) => {
      // Of those who waited for the next turn, each looks whether the others before it have filled that one too.
      while (isFull(turn)) await (leaving ??= leave());
      const began = runtime.monotonic();
      turn.pieces += 1;
      try {
        return work();
      } finally {
        turn.held += runtime.monotonic() - began;
      }
    },
  };
};

const isFull = ({ held, pieces }: { readonly held: number; readonly pieces: number }): boolean =>
  held >= LONGEST_MS || pieces >= MOST_PIECES;
