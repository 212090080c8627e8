import type {
  AuditFailure,
  AuditOptions,
  AuditReport,
  FiscalState,
  NoProof,
  Progress,
  Replay,
  ReplayFailure,
  ReplayPoint,
} from '@cloud-kassa/audit';
import { auditStore, exportEvents, fiscalStateAt, proofOf, replayStream } from '@cloud-kassa/audit';
import type { Instant } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { KassaError } from './kassa-error';
import { notFound, ofLoad } from './kassa-error';
import type { Kit } from './kit';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';

/** A part of an export: whole lines. */
export interface ExportedLines {
  readonly text: string;
  readonly events: number;
}

/** Replay and verification (проверка журнала). Nothing here writes. */
export interface Auditing {
  /** Replays everything and judges it, with a ledger of the registers where one is given. Findings are in the report, not an error. */
  readonly run: (options?: AuditOptions & { readonly progress?: Progress }) => Promise<Outcome<AuditReport>>;
  /** One aggregate as of a moment or a revision, with its timeline. The chain is verified. */
  readonly replay: (stream: string, point?: ReplayPoint) => Promise<Outcome<Replay>>;
  /** The fiscal state of everything at an instant. */
  readonly stateAt: (at: Instant) => Promise<Outcome<FiscalState>>;
  /** Envelopes as stored, one JSON line each; whoever was erased stays erased. The last part may be an error. */
  readonly export: (what?: { readonly stream?: string }) => AsyncIterable<Outcome<ExportedLines>>;
  /** The proof of one receipt as text; `verifyProof` of `@cloud-kassa/audit` checks it without the store. */
  readonly proofOf: (receiptId: string) => Promise<Outcome<string>>;
}

const ofAudit = (error: AuditFailure): KassaError =>
  error._tag === 'LedgerUnavailable' || error._tag === 'LedgerUnreadable'
    ? {
        code: 'provider',
        message: `The ledger can not be read: ${error.why}.`,
        russian: `Журнал касс не читается: ${error.why}.`,
      }
    : ofLoad(error);

const ofReplay = (error: ReplayFailure): KassaError => {
  if (error._tag === 'NoSuchStream')
    return notFound('stream', 'There is no such stream.', 'Такого потока нет.');
  if (error._tag === 'UnknownStream')
    return notFound(
      'stream',
      'The stream is none of receipts, payments, devices or shifts.',
      'Это не поток чека, оплаты, облачной ККТ или смен.',
    );
  return ofLoad(error);
};

const ofProof = (error: NoProof): KassaError => {
  if (error._tag === 'NoSuchReceipt')
    return notFound('receiptId', 'There is no such receipt.', 'Такого чека нет.');
  if (error._tag === 'ProofFailure')
    return {
      code: 'corrupt',
      stream: '',
      message: `The receipt can not be proved: ${error.why}, line ${error.line}.`,
      russian: `Чек не доказать: ${error.why}, строка ${error.line}.`,
    };
  return ofLoad(error);
};

export const auditingOn = ({ storage, runtime }: Kit): Auditing => {
  const subject = { store: storage.events, keyRing: storage.keys, runtime };
  return {
    run: async ({ progress, ...options } = {}) => {
      const audited = await auditStore(
        { ...subject, ...(progress === undefined ? {} : { progress }) },
        options,
      )();
      return E.isLeft(audited) ? failed(ofAudit(audited.left)) : done(audited.right);
    },
    replay: async (stream, point = {}) => {
      const replayed = await replayStream(storage.events, storage.keys, stream, point)();
      return E.isLeft(replayed) ? failed(ofReplay(replayed.left)) : done(replayed.right);
    },
    stateAt: async (at) => {
      const state = await fiscalStateAt(storage.events, { at, runtime })();
      return E.isLeft(state) ? failed(ofLoad(state.left)) : done(state.right);
    },
    export: async function* exported(what = {}) {
      for await (const item of exportEvents(storage.events, what))
        yield item._tag === 'Failed'
          ? failed(ofLoad(item.error))
          : done({ text: item.text, events: item.events });
    },
    proofOf: async (receiptId) => {
      const proof = await proofOf(storage.events, receiptId)();
      return E.isLeft(proof) ? failed(ofProof(proof.left)) : done(proof.right);
    },
  };
};
