/** Attempts with wrong credentials in a row, and until when the account is blocked. */
export interface AccountState {
  readonly failures: number;
  readonly blockedUntil: number;
}

/** What is remembered about who calls: blocked accounts by name, tokens that ended before their time with the instant they would have ended. */
export interface Accounts {
  readonly states: Map<string, AccountState>;
  readonly revoked: Map<string, number>;
}

export const noAccounts = (): Accounts => ({ states: new Map(), revoked: new Map() });

/** The instant until which an account is blocked, or `undefined`. */
export const blockedUntil = ({ states }: Accounts, account: string, now: number): number | undefined => {
  const until = states.get(account)?.blockedUntil ?? 0;
  return until > now ? until : undefined;
};

/** Counts an attempt with wrong credentials; the last of `attempts` in a row blocks the account. */
export const countFailure = (
  { states }: Accounts,
  account: string,
  limit: { readonly attempts: number; readonly blockedMinutes: number },
  now: number,
): void => {
  const failures = (states.get(account)?.failures ?? 0) + 1;
  states.set(
    account,
    failures < limit.attempts
      ? { failures, blockedUntil: 0 }
      : { failures: 0, blockedUntil: now + limit.blockedMinutes * 60_000 },
  );
};

/** A right attempt: earlier failures no longer count. */
export const clearFailures = ({ states }: Accounts, account: string): void => {
  states.delete(account);
};

/** Ends a token before its time; those that would have ended by now are forgotten. */
export const revoke = ({ revoked }: Accounts, token: string, until: number, now: number): void => {
  for (const [old, end] of revoked) if (end <= now) revoked.delete(old);
  revoked.set(token, until);
};
