import * as E from 'fp-ts/Either';
import type { Receipt, ReceiptCommand, ReceiptEvent, ReceiptState } from '@cloud-kassa/core';
import { RECEIPT, attemptKeyOf } from '@cloud-kassa/core';
import type { FinalAnswer, FiscalProvider } from '@cloud-kassa/provider';
import type { Instant } from '@cloud-kassa/ffd';
import { instantFromMilliseconds } from '@cloud-kassa/ffd';
import type { Sabotage } from './sabotage';

/** A mistake of the kind that integrations make, planted into the real code; the simulator has to find it. */
export interface PlantedMistake {
  readonly name: string;
  readonly what: string;
  readonly sabotage: Sabotage;
}

type Decide = typeof RECEIPT.decide;
type Instead = (command: ReceiptCommand, receipt: Receipt, real: Decide) => ReturnType<Decide> | undefined;

/** The real decider, but for what `instead` decides. */
const deciding =
  (instead: Instead) =>
  (real: typeof RECEIPT): typeof RECEIPT => ({
    ...real,
    decide: (command, state) =>
      (state === undefined ? undefined : instead(command, state, real.decide)) ?? real.decide(command, state),
  });

const events = (...list: ReadonlyArray<ReceiptEvent>): ReturnType<Decide> => E.right(list);

/** The real provider with some answers replaced. */
const answering =
  (replace: (real: FiscalProvider) => Partial<FiscalProvider>) =>
  (real: FiscalProvider): FiscalProvider => ({ ...real, ...replace(real) });

const rekeyed = (receipt: Receipt, at: Instant): ReceiptEvent | undefined => {
  const { route, generation } = receipt.attempt;
  if (route === undefined) return undefined;
  const next = generation + 1;
  const key = attemptKeyOf(receipt.receiptId, route.domain, next);
  return { type: 'receipt.Rekeyed', data: { ...route, key, generation: next, refused: [], at } };
};

const asProved = (answer: FinalAnswer): FinalAnswer =>
  answer._tag === 'Failed' ? { ...answer, proof: 'proved' } : answer;

