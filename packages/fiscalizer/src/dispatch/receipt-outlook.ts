import type { AttemptPhase, Receipt } from '@cloud-kassa/core';
import type { Instant } from '@cloud-kassa/ffd';
import type { DeviceGates } from './device-gates';
import { nextAction } from './next-action';
import type { OpenReceipt } from './open-receipt';
import type { FiscalizerSettings } from '../settings';

/** What comes next for an open receipt as one process sees it. Without `afterMs` it waits for a person or for another receipt. */
export interface ReceiptOutlook {
  readonly receiptId: string;
  readonly phase: AttemptPhase;
  readonly afterMs?: number;
}

interface Viewpoint {
  readonly gates: DeviceGates;
  readonly settings: FiscalizerSettings;
  readonly isWithoutDocument: (receiptId: string) => boolean;
  readonly now: Instant;
  readonly monotonic: number;
  readonly worker: string;
  readonly workerName: string;
}

/** Whoever looks after the receipt is told so when it tries; the others have to see it too. */
const waitsForParent = ({ parents }: Receipt, isWithoutDocument: Viewpoint['isWithoutDocument']): boolean =>
  parents.some(({ link }) => link.kind === 'receipt' && isWithoutDocument(link.receiptId));

/** The outlook of a receipt, its pauses and those of its device included. */
export const receiptOutlook = (
  entry: OpenReceipt,
  { gates, settings, isWithoutDocument, now, monotonic, worker, workerName }: Viewpoint,
): ReceiptOutlook => {
  const { receipt } = entry;
  const { receiptId, attempt } = receipt;
  const told = { receiptId, phase: attempt.phase };
  const isOwed = entry.owed !== undefined && attempt.phase === 'Intended';
  if (entry.busy || isOwed) return { ...told, afterMs: 0 };
  const sinceMs = monotonic - entry.since;
  const action = nextAction(receipt, gates.capabilities(receipt), settings, {
    now,
    worker,
    workerName,
    sinceMs,
  });
  const isSend = action.do === 'send' || action.do === 'resend';
  if (action.do === 'nothing' || (isSend && waitsForParent(receipt, isWithoutDocument))) return told;
  if (action.do === 'send' && gates.isSuspended(receipt)) return told;
  const { route } = attempt;
  const opensAt =
    (route === undefined ? undefined : gates.of(route.deviceId)?.nextAt(monotonic)) ?? monotonic;
  return { ...told, afterMs: Math.max(action.afterMs, entry.notBefore - monotonic, opensAt - monotonic) };
};
