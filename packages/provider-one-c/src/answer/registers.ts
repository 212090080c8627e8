import type { UnitState } from '@cloud-kassa/provider';
import { safeCode } from '@cloud-kassa/provider';
import type { JsonRead } from '@cloud-kassa/provider';
import type { OneCSettings } from '../settings';
import type { JsonObjectRead } from './wire-answer';
import { at, isJsonObject, textAt } from './wire-answer';

/** The status of a register that can fiscalise. */
export const READY = 'FISCALIZATION_AVAILABLE';

/** What `GET /kkts` told: whether a register can fiscalise, and those registers that bear a number. */
export interface RegistersState {
  readonly isReady: boolean;
  /** The status of the first that is not ready. */
  readonly status?: string;
  readonly units: ReadonlyArray<UnitState>;
}

const isList = (value: JsonRead): value is ReadonlyArray<JsonRead> => Array.isArray(value);

const isRegister = (value: JsonRead): value is JsonObjectRead => textAt(value, 'kktStatus') !== undefined;

const insideOf = (body: JsonRead): ReadonlyArray<JsonObjectRead> => {
  const values: ReadonlyArray<JsonRead> = isJsonObject(body) ? Object.values(body) : [body];
  return values.flatMap((value) => (isList(value) ? value : [value])).filter(isRegister);
};

/**
 * What tells a status: the answer itself, of which 1C reads one `kktStatus`, else the registers in it, in a list or under its keys. The
 * schema is not documented.
 */
const tellingIn = (body: JsonRead): ReadonlyArray<JsonObjectRead> =>
  isRegister(body) ? [body] : insideOf(body);

/** A list of no registers is an answer; anything else without registers is none. */
const isEmptyList = (body: JsonRead): boolean => {
  const [only, ...more] = isJsonObject(body) ? Object.values(body) : [body];
  return only !== undefined && more.length === 0 && isList(only) && only.length === 0;
};

const text = (value: JsonRead | undefined): string | undefined => {
  const found = typeof value === 'number' ? String(value) : value;
  return typeof found === 'string' && /^\w{1,32}$/.test(found) ? found : undefined;
};

const count = (value: JsonRead | undefined): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

const unitOf = (
  register: JsonObjectRead,
  { kktSerialNumberMeans }: Pick<OneCSettings, 'kktSerialNumberMeans'>,
): UnitState => {
  const kkt = text(at(register, 'KKTSerialNumber'));
  const fn = text(at(register, 'FNSerialNumber'));
  const shiftNumber = count(at(register, 'shiftNumber'));
  const isRegistration = kktSerialNumberMeans === 'registration-number' && /^\d{16}$/.test(kkt ?? '');
  return {
    ...(kkt === undefined ? {} : isRegistration ? { registrationNumber: kkt } : { serial: kkt }),
    ...(fn === undefined ? {} : { fn }),
    ...(shiftNumber === undefined ? {} : { shiftNumber }),
  };
};

/** The state of the registers, or `undefined` where the answer tells nothing of them. Without any register nothing is ready. */
export const registersState = (
  body: JsonRead,
  settings: Pick<OneCSettings, 'kktSerialNumberMeans'>,
): RegistersState | undefined => {
  const telling = tellingIn(body);
  if (telling.length === 0) return isEmptyList(body) ? { isReady: false, units: [] } : undefined;
  const statuses = telling.map((each) => textAt(each, 'kktStatus'));
  const notReady = statuses.find((status) => status !== READY);
  const status = notReady === undefined ? undefined : safeCode(notReady);
  const named = [...telling, ...(isRegister(body) ? insideOf(body) : [])];
  return {
    isReady: statuses.includes(READY),
    ...(status === undefined ? {} : { status }),
    units: named.map((register) => unitOf(register, settings)).filter((unit) => Object.keys(unit).length > 0),
  };
};
