/** A request as it came over the wire, without its host and query. Names of headers are in lower case. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** A whole answer. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What goes over the wire in return. */
export type WireOutcome =
  | (WireAnswer & { readonly _tag: 'answered' })
  /** Announced whole, broken off after so many bytes. */
  | (WireAnswer & { readonly _tag: 'broken-off'; readonly bytes: number })
  /** A byte at a time, with pauses. */
  | (WireAnswer & { readonly _tag: 'trickled'; readonly milliseconds: number })
  /** Followed by white space up to so many bytes, of no announced length. */
  | (WireAnswer & { readonly _tag: 'endless'; readonly bytes: number })
  /** The connection is reset. */
  | { readonly _tag: 'reset' }
  /** Nothing, and the connection stays open. */
  | { readonly _tag: 'hanging' }
  /** Reset, and nobody listens for so long. */
  | { readonly _tag: 'refused'; readonly milliseconds: number };

export const answered = (answer: WireAnswer): WireOutcome => ({ _tag: 'answered', ...answer });

export const jsonAnswer = (
  status: number,
  body: object | undefined,
  headers: Readonly<Record<string, string>> = {},
): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: body === undefined ? '' : JSON.stringify(body),
});