export const PLANTED_MISTAKES: ReadonlyArray<PlantedMistake> = [
  {
    name: 'append-without-expected-revision',
    what: 'the store takes an append whatever the revision of the stream is',
    sabotage: {
      store: (real) => ({
        ...real,
        append: (stream, expected, list) => async () => {
          const first = await real.append(stream, expected, list)();
          if (E.isLeft(first) || first.right._tag === 'Appended') return first;
          return real.append(stream, first.right.actual, list)();
        },
      }),
    },
  },
  {
    name: 'new-key-when-the-provider-does-not-know-the-receipt',
    what: '"absent" is answered with a new key instead of the same one',
    sabotage: {
      decider: deciding((command, receipt) => {
        if (command.type !== 'IntendSend' || receipt.attempt.phase !== 'Unknown') return undefined;
        const event = rekeyed(receipt, command.data.now);
        return event === undefined ? undefined : events(event);
      }),
    },
  },
  {
    name: 'time-out-taken-as-not-sent',
    what: 'a time-out frees the receipt: it may be cancelled or moved while its document is being made',
    sabotage: {
      decider: deciding((command, receipt, real) => {
        if (command.type !== 'RecordSend' || command.data.outcome.kind !== 'unknown') return undefined;
        const { now } = command.data;
        return real(
          {
            ...command,
            data: {
              ...command.data,
              outcome: { kind: 'not-sent', why: 'time-out', retryAt: now, retryAfterMs: 0 },
            },
          },
          receipt,
        );
      }),
    },
  },
  {
    name: 'gateway-page-trusted-as-a-refusal',
    what: 'a 503 of a gateway is read as the provider having refused the receipt',
    sabotage: {
      provider: answering((real) => ({
        send: async (request) => {
          const answer = await real.send(request);
          if (answer._tag !== 'Unknown' || (answer.why !== 'gateway-answer' && answer.why !== 'server-error'))
            return answer;
          return { _tag: 'RefusedLater', note: answer.note ?? {}, scope: 'receipt', retryAfterMs: 1_000 };
        },
      })),
    },
  },
  {
    name: 'ambiguous-failure-taken-as-failure',
    what: '"device failed" is read as "nothing was made"',
    sabotage: {
      provider: answering((real) => ({
        send: async (request) => {
          const answer = await real.send(request);
          return answer._tag === 'Final' ? { ...answer, answer: asProved(answer.answer) } : answer;
        },
        ask: async (key, handle) => {
          const answer = await real.ask(key, handle);
          return answer._tag === 'Final' ? { ...answer, answer: asProved(answer.answer) } : answer;
        },
      })),
    },
  },
  {
    name: 'call-first-record-afterwards',
    what: 'the request leaves before its intent is durable',
    sabotage: {
      receipts: (real) => ({
        ...real,
        handle: (id, command, context) => {
          if (command.type !== 'IntendSend') return real.handle(id, command, context);
          return async () => {
            const loaded = await real.load(id)();
            if (E.isLeft(loaded)) return real.handle(id, command, context)();
            const decided = RECEIPT.decide(command, loaded.right.state);
            if (E.isLeft(decided) || decided.right.length === 0) return real.handle(id, command, context)();
            const state = decided.right.reduce<ReceiptState>(RECEIPT.evolve, loaded.right.state);
            void real.handle(id, command, context)();
            const { revision } = loaded.right;
            return E.right({
              state,
              revision: typeof revision === 'number' ? revision + decided.right.length : 0,
              position: loaded.right.position,
              events: decided.right,
              duplicate: false,
            });
          };
        },
      }),
    },
  },
  {
    name: 'cancel-while-unknown',
    what: 'a receipt whose send is unaccounted for may be cancelled',
    sabotage: {
      decider: deciding((command, receipt) =>
        command.type === 'CancelReceipt' &&
        (receipt.attempt.phase === 'Unknown' || receipt.attempt.phase === 'Ready')
          ? events({
              type: 'receipt.Cancelled',
              data: { at: command.data.now, by: command.data.by, reason: command.data.reason },
            })
          : undefined,
      ),
    },
  },
  {
    name: 'webhook-believed',
    what: 'a webhook changes the state by itself',
    sabotage: {
      decider: deciding((command, receipt) =>
        command.type === 'NoteWebhook' && receipt.attempt.phase === 'Pending'
          ? events({
              type: 'receipt.Fiscalized',
              data: {
                at: command.data.now,
                document: { fn: '9999078900000001', fd: 999_999, fp: 1 },
                contentChecked: false,
                source: 'provider',
              },
            })
          : undefined,
      ),
    },
  },
  {
    name: 'key-per-try',
    what: 'the adapter makes a new idempotency key for every request',
    sabotage: {
      provider: (real) => {
        let tries = 0;
        return {
          ...real,
          send: (request) => real.send({ ...request, key: `${request.key}-${(tries += 1)}` }),
        };
      },
    },
  },
  {
    name: 'take-over-forgets-the-send',
    what: 'a worker that takes over believes that its predecessor sent nothing, and waits a while',
    sabotage: {
      decider: deciding((command, receipt, real) => {
        if (command.type !== 'TakeOver') return undefined;
        const taken = real(command, receipt);
        if (E.isLeft(taken)) return taken;
        const { now, epoch } = command.data;
        const retryAfterMs = 15 * 60_000;
        const retryAt = instantFromMilliseconds(Date.parse(now) + retryAfterMs);
        return events(...taken.right, {
          type: 'receipt.SendVoided',
          data: { at: now, epoch, why: 'taken over', retryAt, retryAfterMs },
        });
      }),
    },
  },
  {
    name: 'voided-send-never-tried-again',
    what: 'the pause after a refusal never ends',
    sabotage: {
      decider: deciding((command, receipt, real) => {
        if (command.type !== 'RecordSend' || command.data.outcome.kind !== 'refused-later') return undefined;
        const outcome = {
          ...command.data.outcome,
          retryAt: '2100-01-01T00:00:00.000Z' as Instant,
          retryAfterMs: 1e12,
        };
        return real({ ...command, data: { ...command.data, outcome } }, receipt);
      }),
    },
  },
  {
    name: 'absent-only-waited-for',
    what: 'a receipt that the provider does not know is asked for again and again and never sent again',
    sabotage: {
      decider: deciding((command) =>
        command.type === 'IntendSend' && command.data.evidence === 'absent'
          ? E.left({ rule: 'evidence-missing', field: 'evidence' })
          : undefined,
      ),
    },
  },
  {
    name: 'children-before-parents',
    what: 'a refund is sent before the sale it refunds has a document',
    sabotage: {
      receipts: (real) => ({
        ...real,
        handle: (id, command, context) =>
          real.handle(
            id,
            command.type === 'IntendSend'
              ? { ...command, data: { ...command.data, parents: 'fiscalized' } }
              : command,
            context,
          ),
      }),
    },
  },
  {
    name: 'amended-under-a-key-that-may-still-print',
    what: 'corrected content is sent under the same key although an earlier send is unaccounted for',
    sabotage: {
      recklessOperator: true,
      plan: { contentRefused: 0.7, calls: { 'request-late': 0.3, 'request-lost': 0.1 } },
      decider: deciding((command, receipt) =>
        command.type === 'SettleReceipt' &&
        command.data.settlement.how === 'amend' &&
        receipt.attempt.held?.reason === 'invalid' &&
        receipt.attempt.open > 0
          ? events({
              type: 'receipt.Released',
              data: {
                at: command.data.now,
                how: 'amended',
                by: command.data.by,
                content: command.data.settlement.content,
              },
            })
          : undefined,
      ),
    },
  },
  {
    name: 'answer-of-another-receipt',
    what: 'a connection pool hands the answer of one receipt to another',
    sabotage: {
      provider: (real) => {
        let last: FinalAnswer | undefined;
        return {
          ...real,
          ask: async (key, handle) => {
            const answer = await real.ask(key, handle);
            if (answer._tag !== 'Final' || answer.answer._tag !== 'Done') return answer;
            const mixedUp = last ?? answer.answer;
            last = answer.answer;
            return { _tag: 'Final', answer: mixedUp };
          },
        };
      },
    },
  },
  {
    name: 'kopeck-lost-on-the-way',
    what: 'the adapter sends another total than the receipt has',
    sabotage: {
      provider: answering((real) => ({
        send: (request) => {
          const [first, ...rest] = request.content.items;
          if (first === undefined) return real.send(request);
          const items = [{ ...first, sum: (first.sum - 1) as typeof first.sum }, ...rest];
          return real.send({ ...request, content: { ...request.content, items } });
        },
      })),
    },
  },
];
