import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process of the benchmarks beside the one that measures. */
export interface TalkingProcess<Order, Said> {
  /** What it said first. */
  readonly first: Said;
  /** Gives an order and waits for its answer. One at a time. */
  readonly ask: (order: Order) => Promise<Said>;
  /** Ends it and resolves when it is gone. */
  readonly end: () => Promise<void>;
}

/** Nobody waits for an answer. */
const NOBODY = (): void => undefined;

/**
 * Starts a process from the script of this name that lies beside the running one. It answers every order once.
 *
 * @param heard told what the process says besides, and answers `true` for it.
 */
export const startTalkingProcess = async <Order extends object, Said>(
  script: string,
  task: object,
  heard: (said: Said) => boolean = () => false,
): Promise<TalkingProcess<Order, Said>> => {
  const child = spawn(process.execPath, [join(__dirname, `${script}.js`), JSON.stringify(task)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let answered: (said: Said) => void = NOBODY;
  child.on('message', (message) => {
    const said = message as Said;
    if (!heard(said)) answered(said);
  });
  const ended = once(child, 'close').then(([code]: ReadonlyArray<unknown>): never => {
    throw new Error(`the process ${script} ended: ${String(code)}`);
  });
  // It may end when nobody waits for an answer.
  ended.catch(() => undefined);
  const answer = (): Promise<Said> =>
    Promise.race([
      new Promise<Said>((resolve) => {
        answered = resolve;
      }),
      ended,
    ]);
  return {
    first: await answer(),
    ask: (order) => {
      const said = answer();
      child.send(order);
      return said;
    },
    end: async () => {
      child.kill();
      await ended.catch(() => undefined);
    },
  };
};
