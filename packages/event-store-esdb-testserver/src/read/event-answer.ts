import { recordedOf } from '../log/event-frame';
import type { EventLog } from '../log/event-log';
import { uuidBytes, uuidHalves } from '../log/uuid-bytes';
import type { Message } from '../wire/message';
import type { readEvent, recordedEvent } from '../wire/stream-messages';
import { readResp } from '../wire/stream-messages';
import { visibleEvents, visibleRow } from './visible-events';

/** How a client wants its events. */
export interface AnswerForm {
  readonly resolveLinks: boolean;
  readonly structuredIds: boolean;
}

const LINK = '$>';

/** The answer with the event of a row. In the ordinary form it is the stored frame, untouched. */
export const eventAnswer = (log: EventLog, row: number, form: AnswerForm, now: () => number): Buffer => {
  const linked = form.resolveLinks && log.typeOf(row) === LINK;
  if (!linked && !form.structuredIds) return log.frame(row);
  return readResp.encode({ event: readEventOf(log, row, form, now()) });
};

/** The event of a row as a message; with its target when it is a link that is to be resolved. */
export const readEventOf = (
  log: EventLog,
  row: number,
  { resolveLinks, structuredIds }: AnswerForm,
  now: number,
): Message<typeof readEvent> => {
  const form = (event: Message<typeof recordedEvent>): Message<typeof recordedEvent> =>
    structuredIds ? structured(event) : event;
  const own = recordedOf(log.frame(row));
  const { commit } = log.positionOf(row);
  if (!resolveLinks || log.typeOf(row) !== LINK) return { event: form(own), commit };
  const target = linkTarget(log, Buffer.from(own.data ?? []).toString('utf8'), now);
  return {
    ...(target === undefined ? {} : { event: form(recordedOf(log.frame(target))) }),
    link: form(own),
    commit,
  };
};

/** `3@order-1`: the event 3 of the stream `order-1`, as long as it can be read. */
export const linkTarget = (log: EventLog, link: string, now: number): number | undefined => {
  const [, revision, stream] = /^(\d+)@(.+)$/su.exec(link) ?? [];
  if (revision === undefined || stream === undefined) return undefined;
  const visible = visibleEvents(log, stream, now);
  const sought = BigInt(revision);
  if (visible._tag !== 'Events' || sought < visible.first || sought > visible.last) return undefined;
  return visibleRow(log, visible, sought);
};

const structured = (event: Message<typeof recordedEvent>): Message<typeof recordedEvent> => {
  const bytes = uuidBytes(event.id?.text ?? '');
  return bytes === undefined ? event : { ...event, id: { structured: uuidHalves(bytes) } };
};
