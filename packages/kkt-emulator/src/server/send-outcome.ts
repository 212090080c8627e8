import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerResponse } from 'node:http';
import type { Runtime } from '@cloud-kassa/runtime';
import type { WireAnswer, WireOutcome } from '../wire/wire';

const CHUNK = 65_536;

/** A response that is written by hand; `chunked` announces no length. */
const begin = (
  reply: FastifyReply,
  { status, headers, body }: WireAnswer,
  chunked: boolean,
): ServerResponse => {
  reply.hijack();
  const response = reply.raw;
  const length = chunked ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...length });
  return response;
};

const written = (response: ServerResponse, bytes: Buffer): Promise<void> =>
  new Promise((resolve) => {
    response.write(bytes, () => resolve());
  });

const trickle = async (
  response: ServerResponse,
  bytes: Buffer,
  pause: () => Promise<void>,
): Promise<void> => {
  for (let index = 0; index < bytes.length && !response.destroyed; index += 1) {
    await written(response, bytes.subarray(index, index + 1));
    await pause();
  }
  response.end();
};

const overflow = async (response: ServerResponse, body: string, bytes: number): Promise<void> => {
  await written(response, Buffer.from(body));
  const space = Buffer.alloc(CHUNK, ' ');
  for (let sent = body.length; sent < bytes && !response.destroyed; sent += CHUNK)
    await written(response, space);
  response.end();
};

/** The connection of a request is reset (RST), not closed. */
const reset = (request: FastifyRequest, reply: FastifyReply): void => {
  reply.hijack();
  request.raw.socket.resetAndDestroy();
};

/**
 * Sends what an exchange came to. All but whole answers go past fastify, by hand. `refuse` closes the listener for a while.
 */
export const sendOutcome = async (
  outcome: WireOutcome,
  request: FastifyRequest,
  reply: FastifyReply,
  runtime: Runtime,
  refuse: (milliseconds: number) => void,
): Promise<void> => {
  switch (outcome._tag) {
    case 'answered':
      await reply.code(outcome.status).headers(outcome.headers).send(outcome.body);
      return;
    case 'broken-off': {
      const response = begin(reply, outcome, false);
      await written(response, Buffer.from(outcome.body).subarray(0, outcome.bytes));
      request.raw.socket.destroy();
      return;
    }
    case 'trickled':
      await trickle(begin(reply, outcome, false), Buffer.from(outcome.body), () =>
        runtime.sleep(outcome.milliseconds),
      );
      return;
    case 'endless':
      await overflow(begin(reply, outcome, true), outcome.body, outcome.bytes);
      return;
    case 'hanging':
      reply.hijack();
      return;
    case 'reset':
      reset(request, reply);
      return;
    case 'refused':
      reset(request, reply);
      refuse(outcome.milliseconds);
  }
};
