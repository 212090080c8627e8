import * as E from 'fp-ts/Either';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { spanField } from '../../codec/field-codec';
import { objectCodec } from '../../codec/object-codec';
import { firstRefusal } from '../../codec/refusal';
import type { Machine } from '../../emulator/machine';
import { NO_FAULTS, readFaultScript } from '../../faults/fault-script';
import type { LedgerEntry } from '../../ledger/ledger';
import { groupLedgerLine } from '../../ledger/ledger-line';
import { sameSecret } from '../../wire/secrets';
import { namedGroup, refused, sendSafe } from './admin-reply';
import type { Named } from './admin-reply';
import { ledgerRoutes } from './ledger-routes';
import { faultsReport, groupReport, healthReport, keyReport } from './reports';
import { readUnitOperation } from './unit-operation';

const clockCodec = objectCodec({ milliseconds: spanField }, {}, 'strict');

const guard =
  (token: string) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const [scheme, given] = (request.headers.authorization ?? '').split(' ', 2);
    if (scheme !== 'Bearer' || given === undefined || !sameSecret(given, token))
      await refused(reply, 401, { rule: 'not-authorised' });
  };

const lineOf = (entry: LedgerEntry | undefined, group: string): unknown =>
  entry === undefined ? null : JSON.parse(groupLedgerLine(group, entry));

const faultRoutes = (admin: FastifyInstance, machine: Machine): void => {
  const set =
    (keep: boolean) =>
    (request: FastifyRequest, reply: FastifyReply): FastifyReply | Promise<FastifyReply> => {
      const script = readFaultScript(request.body);
      if (E.isLeft(script)) return refused(reply, 422, script.left);
      machine.setFaults(script.right, keep);
      return sendSafe(machine, reply, faultsReport(machine));
    };
  admin.get('/faults', (_, reply) => sendSafe(machine, reply, faultsReport(machine)));
  admin.put('/faults', set(false));
  admin.post('/faults', set(true));
  admin.delete('/faults', (_, reply) => {
    machine.setFaults(NO_FAULTS, false);
    return sendSafe(machine, reply, faultsReport(machine));
  });
};

const groupRoutes = (admin: FastifyInstance, machine: Machine): void => {
  admin.get('/groups', (_, reply) => {
    machine.advance();
    return sendSafe(machine, reply, machine.groups().map(groupReport));
  });
  admin.get<{ Params: Named }>('/groups/:group', (request, reply) => {
    const room = namedGroup(machine, request, reply);
    return room === undefined ? reply : sendSafe(machine, reply, groupReport(room));
  });
  admin.get<{ Params: Named & { readonly key: string } }>(
    '/groups/:group/operations/:key',
    (request, reply) => {
      const room = namedGroup(machine, request, reply);
      return room === undefined ? reply : sendSafe(machine, reply, keyReport(room, request.params.key));
    },
  );
  admin.post<{ Params: Named & { readonly unit: string } }>(
    '/groups/:group/units/:unit',
    (request, reply) => {
      const room = namedGroup(machine, request, reply);
      if (room === undefined) return reply;
      const operation = readUnitOperation(request.body);
      if (E.isLeft(operation)) return refused(reply, 422, operation.left);
      const operated = machine.operate(room.id, request.params.unit, operation.right);
      if (E.isLeft(operated)) {
        const { _tag, ...refusal } = operated.left;
        return refused(reply, 409, refusal);
      }
      return sendSafe(machine, reply, { document: lineOf(operated.right, room.id) });
    },
  );
};

/**
 * The administration of an emulator, for tests and people, under `/admin` and its own token:
 *
 * - `GET /health`;
 * - `GET /faults`, `PUT /faults` (replaces), `POST /faults` (adds), `DELETE /faults`: a fault script;
 * - `POST /clock` `{ "milliseconds" }`: moves the emulator's time ahead, ten years at most (it cannot go back; a register's clock can, by the fault `clock-offset`);
 * - `GET /groups`, `GET /groups/:group`: registers, shifts, drives; `GET /groups/:group/operations/:key`: what became of an operation;
 * - `POST /groups/:group/units/:unit`: an operation of {@link readUnitOperation} on one register by its serial;
 * - `GET /ledger` and below: see {@link ledgerRoutes}.
 *
 * No fault strikes it, and nothing it tells bears a contact or the name of a person.
 */
export const adminRoutes =
  (machine: Machine, token: string) =>
  async (admin: FastifyInstance): Promise<void> => {
    admin.addHook('onRequest', guard(token));
    admin.setErrorHandler((error, _, reply) =>
      refused(reply, (error as { statusCode?: number }).statusCode ?? 500, {
        rule: 'request-not-understood',
      }),
    );
    admin.all('/*', (_, reply) => refused(reply, 404, { rule: 'no-such-route' }));
    admin.get('/health', async (_, reply) => {
      const safe = E.isRight(await machine.settled());
      return reply.code(safe ? 200 : 500).send(healthReport(machine, safe));
    });
    admin.post('/clock', (request, reply) => {
      const asked = clockCodec.decode(request.body);
      if (E.isLeft(asked)) return refused(reply, 422, firstRefusal(asked.left));
      machine.moveClock(asked.right.milliseconds);
      machine.advance();
      return sendSafe(machine, reply, { now: new Date(machine.now()).toISOString() });
    });
    faultRoutes(admin, machine);
    groupRoutes(admin, machine);
    ledgerRoutes(admin, machine);
  };
