import * as E from 'fp-ts/Either';
import { firstRefusal } from '../../codec/refusal';
import type { InputRefusal } from '../../codec/refusal';
import type { GroupRoom } from '../../emulator/group-room';
import type { Machine } from '../../emulator/machine';
import type { HttpOperation } from '../../faults/http-fault';
import { isJsonObject } from '../../json/json-tree';
import type { JsonTree } from '../../json/json-tree';
import type { NotJson } from '../../json/read-json';
import { contentDigest } from '../../wire/secrets';
import { authenticate, authorizationOf, issueToken, meantGroup } from './authenticate';
import type { ServedGroup } from './authenticate';
import { kktsAnswer } from './kkts-answer';
import { operationAnswer } from './operation-answer';
import { problem } from './problems';
import type { OneCAnswer } from './problems';
import { receiptOf } from './receipt-of';
import { submissionOf, tokenRequestCodec } from './wire-request';
import type { WireSubmission } from './wire-request';

/** A call to the provider, direct or out of the gateway's envelope. */
export interface ProviderCall {
  readonly method: string;
  /** Without the base path and the query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: E.Either<NotJson, JsonTree> | undefined;
}

/** The 1C provider API over a machine. */
export interface OneCProvider {
  readonly answer: (call: ProviderCall) => OneCAnswer;
  /** What a call is, as far as it can be told before it is checked. */
  readonly subject: (call: ProviderCall) => {
    readonly operation?: HttpOperation;
    readonly group?: string;
    readonly key?: string;
  };
}

const RECEIPT = /^\/kkts\/receipts\/([^/]{1,200})$/u;

const operationOf = ({ method, path }: ProviderCall): HttpOperation | undefined => {
  if (method === 'POST' && path === '/auth/tokens') return 'tokens';
  if (method === 'GET' && path === '/kkts') return 'kkts';
  if (method === 'POST' && path === '/kkts/receipts') return 'submit';
  return method === 'GET' && RECEIPT.test(path) ? 'status' : undefined;
};

const receiptIdOf = ({ path }: ProviderCall): string => RECEIPT.exec(path)?.[1] ?? '';

const member = (tree: JsonTree | undefined, name: string): JsonTree | undefined =>
  isJsonObject(tree) ? tree[name] : undefined;

const treeOf = ({ body }: ProviderCall): JsonTree | undefined =>
  body !== undefined && E.isRight(body) ? body.right : undefined;

const badBody = ({ field = '', rule }: Partial<InputRefusal>, instance: string, status = 400): OneCAnswer =>
  problem('BAD_REQUEST', field === '' ? `${rule}` : `${field}: ${rule}`, instance, { status });

const readBody = (call: ProviderCall): E.Either<OneCAnswer, JsonTree> => {
  const { body, path } = call;
  if (body === undefined) return E.left(badBody({ rule: 'body-missing' }, path));
  if (E.isRight(body)) return body;
  return E.left(badBody({ rule: `not-json: ${body.left.rule} at ${body.left.at}` }, path));
};

const lacksContact = ({ receiptRequest }: WireSubmission, { settings }: ServedGroup): boolean => {
  const { customerEmail, customerPhone, isCorrection } = receiptRequest.documentHeader;
  if (settings.contact === 'not-required') return false;
  if (settings.contact === 'receipts' && isCorrection === true) return false;
  return `${customerEmail ?? ''}${customerPhone ?? ''}`.trim() === '';
};

const submit = (
  call: ProviderCall,
  tree: JsonTree,
  served: ServedGroup,
  room: GroupRoom,
  machine: Machine,
): OneCAnswer => {
  const { settings, group } = served;
  const decoded = submissionOf(settings.reader).decode(tree);
  if (E.isLeft(decoded)) return badBody(firstRefusal(decoded.left), call.path);
  if (lacksContact(decoded.right, served))
    return problem('NO_CONTACT_INFO', 'no phone and no e-mail', call.path);
  const ffd = group.registers.units[0]?.registration.ffd ?? '1.2';
  const request = receiptOf(decoded.right.receiptRequest, ffd, settings);
  if (E.isLeft(request)) return badBody(request.left, call.path);
  const digest = contentDigest(request.right);
  const { operationId } = decoded.right.operationRequest;
  const { answer, receipt } = machine.submit(room, operationId, digest, request.right);
  if (answer._tag === 'refused') {
    const { refusal } = answer;
    if (refusal._tag === 'QueueFull')
      return problem('SERVICE_UNAVAILABLE_PAYMENT', refusal.rule, call.path, {
        headers: { 'retry-after': '60' },
      });
    return badBody(refusal, call.path, 422);
  }
  if (receipt === undefined) return problem('UNKNOWN_EXCEPTION', 'receipt lost', call.path);
  if (settings.otherContent === 'refused' && receipt.digest !== digest)
    return badBody({ field: 'operationRequest.operationId', rule: 'other-content' }, call.path, 422);
  room.registers.advance(machine.now());
  return operationAnswer(
    receipt,
    room.registers.resultOfSubmission(answer.id),
    room.registers.ledger,
    settings,
  );
};

const status = (call: ProviderCall, { settings }: ServedGroup, room: GroupRoom): OneCAnswer => {
  const receipt = room.byId.get(receiptIdOf(call));
  const result = receipt === undefined ? undefined : room.registers.resultOfSubmission(receipt.submission);
  return receipt === undefined || result === undefined || result._tag === 'unknown'
    ? problem('NOT_FOUND', 'no such receipt', call.path)
    : operationAnswer(receipt, result, room.registers.ledger, settings);
};

/**
 * The provider API that 1C's programs address through their gateway: POST /auth/tokens, GET /kkts, POST /kkts/receipts,
 * GET /kkts/receipts/{receiptId}. A repeated operationId answers with the receipt of the first.
 */
export const oneCProvider = (
  groups: ReadonlyArray<ServedGroup>,
  machine: Machine,
  newId: () => string,
): OneCProvider => {
  const token = (call: ProviderCall): OneCAnswer => {
    const body = readBody(call);
    if (E.isLeft(body)) return body.left;
    const request = tokenRequestCodec.decode(body.right);
    return E.isLeft(request)
      ? badBody(firstRefusal(request.left), call.path)
      : issueToken(groups, request.right, machine, newId, call.path);
  };

  const served = (call: ProviderCall, operation: HttpOperation): OneCAnswer => {
    const caller = authenticate(groups, call.authorization, machine, call.path);
    if (E.isLeft(caller)) return caller.left;
    const room = machine.group(caller.right.group.id);
    if (room === undefined) return problem('UNKNOWN_EXCEPTION', 'group lost', call.path);
    if (operation === 'kkts') return kktsAnswer(room.registers.units());
    if (operation === 'status') return status(call, caller.right, room);
    const body = readBody(call);
    return E.isLeft(body) ? body.left : submit(call, body.right, caller.right, room, machine);
  };

  return {
    answer: (call) => {
      const operation = operationOf(call);
      if (operation === undefined) return problem('NOT_FOUND', 'no such operation', call.path);
      return operation === 'tokens' ? token(call) : served(call, operation);
    },
    subject: (call) => {
      const operation = operationOf(call);
      const tree = treeOf(call);
      const ofToken = member(tree, 'kktsGroupId');
      const group =
        operation === 'tokens' && typeof ofToken === 'string'
          ? ofToken
          : meantGroup(groups, authorizationOf(call.authorization))?.group.id;
      const operationId = member(member(tree, 'operationRequest'), 'operationId');
      const receipt = machine
        .groups()
        .find(({ id }) => id === group)
        ?.byId.get(receiptIdOf(call));
      const key = operation === 'submit' ? operationId : receipt?.key;
      return {
        ...(operation === undefined ? {} : { operation }),
        ...(group === undefined ? {} : { group }),
        ...(typeof key === 'string' ? { key } : {}),
      };
    },
  };
};
