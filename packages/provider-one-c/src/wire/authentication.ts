import * as E from 'fp-ts/Either';
import type { IssuedToken, Secret, SecretSource } from '@cloud-kassa/provider';
import { secret, secretBundle, tokenCache } from '@cloud-kassa/provider';
import type { Runtime } from '@cloud-kassa/runtime';
import type { Verdict } from '../answer/verdict';
import { verdictOf } from '../answer/verdict';
import { at, textAt } from '../answer/wire-answer';
import type { OneCConnection, OneCSecretName } from '../connection/one-c-connection';
import { secretNames } from '../connection/one-c-connection';
import { tokenCall } from './call';
import type { Authorisations, OneCTransport } from './transport';

/** What a call may be made with. `hide` holds every secret in it: none of them is kept in a note. */
export interface Authorised {
  readonly authorisations: Authorisations;
  /** The token that was issued, where there is one; named when it is refused. */
  readonly token?: Secret;
  readonly hide: ReadonlyArray<string>;
}

/** Why there is nothing to make a call with. */
export type NotAuthorised =
  | { readonly _tag: 'NoSecret'; readonly rule: string }
  /** A token was asked for and not issued. */
  | { readonly _tag: 'NoToken'; readonly verdict: Verdict; readonly hide: ReadonlyArray<string> };

export interface Authentication {
  readonly authorise: () => Promise<E.Either<NotAuthorised, Authorised>>;
  /** Whether a refused authorisation can be renewed. */
  readonly renews: boolean;
  /** Takes a token out of use. */
  readonly drop: (token: Secret) => void;
}

export interface AuthenticationOptions {
  readonly connection: OneCConnection;
  readonly secrets: SecretSource;
  readonly transport: OneCTransport;
  readonly runtime: Runtime;
}

const MINUTE = 60_000;

/** A token that does not say how long it lives is used for so long. */
const SHORT_LIFE = MINUTE;

const SCHEME = /^[A-Za-z][\w-]{0,31}$/;
const TOKEN = /^[\u0021-\u007e]{1,4000}$/;

/** `{accessToken, tokenType, expiresIn}` with the life in minutes, as an `Authorization` header. */
export const issuedToken = (verdict: Verdict): IssuedToken | undefined => {
  if (verdict._tag !== 'Success') return undefined;
  const token = textAt(verdict.body, 'accessToken') ?? '';
  const scheme = textAt(verdict.body, 'tokenType') ?? 'Bearer';
  const minutes = at(verdict.body, 'expiresIn');
  if (!TOKEN.test(token) || !SCHEME.test(scheme)) return undefined;
  const lifeMs = typeof minutes === 'number' && minutes > 0 ? minutes * MINUTE : SHORT_LIFE;
  return { token: secret(`${scheme} ${token}`), lifeMs };
};

const basic = (login: string, password: Secret): Secret =>
  secret(`Basic ${Buffer.from(`${login}:${password.reveal()}`, 'utf8').toString('base64')}`);

type Bundle = Partial<Readonly<Record<OneCSecretName, Secret>>>;

/** A header with its scheme left out: that part is what a provider might repeat. */
const bare = (header: Secret | undefined): ReadonlyArray<string> =>
  header === undefined ? [] : [header.reveal().replace(/^\S+ /, '')];

const hidden = (bundle: Bundle, { provider, portal }: Authorisations): ReadonlyArray<string> => [
  ...Object.values(bundle).map((each) => each.reveal()),
  ...bare(provider),
  ...bare(portal),
];

/**
 * The three types of authentication, and the portal's beside them. Secrets are read anew whenever one of them is used: for every call with
 * a login, a standing token or the portal's password, and for every token that is asked for.
 */
export const authentication = ({
  connection,
  secrets,
  transport,
  runtime,
}: AuthenticationOptions): Authentication => {
  const { account, access } = connection;
  const names = secretNames(connection);

  const readBundle = (): Promise<E.Either<NotAuthorised, Bundle>> =>
    secretBundle(secrets, connection.secretRef, names).then(
      E.mapLeft((problem): NotAuthorised => ({
        _tag: 'NoSecret',
        rule: problem._tag === 'NoSecret' ? problem.rule : `missing-${problem.missing}`,
      })),
    );

  const portalOf = (bundle: Bundle): Secret | undefined =>
    access.by === 'gateway' && bundle.portalPassword !== undefined
      ? basic(access.portalLogin, bundle.portalPassword)
      : undefined;

  /** The secrets that the token was issued for: an answer to whoever bears it may repeat them. */
  let ofToken: ReadonlyArray<string> = [];

  const fetchToken = async (): Promise<E.Either<NotAuthorised, IssuedToken>> => {
    const bundle = await readBundle();
    if (E.isLeft(bundle)) return bundle;
    if (account.by !== 'register-group')
      return E.left({ _tag: 'NoSecret', rule: 'no-token-for-this-account' });
    const portal = portalOf(bundle.right);
    const shopSecret = bundle.right.shopSecret?.reveal() ?? '';
    const call = tokenCall(account.shopId, account.kktsGroupId, shopSecret);
    const verdict = verdictOf(await transport('token', call, { portal }));
    const issued = issuedToken(verdict);
    const hide = hidden(bundle.right, { portal });
    if (issued === undefined) return E.left({ _tag: 'NoToken', verdict, hide });
    ofToken = hide;
    return E.right(issued);
  };

  const cache = tokenCache(fetchToken, runtime);

  const byToken = async (bundle: Bundle): Promise<E.Either<NotAuthorised, Authorised>> =>
    E.map((token: Secret): Authorised => {
      const authorisations = { provider: token, portal: portalOf(bundle) };
      return { authorisations, token, hide: [...ofToken, ...hidden(bundle, authorisations)] };
    })(await cache.get());

  const headerOf = (bundle: Bundle): Secret =>
    account.by === 'basic'
      ? basic(account.login, bundle.password ?? secret(''))
      : secret(`Bearer ${bundle.token?.reveal() ?? ''}`);

  return {
    renews: account.by === 'register-group',
    drop: cache.drop,
    authorise: async () => {
      // A token that is at hand needs no secret, and reading one is work.
      if (account.by === 'register-group' && access.by === 'direct') return byToken({});
      const bundle = await readBundle();
      if (E.isLeft(bundle)) return bundle;
      if (account.by === 'register-group') return byToken(bundle.right);
      const authorisations = { provider: headerOf(bundle.right), portal: portalOf(bundle.right) };
      return E.right({ authorisations, hide: hidden(bundle.right, authorisations) });
    },
  };
};
