import * as E from 'fp-ts/Either';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GroupRoom } from '../../emulator/group-room';
import type { Machine } from '../../emulator/machine';

/** A refusal of the administration: `{ error: { field?, rule } }`. */
export const refused = (
  reply: FastifyReply,
  status: number,
  error: { readonly rule: string; readonly field?: string; readonly until?: number },
): FastifyReply => reply.code(status).send({ error });

/** Sends when everything done so far is safe, as the services do. */
export const sendSafe = async (machine: Machine, reply: FastifyReply, body: unknown): Promise<FastifyReply> =>
  E.isRight(await machine.settled()) ? reply.send(body) : refused(reply, 500, { rule: 'storage-failed' });

/** Parameters of a path that names a group. */
export interface Named {
  readonly group: string;
}

/** The group of the path after everything that happened up to now, or 404. */
export const namedGroup = (
  machine: Machine,
  request: FastifyRequest<{ Params: Named }>,
  reply: FastifyReply,
): GroupRoom | undefined => {
  const room = machine.group(request.params.group);
  if (room === undefined) void refused(reply, 404, { field: 'group', rule: 'unknown-group' });
  return room;
};
