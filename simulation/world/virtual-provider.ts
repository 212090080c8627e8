import type { LocalDateTime } from '@cloud-kassa/ffd';
import type { FiscalDocument, FoundContent } from '@cloud-kassa/core';
import type { KktGroup, LedgerEntry, SubmissionResult } from '@cloud-kassa/kkt-emulator';
import { formatLocal } from '@cloud-kassa/kkt-emulator';
import type {
  AskAnswer,
  AskBy,
  FinalAnswer,
  FiscalProvider,
  FiscalRequest,
  SendAnswer,
} from '@cloud-kassa/provider';
import type { Kernel, Random, SeededRuntime } from '@cloud-kassa/runtime';
import type { CallFate, FaultPlan } from './faults';
import { drawFate } from './faults';
import { requestOf } from './request-of';

/** A mark in the name of a line that the simulated provider refuses the content for. */
export const REFUSED_MARK = '[?]';

/**
 * The classes of providers by how an unknown outcome is resolved: A tells the state under our key; B answers a repeated request with the
 * state; C refuses a repeated request without a handle; D does not know keys.
 */
export type ProviderClass = 'A' | 'B' | 'C';

const ASK_BY: Readonly<Record<ProviderClass, AskBy>> = { A: 'key', B: 'resend', C: 'handle' };

/** One provider account: a group of registers and what its service remembers. Shared by all workers. */
export interface VirtualService {
  readonly deviceId: string;
  readonly organisation: string;
  readonly providerClass: ProviderClass;
  readonly group: KktGroup;
  /** Keys whose content the service refused after it had accepted them. */
  readonly refusedKeys: Set<string>;
  /** Handles by key, and keys by handle. */
  readonly keyOfHandle: Map<string, string>;
  /** Until this virtual time nobody reaches the service. */
  outageUntil: number;
  /** Until this virtual time asks reach a replica that knows nothing. */
  lagUntil: number;
}

export interface VirtualProviderOptions {
  readonly service: VirtualService;
  readonly kernel: Kernel;
  readonly runtime: SeededRuntime;
  readonly random: Random;
  readonly plan: () => FaultPlan;
  readonly timeoutMs: number;
  readonly horizonMs: number;
  /** The wall clock of the service, milliseconds since 1970. */
  readonly wallMs: () => number;
  readonly noteFault: (kind: string) => void;
  readonly noteSend: (receiptId: string, key: string) => void;
  /** Kills or suspends the worker that is calling, after so many milliseconds. */
  readonly hurt: (how: 'crash' | 'suspend', afterMs: number) => void;
}

const handleOf = (key: string): string => `op-${key}`;

const documentOf = ({ document, unit }: LedgerEntry): FiscalDocument => ({
  fn: document.fn,
  fd: document.fd,
  fp: document.fp,
  registrationNumber: document.registrationNumber,
  kktSerial: unit,
  madeAt: formatLocal(document.at) as LocalDateTime,
  ...(document.content.kind === 'receipt'
    ? { shiftNumber: document.content.shift, numberInShift: document.content.numberInShift }
    : {}),
});

const foundIn = ({ document }: LedgerEntry): FoundContent | undefined => {
  if (document.content.kind !== 'receipt') return undefined;
  const { settlementSign, total, items } = document.content.receipt;
  return {
    settlementSign,
    total,
    items: items.map(({ quantity, sum }) => ({ quantity, sum })),
  } as unknown as FoundContent;
};

const finalOf = (result: Extract<SubmissionResult, { readonly _tag: 'done' | 'failed' }>): FinalAnswer => {
  if (result._tag === 'done') {
    const found = foundIn(result.entry);
    return { _tag: 'Done', document: documentOf(result.entry), ...(found === undefined ? {} : { found }) };
  }
  const { failure } = result;
  if (failure.reason === 'device-failed')
    return { _tag: 'Failed', proof: 'ambiguous', because: 'other', note: { code: 'device-failed' } };
  const because =
    failure.reason === 'refused' && failure.refusal._tag === 'AdmissionRefused' ? 'content' : 'other';
  const code = failure.reason === 'refused' ? failure.refusal.rule : failure.reason;
  return { _tag: 'Failed', proof: 'proved', because, note: { code } };
};

