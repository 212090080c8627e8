import type { Payments } from '@cloud-kassa/cloud-kassa';
import type { ConfirmedSettlement, PostponementReason } from '@cloud-kassa/core';
import { POSTPONEMENT_REASONS } from '@cloud-kassa/core';
import type { Bilingual } from '@cloud-kassa/provider';
import type { CommandResult } from '../command/command-result';

/** Where the receipt of a settlement stands, in words. */
export const fiscalizationText = ({
  fiscalization,
}: Pick<ConfirmedSettlement, 'fiscalization'>): Bilingual => {
  switch (fiscalization.state) {
    case 'due':
      return { english: `due since ${fiscalization.since}`, russian: `ждёт с ${fiscalization.since}` };
    case 'linked':
      return { english: `receipt ${fiscalization.receiptId}`, russian: `чек ${fiscalization.receiptId}` };
    case 'postponed': {
      const { english, russian } = POSTPONEMENT_REASONS[fiscalization.reason];
      const { objection, since } = fiscalization;
      const rule = objection === undefined ? '' : ` [${objection.rule}, ${objection.field}]`;
      return { english: `${english}${rule} (${since})`, russian: `${russian}${rule} (${since})` };
    }
  }
};

/** What a person gives for a reason to go away; the others go away by themselves. */
const MENDED_BY: Readonly<Partial<Record<PostponementReason, string>>> = {
  'no-contact': '--email ADDRESS',
  'no-basket': '--basket FILE',
  'amount-differs': '--basket FILE',
  refused: '--basket FILE',
};

/** The call that gives a settlement what it waits for. */
const resumeCall = (paymentId: string, settlementId: string, what: string): string =>
  `cloud-kassa payment resume ${paymentId} --settlement ${settlementId} ${what}`;

/** Why a settlement waits, and the call that ends it; nothing where it does not wait for a person. */
export const waitText = (paymentId: string, settlement: ConfirmedSettlement): Bilingual | undefined => {
  const { fiscalization, settlementId, kind } = settlement;
  const what = fiscalization.state === 'postponed' ? MENDED_BY[fiscalization.reason] : undefined;
  if (what === undefined) return undefined;
  const { english, russian } = fiscalizationText(settlement);
  const mending = resumeCall(paymentId, settlementId, what);
  return kind === 'payment'
    ? {
        english: `No receipt for ${settlementId} yet: ${english} It is made when you give what is missing: ${mending}`,
        russian: `Чека по ${settlementId} пока нет: ${russian} Укажите недостающее: ${mending}`,
      }
    : {
        english: `No receipt for the refund ${settlementId} yet: ${english} Say what is returned: ${mending}`,
        russian: `Чека возврата ${settlementId} пока нет: ${russian} Укажите, что возвращено: ${mending}`,
      };
};

/** The settlement as it stands now; nothing where it can not be read, for what was told is stored all the same. */
export const settlementNow = async (
  payments: Payments,
  paymentId: string,
  settlementId: string,
): Promise<ConfirmedSettlement | undefined> => {
  const payment = await payments.get(paymentId);
  return payment.ok ? payment.value.payment.settlements.get(settlementId) : undefined;
};

/** A refusal to change what is known already, with the way that is open. */
export const pointingToResume = (
  result: CommandResult,
  paymentId: string,
  settlementId = 'ID',
): CommandResult => {
  const { problem } = result;
  const mending = resumeCall(paymentId, settlementId, '--basket FILE');
  return problem === undefined
    ? result
    : {
        ...result,
        problem: {
          english: `${problem.english} Money that waits for another basket gets it by: ${mending}`,
          russian: `${problem.russian} Деньгам, которые ждут другой корзины, её укажет: ${mending}`,
        },
      };
};
