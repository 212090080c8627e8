import { readResp } from '../wire/stream-messages';
import { streamDeleted } from '../server/refusal';
import type { Reader, Stopped } from './reader';
import { sendEvent } from './reader';
import type { ReadRequest } from './read-request';
import { visibleEvents, visibleRow } from './visible-events';

/** After so many events that were only looked at, other calls get a turn. */
const BREATH = 2048;

/** A read of one stream: inclusive from its start, and not beyond what there was when it began. */
export const readStream = async (
  reader: Reader,
  { stream, from, backwards, count, compatibility }: Extract<ReadRequest, { _tag: 'ReadStream' }>,
): Promise<Stopped | undefined> => {
  const { log, now, answers } = reader;
  const visible = visibleEvents(log, stream, now());
  if (visible._tag === 'Tombstoned') return { _tag: 'Refused', refusal: streamDeleted(stream) };
  if (visible._tag === 'NoStream') {
    await answers.send(
      readResp.encode({ streamNotFound: { stream: { name: Buffer.from(stream, 'utf8') } } }),
    );
    return undefined;
  }
  const { first, last } = visible;
  const step = backwards ? -1n : 1n;
  const start = from === 'start' ? 0n : from === 'end' ? (backwards ? last : last + 1n) : from;
  let left = count;
  for (
    let at = backwards ? least(start, last) : most(start, first);
    at >= first && at <= last && left > 0n;
    at += step
  ) {
    const row = visibleRow(log, visible, at);
    if (row === undefined) continue;
    left -= 1n;
    const wait = sendEvent(reader, row);
    const stopped = wait === undefined ? undefined : await wait;
    if (stopped !== undefined) return stopped;
  }
  if (compatibility >= 1) await answers.send(readResp.encode({ lastStreamPosition: last }));
  return undefined;
};

/** A read of everything: forwards from a position inclusive, backwards what stands before it. */
export const readAll = async (
  reader: Reader,
  { from, backwards, count, filter }: Extract<ReadRequest, { _tag: 'ReadAll' }>,
): Promise<Stopped | undefined> => {
  const { log, breathe } = reader;
  const end = log.count();
  const start = from === 'start' ? 0 : from === 'end' ? end : log.rowFrom(from);
  const step = backwards ? -1 : 1;
  let left = count;
  let looked = 0;
  for (let row = backwards ? start - 1 : start; row >= 0 && row < end && left > 0n; row += step) {
    looked += 1;
    if (looked % BREATH === 0) await breathe();
    if (reader.answers.signal.aborted) return { _tag: 'Gone' };
    if (filter !== undefined && !filter.accepts(log.streamName(row), log.typeOf(row))) continue;
    left -= 1n;
    const wait = sendEvent(reader, row);
    const stopped = wait === undefined ? undefined : await wait;
    if (stopped !== undefined) return stopped;
  }
  return undefined;
};

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);