const isRefused = (request: FiscalRequest): boolean =>
  request.content.items.some(({ name }) => name.includes(REFUSED_MARK));

/** How one worker sees a service through a network that loses, delays and repeats. */
export const virtualProvider = (options: VirtualProviderOptions): FiscalProvider => {
  const { service, kernel, runtime, random, plan, timeoutMs, horizonMs, wallMs, noteFault, noteSend, hurt } =
    options;
  const { group, providerClass } = service;

  const latency = (): number => 5 + random.integer(195);

  /** The service takes the request in, or knows its key already. */
  const register = (request: FiscalRequest): SendAnswer => {
    const { key, content, traceTag } = request;
    const handle = handleOf(key);
    const answer = group.submit(key, requestOf(content, service.organisation, traceTag), wallMs());
    if (answer._tag === 'refused')
      return answer.refusal._tag === 'QueueFull'
        ? { _tag: 'RefusedLater', note: { code: 'queue-full' }, scope: 'receipt', retryAfterMs: 60_000 }
        : { _tag: 'RefusedInvalid', note: { status: 400, code: answer.refusal.rule } };
    service.keyOfHandle.set(handle, key);
    if (answer._tag === 'known') return duplicateOf(key, answer.result);
    return providerClass === 'A' ? { _tag: 'Accepted' } : { _tag: 'Accepted', handle };
  };

  const refuseContent = (key: string): SendAnswer => {
    if (providerClass === 'A') return { _tag: 'RefusedInvalid', note: { status: 400, code: 'bad-content' } };
    const handle = handleOf(key);
    service.refusedKeys.add(key);
    service.keyOfHandle.set(handle, key);
    return providerClass === 'B'
      ? { _tag: 'Final', answer: REFUSED_CONTENT, handle }
      : { _tag: 'Accepted', handle };
  };

  /** What the service does with a request that has arrived. */
  const arrive = (request: FiscalRequest): SendAnswer => {
    const { key } = request;
    group.advance(wallMs());
    if (service.refusedKeys.has(key)) return duplicateOf(key, undefined);
    const isKnown = group.result(key)._tag !== 'unknown';
    // Catalogues change: content that is refused now may be accepted an hour later.
    const isAcceptedNow = providerClass === 'A' && random.next() < 0.4;
    return isRefused(request) && !isKnown && !isAcceptedNow ? refuseContent(key) : register(request);
  };

  const duplicateOf = (key: string, result: SubmissionResult | undefined): SendAnswer => {
    if (providerClass !== 'B') return { _tag: 'Exists' };
    const handle = handleOf(key);
    if (result === undefined) return { _tag: 'Final', answer: REFUSED_CONTENT, handle };
    return result._tag === 'done' || result._tag === 'failed'
      ? { _tag: 'Final', answer: finalOf(result), handle }
      : { _tag: 'Exists', handle };
  };

  const look = (key: string): AskAnswer => {
    group.advance(wallMs());
    if (service.refusedKeys.has(key)) return { _tag: 'Final', answer: REFUSED_CONTENT };
    const result = group.result(key);
    if (result._tag === 'unknown') return { _tag: 'Absent' };
    return result._tag === 'waiting' ? { _tag: 'Waiting' } : { _tag: 'Final', answer: finalOf(result) };
  };

  /** Something that happens at the service after a while, whatever becomes of the worker meanwhile. */
  const later = <A>(milliseconds: number, work: () => A): Promise<A> =>
    runtime.mortal(
      new Promise<A>((resolve) => {
        kernel.schedule(milliseconds, () => resolve(work()));
      }),
    );

  const fateOf = (): CallFate => {
    if (kernel.now() < service.outageUntil) {
      noteFault('outage');
      const fates = ['not-sent', 'request-lost', 'server-error-before'] as const;
      return fates[random.integer(fates.length)] ?? 'not-sent';
    }
    const fate = drawFate(plan(), random);
    if (fate !== 'ok') noteFault(fate);
    return fate;
  };

  const timedOut = async (): Promise<SendAnswer> => {
    await runtime.sleep(timeoutMs);
    return { _tag: 'Unknown', why: 'timeout' };
  };

  const send = async (request: FiscalRequest): Promise<SendAnswer> => {
    if (random.next() < plan().crashInCall) hurt('crash', random.integer(500));
    else if (random.next() < plan().suspendInCall) hurt('suspend', random.integer(500));
    const fate = fateOf();
    if (fate !== 'not-sent') noteSend(request.receiptId, request.key);
    switch (fate) {
      case 'not-sent':
        await runtime.sleep(5);
        return { _tag: 'NotSent', why: 'refused' };
      case 'request-lost':
        return timedOut();
      case 'request-late':
        kernel.schedule(timeoutMs + random.integer(20 * 60_000), () => void arrive(request));
        return timedOut();
      case 'answer-lost':
        await later(latency(), () => arrive(request));
        return { _tag: 'Unknown', why: 'connection-lost' };
      case 'server-error-before':
        await runtime.sleep(latency());
        return { _tag: 'Unknown', why: 'gateway-answer', note: { status: 503 } };
      case 'server-error-after':
        await later(latency(), () => arrive(request));
        return { _tag: 'Unknown', why: 'server-error', note: { status: 500 } };
      case 'unreadable-answer':
        await later(latency(), () => arrive(request));
        return { _tag: 'Unknown', why: 'unreadable-answer', note: { status: 200 } };
      case 'busy':
        await runtime.sleep(latency());
        return {
          _tag: 'RefusedLater',
          note: { status: 503, code: 'busy' },
          scope: 'receipt',
          retryAfterMs: 1_000 + random.integer(60_000),
        };
      case 'throttled-account':
        await runtime.sleep(latency());
        return {
          _tag: 'RefusedLater',
          note: { status: 429, code: 'throttled' },
          scope: 'account',
          retryAfterMs: 60_000,
        };
      case 'proxy-duplicates':
        return later(latency(), () => {
          const answer = arrive(request);
          // A documented refusal speaks for every copy of its request (assumption A5): a copy that was let in after all would make a
          // document that no client could have known of.
          if (answer._tag !== 'RefusedInvalid' && answer._tag !== 'RefusedLater')
            kernel.schedule(random.integer(60_000), () => void arrive(request));
          return answer;
        });
      case 'slow':
        return later(Math.floor(timeoutMs * 0.9), () => arrive(request));
      case 'ok':
        return later(latency(), () => arrive(request));
    }
  };

  const ask = async (key: string, handle: string | undefined): Promise<AskAnswer> => {
    const fate = fateOf();
    if (
      fate === 'not-sent' ||
      fate === 'server-error-before' ||
      fate === 'server-error-after' ||
      fate === 'unreadable-answer'
    ) {
      await runtime.sleep(latency());
      return { _tag: 'Unavailable', scope: 'receipt' };
    }
    if (fate === 'request-lost' || fate === 'request-late' || fate === 'answer-lost') {
      await runtime.sleep(timeoutMs);
      return { _tag: 'Unavailable', scope: 'receipt' };
    }
    if (fate === 'busy' || fate === 'throttled-account') {
      await runtime.sleep(latency());
      return { _tag: 'Unavailable', scope: 'account', retryAfterMs: 30_000 };
    }
    const asked = providerClass === 'A' ? key : service.keyOfHandle.get(handle ?? '');
    if (kernel.now() < service.lagUntil || random.next() < plan().staleAsk) {
      noteFault('stale-ask');
      return later(latency(), () => ({ _tag: 'Absent' }));
    }
    return later(latency(), () => (asked === undefined ? { _tag: 'Absent' } : look(asked)));
  };

  return {
    name: `virtual-${providerClass.toLowerCase()}`,
    capabilities: { askBy: ASK_BY[providerClass], horizonMs, returnsContent: true },
    dedupDomain: service.deviceId,
    expressible: () => undefined,
    send,
    ask,
    availability: async () => {
      await runtime.sleep(latency());
      return kernel.now() < service.outageUntil ? { _tag: 'Unreachable' } : { _tag: 'Available', units: [] };
    },
  };
};

const REFUSED_CONTENT: FinalAnswer = {
  _tag: 'Failed',
  proof: 'proved',
  because: 'content',
  note: { code: 'REJECTED' },
};
