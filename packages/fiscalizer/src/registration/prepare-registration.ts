import type {
  AdmissionFacts,
  CloudDevice,
  ProductionCalendar,
  Receipt,
  RegisterReceipt,
  RouteRefusal,
} from '@cloud-kassa/core';
import {
  POLICY_VERSION,
  WEEKDAYS_ONLY,
  composeReceipt,
  composeSettingsOf,
  legalDeadline,
  receiptIdOf,
  routeReceipt,
  usableShift,
} from '@cloud-kassa/core';
import type { KeyRing, KeyRingError, StoreError } from '@cloud-kassa/event-store';
import type { Instant, LocalDateTime, ZoneCode } from '@cloud-kassa/ffd';
import { InstantCodec, dateOf, instantToLocal, localToInstant } from '@cloud-kassa/ffd';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { FindContact } from './buyer-of-order';
import { buyerOfOrder, isReachable } from './buyer-of-order';
import { inTime } from '../in-time';
import { failedOrder, refusedOrder } from './order-error';
import type { ReceiptCircumstances, RegistrationError, RegistrationOrder } from './registration-order';
import type { Shifts } from '../handlers';

/** The devices a receipt may go to, as the registrar needs them. */
export interface RoutableDevices {
  readonly candidates: () => ReadonlyArray<CloudDevice>;
  readonly excluded: (organisation: string) => ReadonlyArray<RouteRefusal>;
  readonly refresh: () => TaskEither<StoreError | KeyRingError, void>;
}

export interface PreparationOptions {
  readonly shifts: Shifts;
  readonly devices: RoutableDevices;
  readonly keyRing: KeyRing;
  readonly runtime: Runtime;
  readonly findContact?: FindContact;
  /** A shop that has not told a contact after so long knows none for now. Default 10 s. */
  readonly contactMs?: number;
  /** The production calendar that working days are counted by. Default: Monday to Friday. */
  readonly calendar?: ProductionCalendar;
}

/** What of an order decides where it goes. */
export type RouteQuestion = Pick<
  ReceiptCircumstances,
  'organisation' | 'origin' | 'instrument' | 'registerId' | 'rulesOn'
> & { readonly draft: Pick<RegistrationOrder['draft'], 'taxation' | 'internet'> };

type RegistrationData = RegisterReceipt['data'];

export interface Preparation {
  /** Reads the facts a receipt is admitted on: device, register, shift, dates. Looks anew before it says that there is no route. */
  readonly factsFor: (question: RouteQuestion) => Promise<E.Either<RegistrationError, AdmissionFacts>>;
  /**
   * Makes the command that registers an order. Of a receipt that is known already it takes the facts as they were recorded, and the
   * contact where the order itself names none: a settlement that is told again must not differ because the world has moved on.
   */
  readonly prepare: (
    order: RegistrationOrder,
    known: Receipt | undefined,
  ) => Promise<E.Either<RegistrationError, RegistrationData>>;
  readonly now: () => Instant;
}

const isInstant = (moment: Instant | LocalDateTime): moment is Instant => InstantCodec.is(moment);

/** The wall time of a settlement at a register. */
export const localOf = (moment: Instant | LocalDateTime, zone: ZoneCode): LocalDateTime =>
  isInstant(moment) ? instantToLocal(moment, zone) : moment;

const CONTACT_MS = 10_000;

/** What the shop is embedded with may wait for ever; an order may not. */
const askedInTime =
  (findContact: FindContact, runtime: Runtime, limitMs: number): FindContact =>
  async (customerId) => {
    const asked = await inTime(runtime, limitMs, () => findContact(customerId));
    if (asked._tag === 'Done') return asked.value;
    runtime.log.write('warn', 'the shop did not tell the contact of a customer in time', { limitMs });
    return undefined;
  };

