import type { ChainHead, EventStore, StoredEvent } from '@cloud-kassa/event-store';
import { CHAIN_START, canonicalEventText, eventIdOf, verifyNext } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Findings } from './findings';

/** Which event of which command came last in a stream; `undefined` behind a break, where it is not known. */
interface LastOfCommand {
  readonly commandId: string;
  readonly index: number | undefined;
}

/** Verifies the chain of every stream, event by event in the commit order. */
export interface ChainWatch {
  readonly see: (event: StoredEvent) => void;
  readonly heads: () => ReadonlyMap<string, ChainHead>;
}

const saysText = (event: StoredEvent): boolean => {
  if (event.canonicalText === undefined) return true;
  const text = canonicalEventText(event.stream, event.revision, event);
  return E.isRight(text) && text.right === event.canonicalText;
};

/** After a break the chain is taken up again at the event that broke it, so that one change is one finding. */
export const chainWatch = (found: Findings, comparePositions: EventStore['comparePositions']): ChainWatch => {
  const heads = new Map<string, ChainHead>();
  const commands = new Map<string, LastOfCommand>();
  let position: string | undefined;

  /** Whether the event follows in its stream; what does not is found. */
  const judgeChain = (event: StoredEvent): boolean => {
    const head = heads.get(event.stream) ?? CHAIN_START;
    const next = verifyNext(event.stream, head, event);
    if (E.isLeft(next)) {
      const why = next.left._tag === 'Corrupt' ? { why: next.left.why } : {};
      found.add('chain-broken', event, { expectedRevision: head.revision + 1, ...why });
      return false;
    }
    if (!saysText(event)) found.add('text-differs', event);
    return true;
  };

  const judgeId = (event: StoredEvent): number | undefined => {
    const { commandId } = event.metadata;
    const last = commands.get(event.stream);
    if (last?.commandId === commandId && last.index === undefined) return undefined;
    const index = last?.commandId === commandId && last.index !== undefined ? last.index + 1 : 0;
    if (eventIdOf(event.stream, commandId, index) !== event.eventId) found.add('event-id', event, { index });
    return index;
  };

  return {
    see: (event) => {
      const { stream, revision, hash, metadata } = event;
      const index = judgeChain(event) ? judgeId(event) : undefined;
      commands.set(stream, { commandId: metadata.commandId, index });
      heads.set(stream, { revision, hash });
      if (position !== undefined && comparePositions(position, event.position) !== -1)
        found.add('position-order', event);
      position = event.position;
    },
    heads: () => heads,
  };
};
