import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { CHAIN_START, type ChainHead } from '../chain';
import { sample } from '../conformance/samples';
import type { StoredEvent } from '../envelope';
import { memoryLog, type MemoryLog } from '../memory-log';

/** One append of a history: to which stream, and how many events. */
export interface Deed {
  readonly stream: string;
  readonly size: number;
}

const STREAMS = ['receipt-a', 'receipt-b', 'payment-a', 'shift-1'];

/** Appends to a few streams in any order; long runs of one stream and single events alike. */
export const histories = (most: number): fc.Arbitrary<ReadonlyArray<Deed>> =>
  fc.array(fc.record({ stream: fc.constantFrom(...STREAMS), size: fc.integer({ min: 1, max: 4 }) }), {
    maxLength: most,
  });

/** Carries a history out. `label` tells apart what else would be the same events. */
export const written = (
  deeds: ReadonlyArray<Deed>,
  log: MemoryLog = memoryLog({ firstPosition: 7n }),
  label = '',
): MemoryLog => {
  for (const [index, { stream, size }] of deeds.entries()) {
    const last = log.stream(stream).at(-1);
    const after: ChainHead = last ?? CHAIN_START;
    const { events } = sample(stream, { label: `${label}${index}`, after, size });
    const done = log.write(stream, last === undefined ? 'no-stream' : last.revision, events);
    if (E.isLeft(done) || done.right._tag !== 'Appended') throw new Error('The history can not be written.');
  }
  return log;
};

/** What has to be the same on both sides. */
export const envelopes = ({ events }: MemoryLog): ReadonlyArray<Omit<StoredEvent, 'position'>> =>
  events.map(({ position: _position, ...envelope }) => envelope);
