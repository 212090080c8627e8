import type { handleUnaryCall, ServiceError, UntypedServiceImplementation } from '@grpc/grpc-js';
import * as E from 'fp-ts/Either';
import { streamNameOf } from '../append/read-proposed';
import { matcherOf } from '../read/event-filter';
import { fromOfAll, fromOfStream } from '../read/read-request';
import { serviceError } from '../server/call';
import type { Refusal } from '../server/refusal';
import { invalidArgument } from '../server/refusal';
import type { ServerContext } from '../server/server-context';
import { unaryCall } from '../server/unary-call';
import {
  groupDeleteReq,
  groupInfoReq,
  groupInfoResp,
  groupListReq,
  groupListResp,
  groupReplayReq,
  groupWriteReq,
} from '../wire/group-messages';
import type { Message } from '../wire/message';
import type { filterOptions } from '../wire/stream-messages';
import { groupInfoOf } from './group-info';
import type { GroupRecord } from './group-record';
import type { GroupFilter, GroupSource } from './group-settings';
import { readSettings } from './group-settings';

/** The calls about groups with one question and one answer. */
export const groupCalls = (context: ServerContext): UntypedServiceImplementation => ({
  Create: writeCall(context, 'group-create'),
  Update: writeCall(context, 'group-update'),
  Delete: unaryCall(context, {
    operation: 'group-delete',
    read: groupDeleteReq.decode,
    streamOf: ({ options }) => sourceOf(options),
    answer: ({ options }) => done(context.groups.remove(sourceOf(options), options?.group ?? '')),
  }),
  GetInfo: unaryCall(context, {
    operation: 'group-info',
    read: groupInfoReq.decode,
    streamOf: ({ options }) => sourceOf(options),
    answer: ({ options }) => {
      const found = context.groups.find(sourceOf(options), options?.group ?? '');
      return E.isLeft(found)
        ? serviceError(found.left)
        : groupInfoResp.encode({ info: groupInfoOf(context.log, found.right) });
    },
  }),
  List: unaryCall(context, {
    operation: 'group-list',
    read: groupListReq.decode,
    answer: ({ options }) => {
      const source = options?.forStream === undefined ? undefined : sourceOf(options.forStream);
      const groups = context.groups.list(source).map((running) => groupInfoOf(context.log, running));
      return groupListResp.encode({ groups });
    },
  }),
  ReplayParked: unaryCall(context, {
    operation: 'group-replay',
    read: groupReplayReq.decode,
    streamOf: ({ options }) => sourceOf(options),
    answer: ({ options }) => {
      const found = context.groups.find(sourceOf(options), options?.group ?? '');
      if (E.isLeft(found)) return serviceError(found.left);
      found.right.group.replayParked(options?.stopAt);
      return NOTHING;
    },
  }),
  RestartSubsystem: unaryCall(context, {
    operation: 'group-restart',
    read: () => undefined,
    answer: () => {
      context.groups.restart();
      return NOTHING;
    },
  }),
});

const NOTHING = Buffer.alloc(0);

const done = (refusal: Refusal | undefined): Buffer | ServiceError =>
  refusal === undefined ? NOTHING : serviceError(refusal);

/** Which source is meant, as several questions name it. */
export const sourceOf = (
  options:
    | {
        readonly stream?: { readonly name?: Uint8Array | undefined } | undefined;
        readonly all?: object | undefined;
      }
    | undefined,
): string => (options?.all === undefined ? streamNameOf(options?.stream) : '$all');

const writeCall = (
  context: ServerContext,
  operation: 'group-create' | 'group-update',
): handleUnaryCall<Buffer, Buffer> =>
  unaryCall(context, {
    operation,
    read: groupWriteReq.decode,
    streamOf: ({ options }) =>
      options?.all === undefined
        ? streamNameOf(options?.stream?.stream ?? options?.streamIdentifier)
        : '$all',
    answer: ({ options }) => {
      const record = readRecord(options);
      if (E.isLeft(record)) return serviceError(record.left);
      return done(
        operation === 'group-create'
          ? context.groups.create(record.right)
          : context.groups.update(record.right),
      );
    },
  });

const readRecord = (options: Message<typeof groupWriteReq>['options']): E.Either<Refusal, GroupRecord> => {
  const settings = readSettings(options?.settings ?? {});
  if (E.isLeft(settings)) return settings;
  const group = options?.group ?? '';
  if (group === '') return E.left(invalidArgument('The name of the group is empty.'));
  const source = readSource(options);
  return E.isLeft(source) ? source : E.right({ group, settings: settings.right, source: source.right });
};

const readSource = (options: Message<typeof groupWriteReq>['options']): E.Either<Refusal, GroupSource> => {
  if (options?.all !== undefined) {
    const { filter } = options.all;
    const kept = filter === undefined ? undefined : keptFilter(filter);
    if (filter !== undefined && kept === undefined)
      return E.left(invalidArgument('The filter cannot be read.'));
    return E.right({ _tag: 'All', from: fromOfAll(options.all), filter: kept });
  }
  const stream = streamNameOf(options?.stream?.stream ?? options?.streamIdentifier);
  if (stream === '') return E.left(invalidArgument('The name of the stream is empty.'));
  if (options?.stream !== undefined)
    return E.right({ _tag: 'Stream', stream, from: fromOfStream(options.stream) });
  const revision = options?.settings?.revision ?? 0n;
  return E.right({ _tag: 'Stream', stream, from: revision >= 2n ** 63n ? 'end' : revision });
};

const keptFilter = (given: Message<typeof filterOptions>): GroupFilter | undefined => {
  const expression = given.streamName ?? given.eventType;
  if (expression === undefined || matcherOf(expression) === undefined) return undefined;
  return {
    on: given.streamName === undefined ? 'type' : 'stream',
    regex: expression.regex ?? '',
    prefixes: expression.prefixes ?? [],
  };
};
