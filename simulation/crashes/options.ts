import { parseArgs } from 'node:util';
import * as E from 'fp-ts/Either';
import type { Assumption } from './assumption';
import { ASSUMPTIONS } from './assumption';
import type { StoreKind } from './store-under-campaign';
import { STORE_KINDS } from './store-under-campaign';

export interface Options {
  readonly seed?: string;
  readonly kills: number;
  readonly store: StoreKind;
  readonly assumption?: Assumption;
  readonly json: boolean;
  readonly keep: boolean;
  readonly help: boolean;
}

const KILLS = '100';
const STORE: StoreKind = 'sqlite';

export const USAGE = `npm run crashes -- [flags]

  --kills N          how often something is killed (${KILLS})
  --seed TEXT        what dies when, and which faults strike beside; drawn and printed when absent
  --store NAME       ${STORE_KINDS.join(' or ')} (${STORE}). Over esdb the workers are hosts of their own, and the test server of
                     EventStoreDB is killed and struck by faults like everybody else.
  --assumption NAME  breaks an assumption all the time: ${ASSUMPTIONS.join(', ')}.
                     Every double that the ledger shows has to be named by the audit then.
  --json             one JSON object on standard output, everything else on standard error
  --keep             leaves the store and the emulator's directory behind and says where
`;

const isAssumption = (text: string): text is Assumption => ASSUMPTIONS.some((known) => known === text);

const isStoreKind = (text: string): text is StoreKind => STORE_KINDS.some((known) => known === text);

/** What was asked for, or what is wrong with it. */
export const readOptions = (given: ReadonlyArray<string>): E.Either<string, Options> => {
  const parsed = E.tryCatch(
    () =>
      parseArgs({
        args: [...given],
        options: {
          kills: { type: 'string', default: KILLS },
          seed: { type: 'string' },
          store: { type: 'string', default: STORE },
          assumption: { type: 'string' },
          json: { type: 'boolean', default: false },
          keep: { type: 'boolean', default: false },
          help: { type: 'boolean', default: false },
        },
      }).values,
    (error) => (error instanceof Error ? error.message : 'flags'),
  );
  if (E.isLeft(parsed)) return parsed;
  const { kills, seed, store, assumption, json, keep, help } = parsed.right;
  if (!/^[1-9]\d{0,5}$/.test(kills)) return E.left('--kills: a number from 1 on');
  if (!isStoreKind(store)) return E.left(`--store: one of ${STORE_KINDS.join(', ')}`);
  if (assumption !== undefined && !isAssumption(assumption))
    return E.left(`--assumption: one of ${ASSUMPTIONS.join(', ')}`);
  return E.right({
    kills: Number(kills),
    store,
    json,
    keep,
    help,
    ...(seed === undefined ? {} : { seed }),
    ...(assumption === undefined ? {} : { assumption }),
  });
};
