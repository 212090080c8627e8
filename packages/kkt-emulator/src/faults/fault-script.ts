import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import {
  fieldCodec,
  flagField,
  naturalField,
  oneOf,
  positiveField,
  positiveSpanField,
  signedSpanField,
  spanField,
  textField,
} from '../codec/field-codec';
import { objectCodec } from '../codec/object-codec';
import { firstRefusal } from '../codec/refusal';
import type { InputRefusal } from '../codec/refusal';
import type { Fault, FaultKind } from '../group/faults';
import type { HttpFault } from './http-fault';

/** A fault of the registers of one group, or of every group when none is named. */
export interface DeviceFault {
  readonly group?: string;
  readonly fault: Fault;
}

/** What a fault script sets. */
export interface FaultScript {
  readonly http: ReadonlyArray<HttpFault>;
  readonly devices: ReadonlyArray<DeviceFault>;
}

export const NO_FAULTS: FaultScript = { http: [], devices: [] };

const exactly = <R extends Record<string, t.Mixed>, O extends Record<string, t.Mixed>>(
  required: R,
  optional: O,
) => objectCodec(required, optional, 'strict');

const probability = fieldCodec('not-a-probability', (input) =>
  typeof input === 'number' && input >= 0 && input <= 1 ? input : undefined,
);
const statusField = fieldCodec('not-a-status', (input) =>
  typeof input === 'number' && Number.isInteger(input) && input >= 200 && input <= 599 ? input : undefined,
);
const retryStatus = fieldCodec('not-429-or-503', (input) =>
  input === 429 || input === 503 ? input : undefined,
);

const httpMatch = exactly(
  {},
  {
    operation: oneOf('tokens', 'kkts', 'submit', 'status', 'providers'),
    group: textField,
    key: textField,
    nth: positiveField,
    probability,
    from: naturalField,
    until: positiveField,
    layer: oneOf('outer', 'inner'),
  },
);

const httpCommon = { when: httpMatch, times: positiveField };
const effect = { effect: flagField };

/** The codec of each transport fault by its `do`. */
const HTTP_FAULTS = {
  slow: exactly(
    { do: textField, milliseconds: spanField },
    { ...httpCommon, where: oneOf('before', 'after') },
  ),
  hang: exactly({ do: textField }, { ...httpCommon, ...effect }),
  refuse: exactly({ do: textField, milliseconds: positiveSpanField }, httpCommon),
  'reset-before': exactly({ do: textField }, httpCommon),
  'reset-after': exactly({ do: textField }, httpCommon),
  status: exactly({ do: textField, status: statusField }, { ...httpCommon, ...effect, type: textField }),
  'gateway-page': exactly({ do: textField }, { ...httpCommon, ...effect, status: statusField }),
  'retry-after': exactly(
    { do: textField, status: retryStatus, seconds: positiveField },
    { ...httpCommon, ...effect },
  ),
  redirect: exactly({ do: textField, location: textField }, httpCommon),
  'clock-jump': exactly({ do: textField, milliseconds: positiveSpanField }, httpCommon),
  'expire-token': exactly({ do: textField }, httpCommon),
  'invalid-json': exactly({ do: textField }, httpCommon),
  truncate: exactly({ do: textField }, httpCommon),
  empty: exactly({ do: textField }, httpCommon),
  endless: exactly({ do: textField, bytes: positiveField }, httpCommon),
  trickle: exactly({ do: textField, milliseconds: spanField }, httpCommon),
  alter: exactly(
    {
      do: textField,
      what: oneOf('unknown-status', 'empty-result', 'foreign-operation', 'extra-members'),
    },
    httpCommon,
  ),
} satisfies Readonly<Record<HttpFault['do'], t.Mixed>>;

/** The kind of device fault that each `do` sets; the late result has a name of its own beside the slow answer. */
const DEVICE_FAULTS: ReadonlyMap<string, FaultKind> = new Map([
  ['drive-full', 'drive-full'],
  ['key-expired', 'key-expired'],
  ['unit-unreachable', 'unit-unreachable'],
  ['ofd-unreachable', 'ofd-unreachable'],
  ['shift-keeper-asleep', 'shift-keeper-asleep'],
  ['clock-offset', 'clock-offset'],
  ['fails-before-signing', 'fails-before-signing'],
  ['fails-after-signing', 'fails-after-signing'],
  ['late-success', 'late-success'],
  ['never-ends', 'never-ends'],
  ['rejected-before-signing', 'rejected-before-signing'],
  ['queue-timeout', 'queue-timeout'],
  ['slow-result', 'slow'],
  ['racy-duplicates', 'racy-duplicates'],
  ['forgets-keys', 'forgets-keys'],
  ['rejected-after-signing', 'rejected-after-signing'],
]);

