/** An answer on the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request as the server read it. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>;
  readonly body: string;
}

/**
 * What the server does with one request.
 *
 * - `accept`: answers as the protocol does when it takes a receipt, or when it still works on one.
 * - `unauthorised`: refuses the authorisation in the protocol's own, attributable words.
 * - `refuse`: refuses in the protocol's own words and repeats this text in them.
 * - `answer`: answers just this.
 * - `reset`: closes the connection once the request is read, without an answer.
 * - `hang`: reads the request and says nothing. `drip`: begins an answer and says no more.
 * - `garbage`: answers what is no HTTP. `truncate`: closes in the middle of the answer. `huge`: answers without end.
 * - `redirect`: sends the client elsewhere.
 */
export type ServerStep =
  | { readonly do: 'accept' | 'unauthorised' | 'reset' | 'hang' | 'drip' }
  | { readonly do: 'garbage' | 'truncate' | 'huge' | 'redirect' }
  | { readonly do: 'refuse'; readonly text: string }
  | { readonly do: 'answer'; readonly answer: WireAnswer };

/** A provider's server that does as it is told. */
export interface ConformanceServer {
  readonly baseUrl: string;
  /** What it does with the next requests, one step each; afterwards it accepts. Requests for tokens are answered aside. */
  readonly script: (...steps: ReadonlyArray<ServerStep>) => void;
  /** Requests read so far, those answered aside left out. */
  readonly seen: ReadonlyArray<SeenRequest>;
  /** Requests that followed a redirect. */
  readonly elsewhere: () => number;
  /** Waits until so many requests have been read. */
  readonly arrived: (count: number) => Promise<void>;
  /** Stops listening: connections are refused. */
  readonly refuseConnections: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The words of one protocol. */
export interface ServerProtocol {
  /** The answer to a request that is neither a send nor an ask, such as one for a token. */
  readonly aside: (request: SeenRequest) => WireAnswer | undefined;
  readonly accepted: (request: SeenRequest) => WireAnswer;
  readonly unauthorised: (request: SeenRequest) => WireAnswer;
  readonly refused: (request: SeenRequest, text: string) => WireAnswer;
}