export const preparation = (options: PreparationOptions): Preparation => {
  const { shifts, devices, keyRing, runtime, findContact, calendar = WEEKDAYS_ONLY } = options;
  const { contactMs = CONTACT_MS } = options;
  const buyerOf = buyerOfOrder({
    keyRing,
    log: runtime.log,
    ...(findContact === undefined ? {} : { findContact: askedInTime(findContact, runtime, contactMs) }),
  });

  // The runtime's wall clock gives this very form.
  const now = (): Instant => runtime.wall() as Instant;

  const routeOf = ({ organisation, origin, instrument, registerId, draft }: RouteQuestion) =>
    routeReceipt(
      {
        organisation,
        origin,
        instrument,
        taxation: draft.taxation,
        internet: draft.internet,
        at: now(),
        ...(registerId === undefined ? {} : { registerId }),
      },
      devices.candidates(),
    );

  const factsFor: Preparation['factsFor'] = async (question) => {
    let route = routeOf(question);
    if (E.isLeft(route)) {
      const read = await devices.refresh()();
      if (E.isLeft(read)) return failedOrder(read.left);
      route = routeOf(question);
    }
    if (E.isLeft(route)) {
      const { reason, refused } = route.left;
      return E.left({
        _tag: 'NoRoute',
        reason,
        refused: [...refused, ...devices.excluded(question.organisation)],
      });
    }
    const { device, register } = route.right;
    const { origin, instrument, rulesOn } = question;
    const facts = {
      origin,
      instrument,
      register,
      device,
      rulesOn: rulesOn ?? dateOf(instantToLocal(now(), register.zone)),
      policyVersion: POLICY_VERSION,
    };
    if (origin !== 'manual') return E.right(facts);
    const loaded = await shifts.load(register.registerId)();
    if (E.isLeft(loaded)) return failedOrder(loaded.left);
    const shift = usableShift(loaded.right.state, now());
    return E.right(shift === undefined ? facts : { ...facts, shiftId: shift.shiftId });
  };

  const deadlineOf = (
    order: RegistrationOrder,
    { register }: AdmissionFacts,
    settledAt: LocalDateTime,
  ): Instant => {
    const { settled, rulesOn, handedOverAt } = order;
    const isExact = settled !== undefined && isInstant(settled);
    const from = isExact ? settled : localToInstant(settledAt, register.zone);
    const handedOver = handedOverAt === undefined ? {} : { handedOverAt };
    return legalDeadline(
      register.legalGround,
      rulesOn === undefined ? from : now(),
      register.zone,
      calendar,
      handedOver,
    );
  };

  const buyerFor = async (
    { draft, contact, customerId }: RegistrationOrder,
    known: Receipt | undefined,
  ): ReturnType<typeof buyerOf> => {
    const recorded = (known?.registered ?? known?.content)?.buyer;
    const names =
      draft.buyer !== undefined && isReachable(draft.buyer) && draft.buyer.keyId !== recorded?.keyId;
    if (recorded !== undefined && contact === undefined && !names) return E.right(recorded);
    // An answer of the shop that was recorded then counts more than what it would answer now.
    const asks = known === undefined && customerId !== undefined ? { customerId } : {};
    return buyerOf({
      ...(draft.buyer === undefined ? {} : { buyer: draft.buyer }),
      ...(contact === undefined ? {} : { contact }),
      ...asks,
    });
  };

  return {
    now,
    factsFor,
    prepare: async (order, known) => {
      const {
        organisation,
        source,
        parents = [],
        assumed = [],
        legacyVat,
        profile,
        unknownCharacters,
      } = order;
      const facts = known === undefined ? await factsFor(order) : E.right(known.facts);
      if (E.isLeft(facts)) return facts;
      const buyer = await buyerFor(order, known);
      if (E.isLeft(buyer))
        return buyer.left._tag === 'Refused' ? refusedOrder(buyer.left) : failedOrder(buyer.left);
      const recorded = known?.registered ?? known?.content;
      const moment = order.settled ?? recorded?.settledAt ?? now();
      const settledAt = localOf(moment, facts.right.register.zone);
      const { buyer: _buyer, ...draft } = order.draft;
      const strictness = profile === undefined ? {} : { profile };
      const composed = composeReceipt(
        { ...draft, settledAt, ...(buyer.right === undefined ? {} : { buyer: buyer.right }) },
        {
          ...composeSettingsOf(facts.right),
          ...strictness,
          ...(unknownCharacters === undefined ? {} : { unknownCharacters }),
        },
      );
      if (E.isLeft(composed)) return refusedOrder(composed.left);
      return E.right({
        now: now(),
        receiptId: receiptIdOf(organisation, source),
        organisation,
        source,
        content: composed.right,
        facts: facts.right,
        parents,
        legalDeadline: known?.legalDeadline ?? deadlineOf(order, facts.right, settledAt),
        assumed,
        ...(legacyVat === undefined ? {} : { legacyVat }),
        ...strictness,
      });
    },
  };
};
