import type { AttemptPhase, FiscalDocument } from '@cloud-kassa/core';
import type { ShopBooks } from './shop';

/** A receipt as it stands at the end. */
export interface EndedReceipt {
  readonly receiptId: string;
  readonly phase: AttemptPhase;
  readonly held?: string;
  readonly document?: FiscalDocument;
  /** Every key a request for it was authorised under. */
  readonly keys: ReadonlySet<string>;
}

/** A receipt or correction of the ledger. */
export interface EndedDocument {
  readonly group: string;
  readonly fn: string;
  readonly fd: number;
  readonly fp: number;
  readonly key?: string;
}

/** A finding of the audit, with the names of what it is about. */
export interface AuditFinding {
  readonly rule: string;
  readonly stream: string;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

/** All that is known when everything has come to rest. */
export interface Facts {
  readonly shop: ShopBooks;
  /** `payment settlement` to the receipt it is linked to; `undefined` where it has none. */
  readonly linked: ReadonlyMap<string, string | undefined>;
  readonly receipts: ReadonlyArray<EndedReceipt>;
  /** Receipts that were seen in the log and can not be read now, and why. */
  readonly gone: ReadonlyArray<string>;
  readonly documents: ReadonlyArray<EndedDocument>;
  readonly audit: { readonly complete: boolean; readonly findings: ReadonlyArray<AuditFinding> };
  /** What hosts show or read otherwise than the first one. */
  readonly hosts: ReadonlyArray<string>;
  /** What SQLite finds wrong with the file of the events. */
  readonly integrity: ReadonlyArray<string>;
  /** Read models that differ from themselves built anew, and streams that they have parked. */
  readonly readModels: ReadonlyArray<string>;
  /** What was left to do when the workers were given up on. */
  readonly notIdle: ReadonlyArray<string>;
}

/** Something that must not be. */
export interface Verdict {
  readonly rule:
    | 'lost'
    | 'doubled'
    | 'double-not-named'
    | 'linked-wrongly'
    | 'document-missing'
    | 'document-unknown'
    | 'document-not-recorded'
    | 'cancelled-in-vain'
    | 'repeat-not-recognised'
    | 'audit'
    | 'file-damaged'
    | 'read-model'
    | 'hosts-differ'
    | 'not-idle';
  readonly what: string;
}

export interface Counts {
  readonly settlements: number;
  readonly receipts: number;
  readonly fiscalized: number;
  readonly cancelled: number;
  readonly held: number;
  readonly documents: number;
  readonly lost: number;
  /** Receipts with more than one document. */
  readonly doubled: number;
  /** Of them: those that the audit names with every document. */
  readonly named: number;
}

export interface Judgement {
  readonly counts: Counts;
  readonly verdicts: ReadonlyArray<Verdict>;
}

const nameOf = ({
  fn,
  fd,
}: {
  readonly fn: string | number | boolean;
  readonly fd: string | number | boolean;
}) => `${fn}/${fd}`;

/** What the audit says about the documents of doubled receipts, by receipt. */
const namedByAudit = (findings: ReadonlyArray<AuditFinding>): ReadonlyMap<string, ReadonlySet<string>> => {
  const named = new Map<string, Set<string>>();
  for (const { rule, detail } of findings) {
    if (rule !== 'doubled') continue;
    const { receiptId, fn = '', fd = '' } = detail;
    const names = named.get(String(receiptId)) ?? new Set();
    named.set(String(receiptId), names);
    names.add(nameOf({ fn, fd }));
    names.add(nameOf({ fn: detail['second.fn'] ?? '', fd: detail['second.fd'] ?? '' }));
  }
  return named;
};

/** Findings that a provider which breaks an assumption can cause: they speak of its documents, not of what is stored here. */
const OF_THE_PROVIDER: ReadonlySet<string> = new Set([
  'doubled',
  'disputed',
  'document-unaccounted',
  'document-after-cancel',
  'document-differs',
]);

const isSame = (document: FiscalDocument, { fn, fd, fp }: EndedDocument): boolean =>
  document.fn === fn && (document.fd ?? fd) === fd && (document.fp ?? fp) === fp;

const ofReceipt = (
  { receiptId, phase, document, held }: EndedReceipt,
  made: ReadonlyArray<EndedDocument>,
): ReadonlyArray<Verdict> => {
  const [first] = made;
  switch (phase) {
    case 'Fiscalized':
      return document !== undefined && made.some((one) => isSame(document, one))
        ? []
        : [{ rule: 'document-missing', what: receiptId }];
    case 'Cancelled':
    case 'Disputed':
      return [];
    case 'Held':
      if (held === undefined) return [{ rule: 'lost', what: `${receiptId} is held without a reason` }];
      return first === undefined
        ? []
        : [{ rule: 'document-not-recorded', what: `${receiptId}: ${nameOf(first)}` }];
    case 'Accepted':
    case 'Ready':
    case 'Intended':
    case 'Pending':
    case 'Unknown':
    case 'Retired':
      return [{ rule: 'lost', what: `${receiptId} is still ${phase}` }];
  }
};

const ofShop = ({ shop, linked, receipts }: Facts): ReadonlyArray<Verdict> => {
  const byId = new Map(receipts.map((receipt) => [receipt.receiptId, receipt]));
  const verdicts: Verdict[] = [];
  const owners = new Map<string, string>();
  for (const { paymentId, settlementId, receiptId } of shop.confirmed) {
    const settlement = `${paymentId} ${settlementId}`;
    const link = linked.get(settlement);
    if (link === undefined) verdicts.push({ rule: 'lost', what: `${settlement} has no receipt` });
    else if (link !== receiptId) verdicts.push({ rule: 'linked-wrongly', what: `${settlement}: ${link}` });
    else if (owners.has(link))
      verdicts.push({ rule: 'linked-wrongly', what: `${settlement} and ${owners.get(link)}: ${link}` });
    if (link !== undefined) owners.set(link, settlement);
    if (link !== undefined && !byId.has(link))
      verdicts.push({ rule: 'lost', what: `${link} is not in the log` });
  }
  for (const receiptId of shop.registered)
    if (!byId.has(receiptId)) verdicts.push({ rule: 'lost', what: `${receiptId} is not in the log` });
  for (const receiptId of shop.cancelled) {
    const phase = byId.get(receiptId)?.phase;
    if (phase !== 'Cancelled') verdicts.push({ rule: 'cancelled-in-vain', what: `${receiptId} is ${phase}` });
  }
  for (const { receiptId, phase } of receipts)
    if (phase === 'Cancelled' && !shop.cancelled.has(receiptId))
      verdicts.push({ rule: 'lost', what: `${receiptId} was cancelled by nobody` });
  return [
    ...verdicts,
    ...shop.unrecognised.map((what): Verdict => ({ rule: 'repeat-not-recognised', what })),
  ];
};

/**
 * Judges the end of a campaign by what the shop was told, by the keys in the log and by the ledger. Where an assumption was broken doubles
 * are allowed, and each has to be named by the audit with all its documents.
 */
export const judge = (facts: Facts, isBreached: boolean): Judgement => {
  const { receipts, documents, audit } = facts;
  const ownerOf = new Map(receipts.flatMap((receipt) => [...receipt.keys].map((key) => [key, receipt])));
  const madeFor = new Map<string, EndedDocument[]>();
  const verdicts: Verdict[] = [
    ...ofShop(facts),
    ...facts.gone.map((what): Verdict => ({ rule: 'lost', what })),
  ];
  for (const document of documents) {
    const owner = document.key === undefined ? undefined : ownerOf.get(document.key);
    if (owner === undefined) verdicts.push({ rule: 'document-unknown', what: nameOf(document) });
    else madeFor.set(owner.receiptId, [...(madeFor.get(owner.receiptId) ?? []), document]);
  }
  const named = namedByAudit(audit.findings);
  const afterCancel = new Set(
    audit.findings.flatMap(({ rule, detail }) =>
      rule === 'document-after-cancel' ? [String(detail['receiptId'])] : [],
    ),
  );
  let [doubledCount, namedCount] = [0, 0];
  for (const receipt of receipts) {
    const made = madeFor.get(receipt.receiptId) ?? [];
    verdicts.push(...ofReceipt(receipt, made));
    if (receipt.phase === 'Cancelled' && made.length > 0) {
      const what = `${receipt.receiptId} was cancelled and has a document`;
      if (!isBreached) verdicts.push({ rule: 'doubled', what });
      else if (!afterCancel.has(receipt.receiptId)) verdicts.push({ rule: 'double-not-named', what });
    }
    if (made.length < 2) continue;
    doubledCount += 1;
    const names = named.get(receipt.receiptId);
    const isNamed = made.every((document) => names?.has(nameOf(document)) === true);
    if (isNamed) namedCount += 1;
    const what = `${receipt.receiptId}: ${made.map(nameOf).join(' ')}`;
    if (!isBreached) verdicts.push({ rule: 'doubled', what });
    else if (!isNamed) verdicts.push({ rule: 'double-not-named', what });
  }
  if (!audit.complete) verdicts.push({ rule: 'audit', what: 'not everything could be read' });
  for (const { rule, stream, detail } of audit.findings)
    if (!isBreached || !OF_THE_PROVIDER.has(rule))
      verdicts.push({ rule: 'audit', what: `${rule} ${stream} ${JSON.stringify(detail)}` });
  verdicts.push(
    ...facts.integrity.map((what): Verdict => ({ rule: 'file-damaged', what })),
    ...facts.readModels.map((what): Verdict => ({ rule: 'read-model', what })),
    ...facts.hosts.map((what): Verdict => ({ rule: 'hosts-differ', what })),
    ...facts.notIdle.map((what): Verdict => ({ rule: 'not-idle', what })),
  );
  const inPhase = (phase: AttemptPhase): number =>
    receipts.filter((receipt) => receipt.phase === phase).length;
  return {
    counts: {
      settlements: facts.shop.confirmed.length,
      receipts: receipts.length,
      fiscalized: inPhase('Fiscalized'),
      cancelled: inPhase('Cancelled'),
      held: inPhase('Held'),
      documents: documents.length,
      lost: verdicts.filter(({ rule }) => rule === 'lost').length,
      doubled: doubledCount,
      named: namedCount,
    },
    verdicts,
  };
};
