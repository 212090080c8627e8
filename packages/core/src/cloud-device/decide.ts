import * as E from 'fp-ts/Either';
import type { Decider } from '../decider';
import { differingKeys, sameValue } from '../same-value';
import type {
  AttachRegister,
  ChangeConnection,
  ChangeRegisterPolicy,
  ChangeRegistration,
  CloudDeviceCommand,
  DetachRegister,
  RecordHealth,
  RegisterDevice,
  RetireDevice,
} from './commands';
import { connectionProblem } from './connection';
import type { CloudDeviceEvent } from './events';
import { isIdentifier } from './identifier';
import { installDrive } from './install-drive';
import { countsFit } from './kkt-unit';
import { healthAfter, healthChanged } from './observe-health';
import type { RegisterCard } from './register-card';
import type { Registration } from './registration';
import { registrationProblem } from './registration';
import type { CloudDeviceRefusal, CloudDeviceRule } from './rejections';
import { refusal } from './rejections';
import type { CloudDevice, CloudDeviceState } from './state';
import { evolveCloudDevice } from './state';

type Decision = E.Either<CloudDeviceRefusal, ReadonlyArray<CloudDeviceEvent>>;

const NOTHING: Decision = E.right([]);

const refuse = (rule: CloudDeviceRule, field: string, detail?: CloudDeviceRefusal['detail']): Decision =>
  E.left(refusal(rule, field, detail));

const unless = (
  problem: CloudDeviceRefusal | undefined,
  ...events: ReadonlyArray<CloudDeviceEvent>
): Decision => (problem === undefined ? E.right(events) : E.left(problem));

const LONGEST_DOMAIN = 200;

const domainProblem = ({
  dedupDomain,
  domainTakenBy,
  deviceId,
}: RegisterDevice['data']): CloudDeviceRefusal | undefined => {
  if (dedupDomain.length === 0 || dedupDomain.length > LONGEST_DOMAIN)
    return refusal('dedup-domain', 'dedupDomain');
  return domainTakenBy === undefined || domainTakenBy === deviceId
    ? undefined
    : refusal('domain-taken', 'dedupDomain', { deviceId: domainTakenBy });
};

const register = (data: RegisterDevice['data'], state: CloudDeviceState): Decision => {
  const { now, deviceId, title, dedupDomain, connection, registration } = data;
  const stated = { deviceId, title, dedupDomain, connection, registration };
  if (state !== undefined) {
    const { deviceId: id, title: name, dedupDomain: domain, connection: link, registration: use } = state;
    const known = { deviceId: id, title: name, dedupDomain: domain, connection: link, registration: use };
    const fields = differingKeys(known, stated);
    const [first] = fields;
    return first === undefined ? NOTHING : refuse('already-registered', first, { fields: fields.join(', ') });
  }
  if (!isIdentifier(deviceId)) return refuse('device-id', 'deviceId');
  if (data.use === 'local') return refuse('local-use', 'use');
  const problem = domainProblem(data) ?? connectionProblem(connection) ?? registrationProblem(registration);
  return unless(problem, { type: 'clouddevice.DeviceRegistered', data: { at: now, ...stated } });
};

const changeConnection = (
  { now, connection, dedupDomain }: ChangeConnection['data'],
  device: CloudDevice,
): Decision => {
  if (connection.provider !== device.connection.provider)
    return refuse('provider-changes', 'connection.provider');
  if (connection.environment !== device.connection.environment)
    return refuse('environment-changes', 'connection.environment');
  if (dedupDomain !== device.dedupDomain) return refuse('domain-changes', 'connection.parameters');
  if (sameValue(connection, device.connection)) return NOTHING;
  return unless(connectionProblem(connection), {
    type: 'clouddevice.ConnectionChanged',
    data: { at: now, connection },
  });
};

/** Is this use of the register one that the registration of the units allows? */
const groundProblem = (
  { legalGround }: Pick<RegisterCard, 'legalGround'>,
  { internetOnly }: Registration,
  field: string,
): CloudDeviceRefusal | undefined =>
  internetOnly && legalGround !== 'internet-cashless' ? refusal('internet-only', field) : undefined;

const changeRegistration = (
  { now, registration }: ChangeRegistration['data'],
  device: CloudDevice,
): Decision => {
  if (sameValue(registration, device.registration)) return NOTHING;
  if (registration.organisation !== device.registration.organisation)
    return refuse('organisation-changes', 'registration.organisation');
  const problem =
    registrationProblem(registration) ??
    [...device.registers.values()]
      .map((card) => groundProblem(card, registration, 'registration.internetOnly'))
      .find((found) => found !== undefined);
  return unless(problem, { type: 'clouddevice.RegistrationChanged', data: { at: now, registration } });
};

const cardProblem = (
  { register: card, attachedTo }: AttachRegister['data'],
  device: CloudDevice,
): CloudDeviceRefusal | undefined => {
  if (!isIdentifier(card.registerId)) return refusal('register-id', 'register.registerId');
  if (card.type !== 'kkt-with-ofd') return refusal('register-type', 'register.type');
  if (card.ownership.organisation !== device.registration.organisation)
    return refusal('organisation-differs', 'register.ownership.organisation');
  if (attachedTo !== undefined && attachedTo !== device.deviceId)
    return refusal('register-elsewhere', 'register.registerId', { deviceId: attachedTo });
  return groundProblem(card, device.registration, 'register.legalGround');
};

