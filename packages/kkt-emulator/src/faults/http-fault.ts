/** Calls of a dialect that a fault may be about. */
export type HttpOperation = 'tokens' | 'kkts' | 'submit' | 'status' | 'providers';

/** Which requests a fault is about: everything that is said must hold. */
export interface HttpMatch {
  readonly operation?: HttpOperation;
  /** Id of a group of registers. */
  readonly group?: string;
  /** The sender's key: for `submit` and `status` the operationId. */
  readonly key?: string;
  /** Only the n-th of the requests that fit the rest, counted from 1. */
  readonly nth?: number;
  /** 0 to 1, drawn from a seeded source. */
  readonly probability?: number;
  /** Only from and only until so many milliseconds after the fault was set. */
  readonly from?: number;
  readonly until?: number;
  /**
   * A call through the gateway is two exchanges: `outer` (when absent) strikes what the client sees, the gateway's answer or that of the
   * provider called directly; `inner` what the gateway sees.
   */
  readonly layer?: 'outer' | 'inner';
}

/** Parts of a right answer that can be made wrong. */
export type Alteration =
  /** operationStatus is none of the three. */
  | 'unknown-status'
  /** SUCCESS without a result. */
  | 'empty-result'
  /** The ids of another operation. */
  | 'foreign-operation'
  /** Members nobody knows. */
  | 'extra-members';

/** What happens to a request. `effect` says whether it is carried out all the same; a request that is carried out is stored before anything is sent. */
export type HttpAction =
  /** The answer, or before it the carrying out, takes so much longer. */
  | { readonly do: 'slow'; readonly milliseconds: number; readonly where?: 'before' | 'after' }
  /** No answer ever; the connection stays open. */
  | { readonly do: 'hang'; readonly effect?: boolean }
  /** This connection is reset, and for a while nobody listens: connections are refused. */
  | { readonly do: 'refuse'; readonly milliseconds: number }
  /** Reset before anything is done. */
  | { readonly do: 'reset-before' }
  /** Reset when everything is done, instead of the answer. */
  | { readonly do: 'reset-after' }
  /** A status with a problem body; nothing is done unless `effect`. */
  | {
      readonly do: 'status';
      readonly status: number;
      readonly type?: string;
      readonly effect?: boolean;
    }
  /** The HTML page of a gateway or proxy: 502 when no status is given. */
  | { readonly do: 'gateway-page'; readonly status?: number; readonly effect?: boolean }
  /** 429 or 503 with Retry-After. */
  | {
      readonly do: 'retry-after';
      readonly status: 429 | 503;
      readonly seconds: number;
      readonly effect?: boolean;
    }
  /** 307 to another place. */
  | { readonly do: 'redirect'; readonly location: string }
  /** The clock of the whole service jumps ahead before the request is carried out. */
  | { readonly do: 'clock-jump'; readonly milliseconds: number }
  /** The token of this request is no longer valid, from now on. */
  | { readonly do: 'expire-token' }
  /** The answer is cut so that it is no JSON, though its length is right. */
  | { readonly do: 'invalid-json' }
  /** Fewer bytes than announced, then the connection closes. */
  | { readonly do: 'truncate' }
  /** The answer's status, no body. */
  | { readonly do: 'empty' }
  /** The answer, followed by white space up to so many bytes. */
  | { readonly do: 'endless'; readonly bytes: number }
  /** The answer a byte at a time. */
  | { readonly do: 'trickle'; readonly milliseconds: number }
  | { readonly do: 'alter'; readonly what: Alteration };

/** A fault of the transport. `times`: it happens at most so often; once when `nth` is given, else as long as it is set. */
export type HttpFault = HttpAction & { readonly when: HttpMatch; readonly times?: number };
