import type { Position, StoredEvent } from '@cloud-kassa/event-store';
import type { AuditRule } from './rules/audit-rules';

/** Facts that a person or a program needs to look further: ids, numbers of documents, names of fields. Never personal data. */
export type FindingDetail = Readonly<Record<string, string | number | boolean>>;

/** Something that must not be. */
export interface Finding {
  readonly rule: AuditRule;
  /** The stream it was found in; `ledger/<group>` where only the ledger of the registers speaks of it, `$all` where all streams do. */
  readonly stream: string;
  /** Of the event, where it is one event. */
  readonly revision?: number;
  readonly position?: Position;
  readonly detail: FindingDetail;
}

/** Where something was found. A stored event is such a place. */
export type Place = Pick<Finding, 'stream' | 'revision' | 'position'> | StoredEvent;

export const findingAt = (
  rule: AuditRule,
  { stream, revision, position }: Place,
  detail: FindingDetail,
): Finding => ({
  rule,
  stream,
  ...(revision === undefined ? {} : { revision }),
  ...(position === undefined ? {} : { position }),
  detail,
});
