import type { Ledger, LedgerFailure } from '@cloud-kassa/audit';
import { ledgerDocumentOf } from '@cloud-kassa/audit';
import type { RunningEmulator } from '@cloud-kassa/kkt-emulator';
import {
  groupLedgerLine,
  NO_FAULTS,
  oneCGroup,
  readFaultScript,
  startEmulator,
} from '@cloud-kassa/kkt-emulator';
import { systemRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';

/** INN of the shop. */
export const INN = '7707083893';

const SECRET = 'secret-of-the-emulated-shop';

/** An emulated cloud register in this process. */
export interface CloudRegister {
  readonly url: string;
  /** What the registers themselves say: every document that exists. */
  readonly ledger: Ledger;
  /** From now on receipts are taken and documents are made, but no answer to a send comes back. */
  readonly stopAnswering: () => void;
  readonly answerAgain: () => void;
  readonly close: () => Promise<void>;
}

const ledgerOf = ({ emulator: { machine } }: RunningEmulator): Ledger => ({
  groups: TE.fromIO(() =>
    machine.groups().map(({ id, registers }) => ({ group: id, head: registers.ledger.size() })),
  ),
  documents: (group, after, limit) => async () => {
    const entries = machine.group(group)?.registers.ledger.page(after, limit) ?? [];
    return E.mapLeft((why: string): LedgerFailure => ({ _tag: 'LedgerUnreadable', why, group }))(
      E.traverseArray(ledgerDocumentOf)(entries.map((entry) => groupLedgerLine(group, entry))),
    );
  },
});

/** Starts a service of the 1C provider API with one group of registers. Its secret is in the environment as `SHOP_SECRET`. */
export const startCloudRegister = async (): Promise<CloudRegister> => {
  const group = oneCGroup(
    'group-1',
    { inn: INN, name: 'ООО "Сад"', site: 'https://sad.example', seed: 'example', pace: 0 },
    { kind: 'sales-register-group', shopId: 'shop-1', shopSecret: SECRET },
    { dialect: { receiptNumberMeans: 'fiscal-document' } },
  );
  if (E.isLeft(group)) throw new Error(group.left.rule);
  const silence = readFaultScript({ faults: [{ do: 'hang', effect: true, when: { operation: 'submit' } }] });
  if (E.isLeft(silence)) throw new Error(silence.left.rule);
  const started = await startEmulator({ runtime: systemRuntime(), settings: { groups: [group.right] } })();
  if (E.isLeft(started)) throw new Error(started.left._tag);
  const { emulator, url, close } = started.right;
  // Events and configurations name a secret; the secret itself comes from the environment.
  process.env['SHOP_SECRET'] = SECRET;
  return {
    url,
    ledger: ledgerOf(started.right),
    stopAnswering: () => emulator.machine.setFaults(silence.right, false),
    answerAgain: () => emulator.machine.setFaults(NO_FAULTS, false),
    close,
  };
};
