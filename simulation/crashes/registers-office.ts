import type { LedgerDocument } from '@cloud-kassa/audit';
import { httpLedger } from '@cloud-kassa/audit';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import { askHttp } from './ask-http';
import type { FaultLine } from './fault-line';
import { ADMIN_TOKEN } from './registers';

/** A receipt or correction that exists, by the group whose register made it. */
export interface MadeDocument extends LedgerDocument {
  readonly group: string;
}

/** The administration of the emulated service, which may be away at any moment. */
export interface RegistersOffice {
  readonly ledger: ReturnType<typeof httpLedger>;
  /** Puts these faults in the place of all that were set, as soon as the service is there. */
  readonly setFaults: (faults: ReadonlyArray<FaultLine>, breaksAssumptions: boolean) => Promise<void>;
  /** Every receipt that exists, in the order of making within each group. */
  readonly documents: () => Promise<ReadonlyArray<MadeDocument>>;
}

const PAGE = 1_000;
const PAUSE_MS = 50;
const TRIES = 600;

export const registersOffice = (url: string, runtime: Runtime): RegistersOffice => {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const ledger = httpLedger({
    url: `${url}/admin`,
    token: ADMIN_TOKEN,
    request: ({ url: address, headers: asked }) => askHttp(address, { headers: asked }),
  });

  /** Until there is an answer: the service may be dead, or refuse connections for a while. */
  const insist = async <Answer>(attempt: () => Promise<Answer | undefined>): Promise<Answer> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const answer = await attempt().catch(() => undefined);
      if (answer !== undefined) return answer;
      await runtime.sleep(PAUSE_MS);
    }
    throw new Error('the administration of the emulator does not answer');
  };

  const documentsOf = async (group: string): Promise<ReadonlyArray<MadeDocument> | undefined> => {
    const made: MadeDocument[] = [];
    for (let after = 0; ; after += PAGE) {
      const page = await ledger.documents(group, after, PAGE)();
      if (E.isLeft(page)) return undefined;
      for (const document of page.right)
        if (document.receipt !== undefined) made.push({ ...document, group });
      if (page.right.length < PAGE) return made;
    }
  };

  return {
    ledger,
    setFaults: async (faults, breaksAssumptions) => {
      const body = JSON.stringify({ faults, ...(breaksAssumptions ? { breaksAssumptions } : {}) });
      const { status, body: why } = await insist(() =>
        askHttp(`${url}/admin/faults`, {
          method: 'PUT',
          headers: { ...headers, 'content-type': 'application/json' },
          body,
        }),
      );
      if (status !== 200) throw new Error(`the emulator refuses the faults: ${status} ${why}`);
    },
    documents: () =>
      insist(async () => {
        const groups = await ledger.groups();
        if (E.isLeft(groups)) return undefined;
        const all: MadeDocument[] = [];
        for (const { group } of groups.right) {
          const documents = await documentsOf(group);
          if (documents === undefined) return undefined;
          all.push(...documents);
        }
        return all;
      }),
  };
};
