import type { WrongDocument } from '@cloud-kassa/core';
import { composeReceipt, composeSettingsOf, receiptIdOf } from '@cloud-kassa/core';
import { instantToLocal } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { CorrectionFacts, CorrectionOrder, WrongReceipt } from './correction-order';
import { correctionSources } from './correction-order';
import type { Answer, FindRegistered } from './find-registered';
import { refusedOrder } from './order-error';
import type { Preparation } from './prepare-registration';
import { localOf } from './prepare-registration';

const wrongDocument = async (wrong: WrongReceipt, find: FindRegistered): Answer<WrongDocument> => {
  if (wrong.kind === 'external') return E.right({ content: wrong.content, fp: wrong.fp });
  const found = await find(wrong.receiptId);
  if (E.isLeft(found)) return found;
  const { known } = found.right;
  if (known === undefined) return refusedOrder({ rule: 'not-registered', field: 'wrong' });
  const { document } = known.attempt;
  if (document === undefined) return refusedOrder({ rule: 'not-fiscalized', field: 'wrong' });
  // A provider may tell of a document without its fiscal sign, by which a correction has to name it.
  return document.fp === undefined
    ? refusedOrder({ rule: 'correction-fiscal-sign', field: 'wrong' })
    : E.right({ content: known.content, fp: document.fp });
};

export interface CorrectionSubject {
  readonly subject: WrongDocument;
  readonly facts: CorrectionFacts;
}

/** What is corrected, and by which register and when. Told again, a correction is the one that was begun. */
export const correctionSubject = async (
  order: CorrectionOrder,
  find: FindRegistered,
  { factsFor, now }: Pick<Preparation, 'factsFor' | 'now'>,
): Answer<CorrectionSubject> => {
  const draft = order.what === 'missed' ? order.draft : order.right;
  const begun = await find(receiptIdOf(order.organisation, correctionSources(order)[0]));
  if (E.isLeft(begun)) return begun;
  const { known } = begun.right;
  const read = known === undefined ? await factsFor({ ...order, draft }) : E.right(known.facts);
  if (E.isLeft(read)) return read;
  const { register, device } = read.right;
  const at = known?.content.settledAt ?? instantToLocal(now(), register.zone);
  const facts = { ffd: device.ffd, at };
  if (order.what !== 'missed') {
    const wrong = await wrongDocument(order.wrong, find);
    return E.map((subject: WrongDocument) => ({ subject, facts }))(wrong);
  }
  const settledAt = localOf(order.settled, register.zone);
  const composed = composeReceipt({ ...draft, settledAt }, composeSettingsOf(read.right));
  return E.isLeft(composed)
    ? refusedOrder(composed.left)
    : E.right({ subject: { content: composed.right, fp: 0 }, facts });
};
