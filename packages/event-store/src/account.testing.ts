import type { Decider, EventFamily, Personal } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';

/** A small aggregate with everything a stream can have: refusals, empty decisions, versions, and a person. */
const Erased = t.type({ erased: t.literal(true) });
const Owner = t.type({ keyId: t.string, person: t.union([Erased, t.type({ email: t.string })]) });

const OpenedFirst = t.type({ owner: Owner });
const Opened = t.intersection([OpenedFirst, t.type({ limit: t.Integer })]);
const Moved = t.intersection([t.type({ amount: t.Integer }), t.partial({ note: t.string })]);

export interface AccountOwner {
  readonly keyId: string;
  readonly person: Personal<{ readonly email: string }>;
}

export type AccountEvent =
  | {
      readonly type: 'account.Opened';
      readonly data: { readonly owner: AccountOwner; readonly limit: number };
    }
  | { readonly type: 'account.Deposited'; readonly data: { readonly amount: number; readonly note?: string } }
  | { readonly type: 'account.Withdrawn'; readonly data: { readonly amount: number } };

export type AccountCommand =
  | { readonly type: 'Open'; readonly data: { readonly owner: AccountOwner; readonly limit: number } }
  | { readonly type: 'Deposit'; readonly data: { readonly amount: number; readonly note?: string } }
  | { readonly type: 'Withdraw'; readonly data: { readonly amount: number; readonly times?: number } };

export interface Account {
  readonly owner?: AccountOwner;
  readonly limit: number;
  readonly balance: number;
}

export type AccountRefusal = 'not-open' | 'open-already' | 'over-limit' | 'too-poor';

/** The limit was added in version 2; accounts from before have one of 1,000. */
export const accountFamily: EventFamily<AccountEvent> = {
  aggregate: 'account',
  definitions: {
    'account.Opened': {
      versions: [
        {
          codec: OpenedFirst,
          upcast: (data) => ({ ...(data as t.TypeOf<typeof OpenedFirst>), limit: 1000 }),
        },
        { codec: Opened },
      ],
      sealed: ['owner'],
    },
    'account.Deposited': { versions: [{ codec: Moved }], sealed: [] },
    'account.Withdrawn': { versions: [{ codec: t.type({ amount: t.Integer }) }], sealed: [] },
  },
};

export const account: Decider<AccountCommand, Account, AccountEvent, AccountRefusal> = {
  initial: { limit: 0, balance: 0 },
  decide: (command, { owner, limit, balance }) => {
    if (command.type === 'Open') {
      return owner === undefined
        ? E.right([{ type: 'account.Opened', data: command.data }])
        : E.left('open-already');
    }
    if (owner === undefined) return E.left('not-open');
    const { amount } = command.data;
    if (amount === 0) return E.right([]);
    if (command.type === 'Deposit') {
      return balance + amount > limit
        ? E.left('over-limit')
        : E.right([{ type: 'account.Deposited', data: command.data }]);
    }
    const times = command.data.times ?? 1;
    return balance < amount * times
      ? E.left('too-poor')
      : E.right(
          Array.from({ length: times }, () => ({ type: 'account.Withdrawn', data: { amount } }) as const),
        );
  },
  evolve: (state, event) => {
    if (event.type === 'account.Opened') return { ...state, ...event.data };
    const sign = event.type === 'account.Deposited' ? 1 : -1;
    return { ...state, balance: state.balance + sign * event.data.amount };
  },
};