/**
 * The three faults that no client can end without a double: two simultaneous sends of a key make two documents, keys are
 * forgotten, a rejection is a lie. A script must say that it means them.
 */
export const ASSUMPTION_BREAKING: ReadonlySet<FaultKind> = new Set([
  'racy-duplicates',
  'forgets-keys',
  'rejected-after-signing',
]);

const deviceFault = exactly(
  { do: textField },
  {
    when: exactly({}, { group: textField, unit: textField, key: textField, probability }),
    times: positiveField,
    milliseconds: signedSpanField,
  },
);

const scriptCodec = exactly({ faults: t.array(t.unknown) }, { breaksAssumptions: flagField });

const at = (index: number, { field, rule }: InputRefusal): InputRefusal => ({
  field: field === '' ? `faults[${index}]` : `faults[${index}].${field}`,
  rule,
});

type Step = E.Either<InputRefusal, { readonly http: HttpFault } | { readonly device: DeviceFault }>;

const isHttpName = (name: string): name is HttpFault['do'] => Object.hasOwn(HTTP_FAULTS, name);

/** A documented refusal of a request that was carried out all the same is a lie, as `rejected-after-signing` is. */
const isFalseRefusal = (fault: HttpFault): boolean =>
  (fault.do === 'status' || fault.do === 'retry-after') &&
  fault.effect === true &&
  fault.status >= 400 &&
  fault.status < 500;

const httpStep = (name: HttpFault['do'], input: unknown, breaks: boolean): Step => {
  const decoded: t.Validation<object> = HTTP_FAULTS[name].decode(input);
  if (E.isLeft(decoded)) return E.left(firstRefusal(decoded.left));
  // The codec was chosen by the name, so that what it let through is the fault of that name.
  const http = { when: {}, ...decoded.right } as HttpFault;
  return isFalseRefusal(http) && !breaks
    ? E.left({ field: 'effect', rule: 'breaks-an-assumption' })
    : E.right({ http });
};

const deviceStep = (kind: FaultKind, input: unknown, breaks: boolean): Step => {
  const decoded = deviceFault.decode(input);
  if (E.isLeft(decoded)) return E.left(firstRefusal(decoded.left));
  if (ASSUMPTION_BREAKING.has(kind) && !breaks) return E.left({ field: 'do', rule: 'breaks-an-assumption' });
  const { when = {}, times, milliseconds } = decoded.right;
  const { group, ...about } = when;
  return E.right({
    device: {
      ...(group === undefined ? {} : { group }),
      fault: {
        kind,
        ...about,
        ...(times === undefined ? {} : { times }),
        ...(milliseconds === undefined ? {} : { milliseconds }),
      },
    },
  });
};

const step = (input: unknown, breaks: boolean): Step => {
  const name = typeof input === 'object' && input !== null && 'do' in input ? input.do : undefined;
  if (typeof name !== 'string') return E.left({ field: 'do', rule: 'missing' });
  if (isHttpName(name)) return httpStep(name, input, breaks);
  const kind = DEVICE_FAULTS.get(name);
  return kind === undefined
    ? E.left({ field: 'do', rule: 'unknown-fault' })
    : deviceStep(kind, input, breaks);
};

/**
 * Reads a fault script, parsed JSON of the form
 * `{ "breaksAssumptions"?: true, "faults": [{ "when"?: {…}, "do": "reset-after", … }] }`.
 *
 * `do` is a fault of the transport (see `HttpAction`) or of the registers (see `FaultKind`; its `slow` is `slow-result` here). `when` of the latter
 * takes `group`, `unit`, `key` and `probability`. `Left` names the field: `unknown-fault`, `unknown-member`, `missing`,
 * `breaks-an-assumption` for what must be asked for by `breaksAssumptions` (one of the three faults of the registers, or a refusal of 4xx
 * with `effect`), or what is wrong with a value.
 */
export const readFaultScript = (input: unknown): E.Either<InputRefusal, FaultScript> => {
  const decoded = scriptCodec.decode(input);
  if (E.isLeft(decoded)) return E.left(firstRefusal(decoded.left));
  const http: Array<HttpFault> = [];
  const devices: Array<DeviceFault> = [];
  for (const [index, each] of decoded.right.faults.entries()) {
    const read = step(each, decoded.right.breaksAssumptions === true);
    if (E.isLeft(read)) return E.left(at(index, read.left));
    if ('http' in read.right) http.push(read.right.http);
    else devices.push(read.right.device);
  }
  return E.right({ http, devices });
};
