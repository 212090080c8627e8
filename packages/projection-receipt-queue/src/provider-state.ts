import type { AttemptState, ReceiptEvent } from '@cloud-kassa/core';

/**
 * What the provider said of the receipt under its present key, beside the status of the queue and never mixed with it (in 1C the
 * status of the operation at the service of cloud registers): it is at it, it has made the document, it has refused, or nobody knows.
 * Absent while nothing that was sent under the key may have arrived.
 */
export type ProviderState = 'in-progress' | 'success' | 'rejected' | 'unknown';

/**
 * What is known of the provider after an event.
 *
 * @param attempt as it stands after the event.
 */
export const providerStateAfter = (
  before: ProviderState | undefined,
  event: ReceiptEvent,
  attempt: AttemptState,
): ProviderState | undefined => {
  switch (event.type) {
    case 'receipt.Routed':
    case 'receipt.Rerouted':
    case 'receipt.Rekeyed':
      return undefined;
    case 'receipt.SendIntended':
      // An earlier send that is unaccounted for outweighs the new one.
      return attempt.open > 1 ? 'unknown' : 'in-progress';
    case 'receipt.Acknowledged':
      return 'in-progress';
    case 'receipt.SendVoided':
      return attempt.open > 0 ? 'unknown' : undefined;
    case 'receipt.OutcomeUnknown':
    case 'receipt.TakenOver':
      return 'unknown';
    case 'receipt.Refused':
      return attempt.open > 0 ? 'unknown' : 'rejected';
    case 'receipt.Held':
      return event.data.reason === 'ambiguous' ? 'rejected' : before;
    case 'receipt.KeyRetired':
      // What persons state is not what the provider said.
      return event.data.because === 'evidence' ? before : 'rejected';
    case 'receipt.Released':
      return event.data.how === 'amended' ? undefined : 'unknown';
    case 'receipt.Fiscalized':
      return event.data.source === 'provider' ? 'success' : before;
    case 'receipt.Disputed':
      return event.data.found === undefined ? before : 'success';
    default:
      return before;
  }
};
