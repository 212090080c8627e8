import type { EventStore } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';

/** A worker is about to send a receipt: it says so in the log before the first byte leaves. */
export interface FirstSend {
  readonly stream: string;
  readonly worker: string;
}

/** The name of a worker; events have one life of it as `<name>/<id>`. */
export const nameOf = (actor: string): string => actor.slice(0, actor.lastIndexOf('/'));

/** The first send that the log tells of from now on. */
export const firstSend = async (events: EventStore): Promise<FirstSend> => {
  const head = await events.head()();
  const after = E.isRight(head) && head.right !== undefined ? { after: head.right } : {};
  for await (const item of events.subscribeAll({ ...after, filter: { prefixes: ['receipt-'] } })) {
    if (item._tag === 'Failed') throw new Error(item.error._tag);
    if (item._tag === 'CaughtUp') continue;
    const intent = item.events.find(({ type }) => type === 'receipt.SendIntended');
    if (intent !== undefined) return { stream: intent.stream, worker: nameOf(intent.metadata.actor) };
  }
  throw new Error('the log has ended');
};
