import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import { recordCodec } from '@cloud-kassa/ffd';
import type { Ledger, LedgerFailure, LedgerHead } from './ledger';
import type { LedgerDocument } from './ledger-document';
import { ledgerDocumentOf } from './ledger-document';

/** One GET as the caller's HTTP client makes it. */
export interface LedgerRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The answer with its whole body. A client that gets none throws or rejects. */
export interface LedgerResponse {
  readonly status: number;
  readonly body: string;
}

export interface HttpLedgerOptions {
  /** Address of the administration of the emulator, e.g. `http://127.0.0.1:9000/admin`; `ledger` is added to it. */
  readonly url: string;
  /** Sent as a bearer token. Never shown. */
  readonly token: string;
  readonly request: (request: LedgerRequest) => Promise<LedgerResponse>;
}

const HeadsCodec: t.Type<ReadonlyArray<LedgerHead>, unknown> = t.readonlyArray(
  recordCodec('LedgerHead', { group: t.string, head: t.number }),
);

const unreadable = (why: string, group?: string): E.Either<LedgerFailure, never> =>
  E.left({ _tag: 'LedgerUnreadable', why, ...(group === undefined ? {} : { group }) });

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const headsOf = (body: string): E.Either<LedgerFailure, ReadonlyArray<LedgerHead>> => {
  const heads = HeadsCodec.decode(jsonOf(body));
  return E.isLeft(heads) ? unreadable('the list of groups is not one') : heads;
};

const documentsOf = (group: string, body: string): E.Either<LedgerFailure, ReadonlyArray<LedgerDocument>> => {
  const documents: LedgerDocument[] = [];
  for (const line of body.split('\n')) {
    if (line === '') continue;
    const document = ledgerDocumentOf(line);
    if (E.isLeft(document)) return unreadable(`a line is no document: ${document.left}`, group);
    documents.push(document.right);
  }
  return E.right(documents);
};

/**
 * The ledger of an emulator, read through its administration: `GET /ledger` and `GET /ledger/:group/documents?after=&limit=`, NDJSON with
 * one document a line. The HTTP client comes from the caller.
 */
export const httpLedger = ({ url, token, request }: HttpLedgerOptions): Ledger => {
  const root = `${url.replace(/\/+$/, '')}/ledger`;

  const get =
    <A>(path: string, read: (body: string) => E.Either<LedgerFailure, A>): TaskEither<LedgerFailure, A> =>
    async () => {
      let response: LedgerResponse;
      try {
        response = await request({ url: `${root}${path}`, headers: { authorization: `Bearer ${token}` } });
      } catch {
        // What was thrown may carry the request with its token.
        return E.left({ _tag: 'LedgerUnavailable', why: 'no answer' });
      }
      const { status, body } = response;
      return status === 200
        ? read(body)
        : E.left({ _tag: 'LedgerUnavailable', why: 'an error status', status });
    };

  return {
    groups: get('', headsOf),
    documents: (group, after, limit) =>
      get(`/${encodeURIComponent(group)}/documents?after=${after}&limit=${limit}`, (body) =>
        documentsOf(group, body),
      ),
  };
};
