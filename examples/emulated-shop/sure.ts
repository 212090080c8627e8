import type { Outcome } from '@cloud-kassa/cloud-kassa';

/** An example ends at the first thing that does not go as planned. */
export const sure = <A>(outcome: Outcome<A>): A => {
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
};