const attach = (data: AttachRegister['data'], device: CloudDevice): Decision => {
  const { now, register: card } = data;
  const known = device.registers.get(card.registerId);
  if (known !== undefined) {
    const fields = differingKeys(known, card);
    const [first] = fields;
    return first === undefined
      ? NOTHING
      : refuse('register-differs', `register.${first}`, { fields: fields.join(', ') });
  }
  const { registerId, policy } = card;
  return unless(
    cardProblem(data, device),
    { type: 'clouddevice.RegisterAttached', data: { at: now, register: card } },
    { type: 'clouddevice.RestrictionNoticeGiven', data: { at: now, registerId, policy } },
  );
};

const changePolicy = (data: ChangeRegisterPolicy['data'], device: CloudDevice): Decision => {
  const { now, registerId, policy, legalGround, vatRule } = data;
  const card = device.registers.get(registerId);
  if (card === undefined) return refuse('register-unknown', 'registerId');
  if (card.policy === policy && card.legalGround === legalGround && card.vatRule === vatRule) return NOTHING;
  return unless(groundProblem(data, device.registration, 'legalGround'), {
    type: 'clouddevice.RegisterPolicyChanged',
    data: { at: now, registerId, policy, legalGround, vatRule },
  });
};

const detach = ({ now, registerId, openShiftId }: DetachRegister['data'], device: CloudDevice): Decision => {
  if (!device.registers.has(registerId))
    return device.formerRegisters.has(registerId) ? NOTHING : refuse('register-unknown', 'registerId');
  if (openShiftId !== undefined) return refuse('shift-open', 'openShiftId', { shiftId: openShiftId });
  return E.right([{ type: 'clouddevice.RegisterDetached', data: { at: now, registerId } }]);
};

const recordHealth = (data: RecordHealth['data'], device: CloudDevice): Decision => {
  const uncounted = data.units.findIndex((unit) => !countsFit(unit));
  if (uncounted >= 0) return refuse('health-counts', `units.${uncounted}`);
  const numbers = data.units.map((unit) => unit.registrationNumber);
  const twice = numbers.findIndex((number, index) => numbers.indexOf(number) !== index);
  if (twice >= 0) return refuse('unit-twice', `units.${twice}.registrationNumber`);
  const health = healthAfter(device, data);
  return healthChanged(device, health)
    ? E.right([{ type: 'clouddevice.HealthRecorded', data: health }])
    : NOTHING;
};

const retire = ({ now, unsettledReceipts }: RetireDevice['data'], device: CloudDevice): Decision => {
  if (device.registers.size > 0)
    return refuse('registers-attached', 'deviceId', { registers: device.registers.size });
  if (unsettledReceipts !== 0)
    return refuse('receipts-unsettled', 'unsettledReceipts', { receipts: unsettledReceipts });
  return E.right([{ type: 'clouddevice.DeviceRetired', data: { at: now } }]);
};

const decideRegistered = (
  command: Exclude<CloudDeviceCommand, RegisterDevice>,
  device: CloudDevice,
): Decision => {
  switch (command.type) {
    case 'ChangeConnection':
      return changeConnection(command.data, device);
    case 'ChangeRegistration':
      return changeRegistration(command.data, device);
    case 'AttachRegister':
      return attach(command.data, device);
    case 'ChangeRegisterPolicy':
      return changePolicy(command.data, device);
    case 'DetachRegister':
      return detach(command.data, device);
    case 'RecordHealth':
      return recordHealth(command.data, device);
    case 'InstallFiscalDrive':
      return installDrive(device, command.data);
    case 'SuspendDevice': {
      const { now, reason } = command.data;
      return device.status === 'suspended'
        ? NOTHING
        : E.right([{ type: 'clouddevice.DeviceSuspended', data: { at: now, reason } }]);
    }
    case 'ResumeDevice':
      return device.status === 'active'
        ? NOTHING
        : E.right([{ type: 'clouddevice.DeviceResumed', data: { at: command.data.now } }]);
    case 'RetireDevice':
      return retire(command.data, device);
  }
};

/** Decides one command to a cloud device. Total: whatever is not possible is refused with a rule. */
export const decideCloudDevice = (command: CloudDeviceCommand, state: CloudDeviceState): Decision => {
  if (command.type === 'RegisterDevice') return register(command.data, state);
  if (state === undefined) return refuse('not-registered', 'deviceId');
  if (state.status !== 'retired') return decideRegistered(command, state);
  return command.type === 'RetireDevice' ? NOTHING : refuse('retired', 'deviceId');
};

/** The cloud device as a decider. */
export const CLOUD_DEVICE: Decider<
  CloudDeviceCommand,
  CloudDeviceState,
  CloudDeviceEvent,
  CloudDeviceRefusal
> = {
  initial: undefined,
  decide: decideCloudDevice,
  evolve: evolveCloudDevice,
};
