/** What a client asks for, as fault rules and counters name it. */
export type Operation =
  | 'features'
  | 'gossip'
  | 'append'
  | 'read-stream'
  | 'read-all'
  | 'subscribe-stream'
  | 'subscribe-all'
  | 'delete'
  | 'tombstone'
  | 'group-create'
  | 'group-update'
  | 'group-delete'
  | 'group-read'
  /** One message with acknowledgements, and one with the contrary. `silence` loses it. */
  | 'group-ack'
  | 'group-nack'
  | 'group-info'
  | 'group-list'
  | 'group-replay'
  | 'group-restart';

/** When a fault strikes: before anything is done, after it is done and before it is answered, or after so many events were sent. */
export type Moment = 'before' | 'after' | number;

/** A refusal by its name. */
export type NamedRefusal =
  | 'not-ready'
  | 'too-busy'
  | 'unavailable'
  | 'timed-out'
  | 'deadline-exceeded'
  | 'access-denied'
  | 'unknown';

/** What happens to a call. `at` is `before` when it is not given. */
export type Fault =
  /** Never answered; the call stays open. As a number: nothing more is sent after so many events. */
  | { readonly do: 'silence'; readonly at?: Moment }
  /** The connection is reset. `after`: the append is stored, its answer is lost. */
  | { readonly do: 'drop'; readonly at?: Moment }
  /** The call is ended with status OK, without an answer. A batch append ends the whole stream of appends. */
  | { readonly do: 'end'; readonly at?: Moment }
  | { readonly do: 'refuse'; readonly as: NamedRefusal; readonly at?: Moment }
  | { readonly do: 'not-leader'; readonly host: string; readonly port: number; readonly at?: Moment }
  /** The call waits so long and goes on. */
  | { readonly do: 'wait'; readonly milliseconds: number; readonly at?: Moment }
  /** The call waits until the rule is released, and goes on. */
  | { readonly do: 'hold'; readonly at?: Moment }
  /** Somebody else writes one event: to `stream`, otherwise to the stream of the call. */
  | {
      readonly do: 'foreign-append';
      readonly at?: 'before' | 'after';
      readonly stream?: string;
      readonly type?: string;
    };

/** Which calls a fault strikes. */
export interface FaultRule {
  readonly on: Operation | 'any';
  /** One of the two ways of appending; both when absent. */
  readonly path?: 'classic' | 'batch';
  /** Only calls about streams whose name begins so. */
  readonly stream?: string;
  /** The how many-th call that matches is the first to be struck, counted from when the rule was set. Default 1. */
  readonly nth?: number;
  /** From then on every so many-th call that matches. Default 1. */
  readonly every?: number;
  /** How many calls are struck. Default 1; `'all'` for no end. */
  readonly times?: number | 'all';
  readonly fault: Fault;
}

/** A call, as far as rules look at it. */
export interface FaultSubject {
  readonly operation: Operation;
  readonly path?: 'classic' | 'batch';
  readonly stream?: string;
}
