import type {
  Buyer,
  CancelRefusal,
  FiscalDocument,
  NoDocumentEvidence,
  OpenWay,
  Receipt,
  ReceiptCommand,
  ReceiptContent,
  SettleReceipt,
} from '@cloud-kassa/core';
import { cancelRefusal, composeReceipt, composeSettingsOf, openWays } from '@cloud-kassa/core';
import { exactRecordCodec, InstantCodec } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Caller, Written } from './caller';
import { contextOf, writtenOf } from './caller';
import type { HoldAdvice } from './hold-advice';
import { holdAdviceOf } from './hold-advice';
import { findReceipt } from './find-receipt';
import { readInput } from './input';
import { EvidenceCodec, FoundDocumentCodec, ReasonCodec, StreamPartCodec } from './input-codecs';
import type { KassaError } from './kassa-error';
import { ofHandler, ofLoad, refused } from './kassa-error';
import type { Kit } from './kit';
import { ofRegistration } from './of-registration';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';
import { isObject, readBasket } from './read-basket';
import type { BasketInput } from './receipt-input';
import type { WaitsForDevice } from './waits-for-device';
import { waitsForDevice } from './waits-for-device';

/**
 * What a named person found out about a receipt that is held or disputed.
 *
 * - `resume`: go on with unchanged content (row 31); past the horizon by two persons with evidence that there is no document.
 * - `amend`: corrected content (rows 30 and 43).
 * - `document`: the document exists: drive, number and fiscal sign (rows 32, 36, 37).
 * - `no-document`: none exists, by two persons with evidence (rows 33 and 47).
 * - `compensated`: a dispute was made good by another receipt (row 38).
 */
export type Finding =
  | { readonly how: 'resume'; readonly evidence?: NoDocumentEvidence }
  | { readonly how: 'amend'; readonly basket: BasketInput }
  | { readonly how: 'document'; readonly document: FiscalDocument }
  | { readonly how: 'no-document'; readonly evidence: NoDocumentEvidence }
  | { readonly how: 'compensated'; readonly compensatingReceiptId: string };

/** Who settles. What needs two persons needs both, and not the same one twice. */
export interface Settlers {
  readonly by: string;
  readonly secondBy?: string;
  /** The epoch of the receipt they saw. Default: the present one, which says that they looked just now. */
  readonly epoch?: number;
}

/** Why a receipt is where it is, and what can be done. */
export interface Explanation {
  readonly receipt: Receipt;
  /** Of a held receipt. */
  readonly advice?: HoldAdvice;
  /** What may be said to it now, and from when the rest. Without the device being open here, its horizon is not known and those ways that are measured against it are left out. */
  readonly ways: ReadonlyArray<OpenWay>;
  /** Whether it may be cancelled now: nothing that was sent may still arrive, and nothing is reserved against it. */
  readonly cancellable: boolean;
  /** Why it may not. */
  readonly notCancellable?: CancelRefusal;
  /** The device that the receipt waits for, and why it takes nothing. */
  readonly waitsForDevice?: WaitsForDevice;
}

/** What persons do with receipts of the queue (разбор). */
export interface Settling {
  readonly cancel: (receiptId: string, reason: string, caller?: Caller) => Promise<Outcome<Written>>;
  readonly postpone: (
    receiptId: string,
    reason: string,
    until?: string,
    caller?: Caller,
  ) => Promise<Outcome<Written>>;
  readonly resume: (receiptId: string, caller?: Caller) => Promise<Outcome<Written>>;
  readonly settle: (
    receiptId: string,
    finding: Finding,
    settlers: Settlers,
    caller?: Caller,
  ) => Promise<Outcome<Written>>;
  readonly explain: (receiptId: string) => Promise<Outcome<Explanation>>;
}

const evidenceOf = (evidence: NoDocumentEvidence): E.Either<KassaError, NoDocumentEvidence> =>
  readInput(EvidenceCodec, evidence, 'evidence');

