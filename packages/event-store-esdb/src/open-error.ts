import type { CertificateUnusable } from './connection/certificates';
import type { WrongConnectionString } from './connection/wrong-connection-string';

/**
 * Why a store could not be opened. `why` names the cause in a sentence; it never has the password.
 *
 * - `WrongConnectionString`, `WrongSettings`, `CertificateUnusable`: what was given can not be used; nothing was tried.
 * - `Unreachable`: no server answered in time. Opening may be tried again.
 * - `NotTrusted`: there is a server, but TLS with it did not come about.
 * - `AccessDenied`: the server does not take user and password, or they may not read.
 * - `VersionTooOld`: the server is older than what this adapter needs.
 */
export type OpenError =
  | WrongConnectionString
  | { readonly _tag: 'WrongSettings'; readonly why: string }
  | CertificateUnusable
  | { readonly _tag: 'Unreachable'; readonly why: string }
  | { readonly _tag: 'NotTrusted'; readonly why: string }
  | { readonly _tag: 'AccessDenied'; readonly why: string }
  | { readonly _tag: 'VersionTooOld'; readonly version: string; readonly why: string };
