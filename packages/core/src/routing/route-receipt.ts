import * as E from 'fp-ts/Either';
import type { FfdVersion, Instant, Taxation } from '@cloud-kassa/ffd';
import { deviceFacts, registerFacts } from '../cloud-device/device-facts';
import type { DeviceObstacle } from '../cloud-device/obstacles';
import { deviceObstacles } from '../cloud-device/obstacles';
import type { RegisterCard } from '../cloud-device/register-card';
import type { CloudDevice } from '../cloud-device/state';
import { admitsByPolicy } from '../policy/register-policy';
import type { DeviceFacts, PaymentInstrument, ReceiptOrigin, RegisterFacts } from '../receipt/facts';

/** What of a receipt decides where it can go. */
export interface RoutingQuestion {
  readonly organisation: string;
  /** Tag 1055. */
  readonly taxation: Taxation;
  /** Tag 1125. */
  readonly internet: boolean;
  readonly origin: ReceiptOrigin;
  readonly instrument: PaymentInstrument;
  /** Format version of a receipt whose content is made already; absent while the device still decides it. */
  readonly ffd?: FfdVersion;
  /** The register the receipt was made for; absent while any register of the organisation will do. */
  readonly registerId?: string;
  /** When it is decided: keys and unsent documents grow older. */
  readonly at: Instant;
}

/** Why a device was not chosen. */
export type RoutingReason =
  | 'other-organisation'
  | DeviceObstacle
  | 'taxation-not-registered'
  | 'ffd-differs'
  | 'internet-only'
  | 'no-register'
  | 'policy'
  | 'another-chosen';

/** One reason why one device was not chosen. */
export interface RoutingRefusal {
  readonly deviceId: string;
  readonly reason: RoutingReason;
}

/** The device and the register a receipt goes to. */
export interface ChosenRoute {
  readonly device: DeviceFacts;
  readonly register: RegisterFacts;
  readonly dedupDomain: string;
  readonly refused: ReadonlyArray<RoutingRefusal>;
}

/** Nowhere to go: the reasons of every device, and the one a waiting payment shows. */
export interface NoRoute {
  readonly reason: 'no-device' | 'no-register' | 'policy';
  readonly refused: ReadonlyArray<RoutingRefusal>;
}

interface Candidate {
  readonly device: CloudDevice;
  readonly reasons: ReadonlyArray<RoutingReason>;
  readonly card?: RegisterCard;
}

const cardsFor = (device: CloudDevice, { registerId }: RoutingQuestion): ReadonlyArray<RegisterCard> =>
  [...device.registers.values()]
    .filter((card) => registerId === undefined || card.registerId === registerId)
    .toSorted((a, b) => (a.registerId < b.registerId ? -1 : 1));

const registrationReasons = (
  { registration }: CloudDevice,
  question: RoutingQuestion,
): ReadonlyArray<RoutingReason> => [
  ...(registration.taxations.includes(question.taxation) ? [] : (['taxation-not-registered'] as const)),
  ...(question.ffd === undefined || question.ffd === registration.ffd ? [] : (['ffd-differs'] as const)),
  ...(registration.internetOnly && !question.internet ? (['internet-only'] as const) : []),
];

const consider = (device: CloudDevice, question: RoutingQuestion): Candidate => {
  // Nothing else about a device of somebody else is anybody's business.
  if (device.registration.organisation !== question.organisation)
    return { device, reasons: ['other-organisation'] };
  const cards = cardsFor(device, question);
  const card = cards.find(({ policy }) => admitsByPolicy(policy, question));
  const ofRegisters =
    card === undefined ? [cards.length === 0 ? ('no-register' as const) : ('policy' as const)] : [];
  const reasons = [
    ...deviceObstacles(device, question.at),
    ...registrationReasons(device, question),
    ...ofRegisters,
  ];
  return card === undefined ? { device, reasons } : { device, reasons, card };
};

/** The nearest to a route: what is missing where nothing else is. */
const shownReason = (candidates: ReadonlyArray<Candidate>): NoRoute['reason'] => {
  const lacksOnly = (reason: RoutingReason): boolean =>
    candidates.some(({ reasons }) => reasons.length === 1 && reasons[0] === reason);
  if (lacksOnly('policy')) return 'policy';
  return lacksOnly('no-register') ? 'no-register' : 'no-device';
};

/**
 * Chooses the device and the register of a receipt, or tells for every device why not.
 *
 * One candidate per organisation and taxation system is expected; of several able ones the first by device id, then by register id, is taken,
 * so that every process chooses the same. The order of `devices` plays no part. Whatever is not chosen is recorded with its reasons, in a
 * fixed order. (1С-Облачная касса takes the first device of the organisation, without asking whether it works.)
 */
export const routeReceipt = (
  question: RoutingQuestion,
  devices: ReadonlyArray<CloudDevice>,
): E.Either<NoRoute, ChosenRoute> => {
  const candidates = devices
    .toSorted((a, b) => (a.deviceId < b.deviceId ? -1 : 1))
    .map((device) => consider(device, question));
  const able = candidates.find(({ reasons }) => reasons.length === 0);
  const refused = candidates.flatMap((candidate): ReadonlyArray<RoutingRefusal> => {
    if (candidate === able) return [];
    const reasons = candidate.reasons.length > 0 ? candidate.reasons : (['another-chosen'] as const);
    return reasons.map((reason) => ({ deviceId: candidate.device.deviceId, reason }));
  });
  const register = able?.card === undefined ? undefined : registerFacts(able.device, able.card.registerId);
  if (able === undefined || register === undefined)
    return E.left({ reason: shownReason(candidates), refused });
  return E.right({
    device: deviceFacts(able.device),
    register,
    dedupDomain: able.device.dedupDomain,
    refused,
  });
};
