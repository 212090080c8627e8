import type { FaultLine } from './fault-line';

/** The assumptions of the attempt protocol that the emulator can break: A1, A2 and A5. */
export type Assumption = 'racy-duplicates' | 'keys-forgotten' | 'rejected-after-document';

/** How an assumption is broken, all the time of a campaign. */
export interface Breach {
  /** Its name in the documentation. */
  readonly assumption: string;
  readonly faults: ReadonlyArray<FaultLine>;
}

/**
 * A repeated send needs a cause: the first answer gets lost. Under A5 nothing gets lost; the person who amends what was rejected believes
 * the provider, as everybody would.
 */
export const BREACHES: Readonly<Record<Assumption, Breach>> = {
  'racy-duplicates': {
    assumption: 'A1',
    faults: [
      { do: 'racy-duplicates' },
      { do: 'slow-result', milliseconds: 2_000, when: { probability: 0.6 } },
      { do: 'reset-after', when: { operation: 'submit', probability: 0.4 } },
    ],
  },
  'keys-forgotten': {
    assumption: 'A2',
    faults: [
      { do: 'forgets-keys', milliseconds: 100 },
      { do: 'reset-after', when: { operation: 'submit', probability: 0.4 } },
    ],
  },
  'rejected-after-document': {
    assumption: 'A5',
    faults: [{ do: 'rejected-after-signing', when: { probability: 0.4 } }],
  },
};

export const ASSUMPTIONS: ReadonlyArray<Assumption> = [
  'racy-duplicates',
  'keys-forgotten',
  'rejected-after-document',
];
