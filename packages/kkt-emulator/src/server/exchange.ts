import * as E from 'fp-ts/Either';
import type { Runtime } from '@cloud-kassa/runtime';
import { alterAnswer } from '../dialects/one-c/alter-answer';
import type { ServedGroup } from '../dialects/one-c/authenticate';
import { authorizationOf } from '../dialects/one-c/authenticate';
import { backendSilent, closeEnvelope, openEnvelope } from '../dialects/one-c/gateway';
import { GATEWAY_BASE_PATH, GATEWAY_TIMEOUT } from '../dialects/one-c/gateway-settings';
import type { GatewaySettings } from '../dialects/one-c/gateway-settings';
import { isProblemType, problem, typeOfStatus } from '../dialects/one-c/problems';
import type { OneCAnswer } from '../dialects/one-c/problems';
import { oneCProvider } from '../dialects/one-c/provider';
import type { ProviderCall } from '../dialects/one-c/provider';
import { groupOfToken, readToken } from '../dialects/one-c/tokens';
import type { Machine } from '../emulator/machine';
import type { HttpFault } from '../faults/http-fault';
import type { HttpSubject } from '../faults/standing-faults';
import { underFault } from '../faults/under-fault';
import type { StruckExchange } from '../faults/under-fault';
import { readJson } from '../json/read-json';
import type { EmulatorSettings } from './settings';
import { answered, jsonAnswer } from '../wire/wire';
import type { WireAnswer, WireOutcome, WireRequest } from '../wire/wire';

/** One request to the emulated services and what goes back, faults and all; the administration is not part of it. */
export type Exchange = (request: WireRequest) => Promise<WireOutcome>;

/** A reason of one's own spares the making of an exception with its stack. */
const ANSWERED = 'answered';

const wireAnswer = ({ status, body, headers }: OneCAnswer): WireAnswer => jsonAnswer(status, body, headers);

const under = (basePath: string, path: string): string | undefined =>
  path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : undefined;

const problemOf = (status: number, type: string | undefined, instance: string): WireAnswer => {
  if (type === undefined || isProblemType(type))
    return wireAnswer(problem(type ?? typeOfStatus(status), 'fault of the emulator', instance, { status }));
  return jsonAnswer(status, { type, title: type, detail: 'fault of the emulator', status, instance });
};

/** The services over a machine. */
export const exchangeOn = (
  machine: Machine,
  groups: ReadonlyArray<ServedGroup>,
  settings: EmulatorSettings,
  runtime: Runtime,
): Exchange => {
  const provider = oneCProvider(groups, machine, () => runtime.ids.next());

  const expireToken = (header: string | undefined): void => {
    const authorization = authorizationOf(header);
    if (authorization?.scheme !== 'bearer') return;
    const id = groupOfToken(authorization.token);
    const access = groups.find(({ group }) => group.id === id)?.group.access;
    if (access?.kind !== 'sales-register-group') return;
    const token = readToken(authorization.token, access.shopSecret);
    if (token !== undefined)
      machine.credentials({ kind: 'revoke-token', token: token.id, until: token.until });
  };

  /** What was done is stored before anybody hears of it; what cannot be stored is not answered for. */
  const stored = async (answer: WireAnswer): Promise<WireAnswer> =>
    E.isRight(await machine.settled()) ? answer : problemOf(500, undefined, '');

  const struck = (
    fault: HttpFault | undefined,
    call: ProviderCall | undefined,
    instance: string,
    carryOut: StruckExchange['carryOut'],
  ): Promise<WireOutcome> =>
    fault === undefined
      ? carryOut().then(answered)
      : underFault(fault, {
          carryOut,
          sleep: (milliseconds) => runtime.sleep(milliseconds),
          problem: (status, type) => problemOf(status, type, instance),
          jump: machine.moveClock,
          expireToken: () => expireToken(call?.authorization),
          alter: (answer, what) => alterAnswer(answer, what, runtime.ids.next()),
        });

  const called = (call: ProviderCall, layer: HttpSubject['layer']): Promise<WireOutcome> =>
    struck(
      machine.strike(() => ({ ...provider.subject(call), layer })),
      call,
      call.path,
      () => stored(wireAnswer(provider.answer(call))),
    );

  /** The gateway waits for the provider only so long; what it no longer waits for goes on. */
  const passedOn = async (
    gateway: GatewaySettings,
    call: ProviderCall,
    instance: string,
  ): Promise<WireAnswer> => {
    const enough = new AbortController();
    const patience = runtime.sleep(gateway.timeout ?? GATEWAY_TIMEOUT, enough.signal);
    const outcome = await Promise.race([called(call, 'inner'), patience]);
    if (outcome?._tag === 'hanging') await patience;
    enough.abort(ANSWERED);
    return wireAnswer(
      outcome === undefined || outcome._tag === 'hanging'
        ? backendSilent(gateway, instance)
        : closeEnvelope(gateway, outcome, instance),
    );
  };

  const throughGateway = (
    gateway: GatewaySettings,
    path: string,
    request: WireRequest,
  ): Promise<WireOutcome> => {
    const step = openEnvelope(gateway, path, request, readJson(request.body), machine);
    if (step._tag === 'pass-on') {
      const { call } = step;
      const fault = machine.strike(() => ({ ...provider.subject(call), layer: 'outer' }));
      return struck(fault, call, request.path, () => passedOn(gateway, call, request.path));
    }
    const carryOut = (): Promise<WireAnswer> => stored(wireAnswer(step.answer));
    if (step._tag === 'answered') return carryOut().then(answered);
    const fault = machine.strike(() => ({ operation: 'providers', layer: 'outer' }));
    return struck(fault, undefined, request.path, carryOut);
  };

  return (request) => {
    const { gateway, basePath = '' } = settings;
    const gatewayPath =
      gateway === undefined ? undefined : under(gateway.basePath ?? GATEWAY_BASE_PATH, request.path);
    if (gateway !== undefined && gatewayPath !== undefined)
      return throughGateway(gateway, gatewayPath, request);
    const path = under(basePath, request.path);
    if (path === undefined)
      return stored(wireAnswer(problem('NOT_FOUND', 'no such operation', request.path))).then(answered);
    const call: ProviderCall = {
      method: request.method,
      path,
      authorization: request.headers['authorization'],
      body: request.body === '' ? undefined : readJson(request.body),
    };
    return called(call, 'outer');
  };
};
