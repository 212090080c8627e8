import { isInn } from '@cloud-kassa/ffd';
import { admissionRefusal } from '../refusal';
import type { AdmissionRefusal } from '../refusal';
import type { AdmissionCheck } from './context';
import { firstOver } from './context';

const NO_RUSSIAN_INN = '000000000000';

const wrongInn = (
  inn: string | undefined,
  field: string,
  placeholder = false,
): AdmissionRefusal | undefined =>
  inn === undefined || isInn(inn) || (placeholder && inn === NO_RUSSIAN_INN)
    ? undefined
    : admissionRefusal('inn-invalid', field);

/**
 * Taxpayers and agents: check digits of every INN (twelve noughts only for a buyer or supplier without a Russian one), the taxpayer
 * of the request is that of the register, 1226 comes with 1222, and an agent sign of the whole receipt is a registered one (1057).
 */
export const checkParties: AdmissionCheck = (request, { registration }) => {
  const { agent, organisation } = request;
  if (organisation !== undefined && organisation !== registration.organisation.inn) {
    return admissionRefusal('organisation-differs', 'organisation');
  }
  if (agent !== undefined && (agent.mask & ~(registration.agents ?? 0)) !== 0) {
    return admissionRefusal('agent-not-registered', 'agent.mask');
  }
  return (
    wrongInn(request.cashier?.inn, 'cashier.inn') ??
    wrongInn(request.buyer?.inn, 'buyer.inn', true) ??
    wrongInn(agent?.transferInn, 'agent.transferInn') ??
    firstOver(request.items, (item, index) => {
      const at = `items[${index}]`;
      if (item.agent !== undefined && item.supplier?.inn === undefined) {
        return admissionRefusal('supplier-inn-required', `${at}.supplier.inn`);
      }
      return (
        wrongInn(item.supplier?.inn, `${at}.supplier.inn`, true) ??
        wrongInn(item.agent?.transferInn, `${at}.agent.transferInn`)
      );
    })
  );
};