type Settlement = SettleReceipt['data']['settlement'];

const SettlersCodec = exactRecordCodec('Settlers', { by: t.string }, { secondBy: t.string, epoch: t.number });

/** The corrected content, composed for the register that the receipt was made for. A buyer that is not named stays. */
const amended = (
  receipt: Receipt,
  input: BasketInput,
  named: Buyer | undefined,
): E.Either<KassaError, ReceiptContent> => {
  const { content, facts } = receipt;
  const basket = readBasket(input, named ?? content.buyer);
  if (E.isLeft(basket)) return basket;
  const { customerId: _customerId, ...rest } = basket.right;
  const { kind, settlementSign, settledAt, correction } = content;
  const composed = composeReceipt(
    {
      ...rest,
      kind,
      settlementSign,
      settledAt,
      ...(correction === undefined ? {} : { correction }),
    },
    composeSettingsOf(facts),
  );
  return E.mapLeft(refused)(composed);
};

export const settlingOn = (kit: Kit): Settling => {
  const { handlers, registrar, registry, now, actor } = kit;

  const give = async (
    { receiptId, organisation }: Receipt,
    command: ReceiptCommand,
    caller: Caller,
  ): Promise<Outcome<Written>> => {
    const handled = await handlers.receipts.handle(
      receiptId,
      command,
      contextOf(caller, organisation, kit),
    )();
    return E.isLeft(handled) ? failed(ofHandler(handled.left, 'receipt')) : done(writtenOf(handled.right));
  };

  const change = async (
    receiptId: string,
    caller: Caller,
    command: (
      receipt: Receipt,
    ) => E.Either<KassaError, ReceiptCommand> | Promise<E.Either<KassaError, ReceiptCommand>>,
  ): Promise<Outcome<Written>> => {
    const receipt = await findReceipt(handlers, receiptId);
    if (!receipt.ok) return receipt;
    const made = await command(receipt.value);
    return E.isLeft(made) ? failed(made.left) : give(receipt.value, made.right, caller);
  };

  /** For how long the provider of a receipt remembers its key: without it nobody can tell what a silence means. */
  const horizonOf = ({ attempt }: Receipt): E.Either<KassaError, number> => {
    const provider = attempt.route === undefined ? undefined : registry.provider(attempt.route.deviceId);
    return provider === undefined
      ? E.left({
          code: 'provider',
          message: 'The device of the receipt is not open here, so its horizon is not known.',
          russian: 'Облачная ККТ чека здесь не открыта, поэтому срок хранения ключа неизвестен.',
        })
      : E.right(provider.capabilities.horizonMs);
  };

  const amendmentOf = async (
    receipt: Receipt,
    input: BasketInput,
  ): Promise<E.Either<KassaError, Settlement>> => {
    // Callers of JavaScript bring anything; what is no basket is refused where baskets are read.
    const contact = isObject(input) ? input.buyer : undefined;
    const named = contact === undefined ? E.right(undefined) : await kit.bindBuyer(contact);
    if (E.isLeft(named)) return named;
    return E.map((content: ReceiptContent): Settlement => ({ how: 'amend', content, facts: receipt.facts }))(
      amended(receipt, input, named.right),
    );
  };

  const settlementOf = async (
    receipt: Receipt,
    finding: Finding,
  ): Promise<E.Either<KassaError, Settlement>> => {
    switch (finding.how) {
      case 'amend':
        return amendmentOf(receipt, finding.basket);
      case 'resume': {
        const { evidence } = finding;
        const stated = evidence === undefined ? E.right(undefined) : evidenceOf(evidence);
        if (E.isLeft(stated)) return stated;
        const told = stated.right === undefined ? {} : { evidence: stated.right };
        return E.map((horizonMs: number): Settlement => ({ how: 'resume', ...told, horizonMs }))(
          horizonOf(receipt),
        );
      }
      case 'no-document': {
        const evidence = evidenceOf(finding.evidence);
        if (E.isLeft(evidence)) return evidence;
        return E.map((horizonMs: number): Settlement => ({
          how: 'no-document',
          evidence: evidence.right,
          horizonMs,
        }))(horizonOf(receipt));
      }
      case 'document':
        return E.map((document: FiscalDocument): Settlement => ({ how: 'document', document }))(
          readInput(FoundDocumentCodec, finding.document, 'document'),
        );
      case 'compensated':
        return E.map((compensatingReceiptId: string): Settlement => ({
          how: 'compensated',
          compensatingReceiptId,
        }))(readInput(StreamPartCodec, finding.compensatingReceiptId, 'compensatingReceiptId'));
      default:
        // Callers of JavaScript may name anything.
        return E.left(refused({ rule: 'input-shape', field: 'how' }));
    }
  };

  return {
    cancel: async (receiptId, reason, caller = {}) => {
      const cancelled = await change(receiptId, caller, () =>
        E.map((why: string): ReceiptCommand => ({
          type: 'CancelReceipt',
          data: { now: now(), by: caller.actor ?? actor, reason: why },
        }))(readInput(ReasonCodec, reason, 'reason')),
      );
      if (!cancelled.ok) return cancelled;
      // What it would have taken back or offset is free again. After a failure here the same call goes on.
      const { commandId: _commandId, ...by } = caller;
      const freed = await registrar.giveBack(receiptId, { actor, ...by });
      return E.isLeft(freed) ? failed(ofRegistration(freed.left)) : cancelled;
    },

    postpone: (receiptId, reason, until, caller = {}) =>
      change(receiptId, caller, () => {
        const why = readInput(ReasonCodec, reason, 'reason');
        if (E.isLeft(why)) return why;
        const data = { now: now(), reason: why.right };
        if (until === undefined) return E.right({ type: 'PostponeReceipt', data });
        return E.map((at: ReturnType<typeof now>): ReceiptCommand => ({
          type: 'PostponeReceipt',
          data: { ...data, until: at },
        }))(readInput(InstantCodec, until, 'until'));
      }),

    resume: (receiptId, caller = {}) =>
      change(receiptId, caller, () => E.right({ type: 'ResumeReceipt', data: { now: now() } })),

    settle: async (receiptId, finding, settlers, caller = {}) => {
      const who = readInput(SettlersCodec, settlers);
      if (E.isLeft(who)) return failed(who.left);
      const { by, secondBy, epoch } = who.right;
      const read = await registry.refresh()();
      if (E.isLeft(read)) return failed(ofLoad(read.left));
      return change(receiptId, { ...caller, actor: by }, async (receipt) =>
        E.map((settlement: Settlement): ReceiptCommand => ({
          type: 'SettleReceipt',
          data: {
            now: now(),
            by,
            epoch: epoch ?? receipt.attempt.epoch,
            settlement,
            ...(secondBy === undefined ? {} : { secondBy }),
          },
        }))(await settlementOf(receipt, finding)),
      );
    },

    explain: async (receiptId) => {
      const receipt = await findReceipt(handlers, receiptId);
      if (!receipt.ok) return receipt;
      const read = await registry.refresh()();
      if (E.isLeft(read)) return failed(ofLoad(read.left));
      const { held, route } = receipt.value.attempt;
      const at = now();
      const horizonMs =
        route === undefined ? undefined : registry.provider(route.deviceId)?.capabilities.horizonMs;
      const refusal = cancelRefusal(receipt.value, at);
      const waits = waitsForDevice(receipt.value, registry);
      return done({
        receipt: receipt.value,
        ways: openWays(receipt.value, at, horizonMs),
        cancellable: refusal === undefined,
        ...(refusal === undefined ? {} : { notCancellable: refusal }),
        ...(waits === undefined ? {} : { waitsForDevice: waits }),
        ...(held === undefined ? {} : { advice: holdAdviceOf(held) }),
      });
    },
  };
};
