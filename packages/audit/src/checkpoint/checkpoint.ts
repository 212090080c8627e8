import { hash } from 'node:crypto';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { recordCodec } from '@cloud-kassa/ffd';
import type { ChainHead } from '@cloud-kassa/event-store';

/**
 * What a store was at some moment, small enough to be kept elsewhere: how many events it had and what all its chains ended in. Only with a
 * checkpoint that whoever can write to the store can not reach is it noticed that a tail was cut off or that a chain was rewritten.
 */
export interface Checkpoint {
  /** Events in the commit order that it speaks of; those of ignored streams are not counted. */
  readonly events: number;
  readonly streams: number;
  /** SHA-256 over the ends of all chains, sorted by stream. */
  readonly digest: string;
  /** Of the last event; `-` in an empty store. For people: comparing goes by the count. */
  readonly position: string;
  /** Ends of all chains. Without them a later comparison tells that something is wrong, not where. */
  readonly heads?: ReadonlyMap<string, ChainHead>;
}

const FORMAT = 'cloud-kassa checkpoint 1';

const HeaderCodec = recordCodec('Checkpoint', {
  format: t.literal(FORMAT),
  events: t.number,
  streams: t.number,
  digest: t.string,
  position: t.string,
});

const HeadCodec = recordCodec('ChainHead', { stream: t.string, revision: t.number, hash: t.string });

const sorted = (heads: ReadonlyMap<string, ChainHead>): ReadonlyArray<readonly [string, ChainHead]> =>
  [...heads].toSorted(([a], [b]) => (a < b ? -1 : 1));

/** SHA-256 over the ends of all chains: for every stream, sorted by code units, a line of its name, last revision and hash. */
export const digestOfHeads = (heads: ReadonlyMap<string, ChainHead>): string =>
  hash(
    'sha256',
    sorted(heads)
      .map(([stream, { revision, hash: end }]) => `${stream} ${revision} ${end}\n`)
      .join(''),
  );

/** What a checkpoint is made of; an `AuditReport` has it. */
export interface CheckpointSource {
  readonly events: number;
  readonly head?: string | undefined;
  readonly heads: ReadonlyMap<string, ChainHead>;
}

/** The checkpoint of what an audit has read. Take it of an audit without findings only. */
export const checkpointOf = ({ events, head, heads }: CheckpointSource): Checkpoint => ({
  events,
  streams: heads.size,
  digest: digestOfHeads(heads),
  position: head ?? '-',
  heads,
});

/**
 * A checkpoint as text: one line of JSON, and in the `full` form one more for the end of each chain. The `short` form fits on paper or into
 * a message to the accountant.
 */
export const checkpointText = (checkpoint: Checkpoint, form: 'full' | 'short'): string => {
  const { heads, events, streams, digest, position } = checkpoint;
  const header = JSON.stringify({ format: FORMAT, events, streams, digest, position });
  const lines = form === 'short' || heads === undefined ? [] : sorted(heads);
  const ends = lines.map(([stream, { revision, hash: end }]) =>
    JSON.stringify({ stream, revision, hash: end }),
  );
  return [header, ...ends].map((line) => `${line}\n`).join('');
};

/** Why a text is no checkpoint, by line, from 1. */
export interface NotACheckpoint {
  readonly _tag: 'NotACheckpoint';
  readonly line: number;
  readonly why: 'no-json' | 'no-checkpoint' | 'no-chain-head' | 'digest-differs';
}

const notOne = (line: number, why: NotACheckpoint['why']): E.Either<NotACheckpoint, never> =>
  E.left({ _tag: 'NotACheckpoint', line, why });

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Reads what {@link checkpointText} wrote, in either form. Refuses a full one whose chains do not make its digest. */
export const readCheckpoint = (text: string): E.Either<NotACheckpoint, Checkpoint> => {
  const [first = '', ...rest] = text.split('\n').filter((line) => line.trim() !== '');
  const header = HeaderCodec.decode(jsonOf(first));
  if (E.isLeft(header)) return notOne(1, jsonOf(first) === undefined ? 'no-json' : 'no-checkpoint');
  const { events, streams, digest, position } = header.right;
  const short = { events, streams, digest, position };
  if (rest.length === 0) return E.right(short);
  const heads = new Map<string, ChainHead>();
  for (const [index, line] of rest.entries()) {
    const head = HeadCodec.decode(jsonOf(line));
    if (E.isLeft(head)) return notOne(index + 2, 'no-chain-head');
    heads.set(head.right.stream, { revision: head.right.revision, hash: head.right.hash });
  }
  return digestOfHeads(heads) === digest ? E.right({ ...short, heads }) : notOne(1, 'digest-differs');
};
