import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConformanceServer, SeenRequest, ServerProtocol, ServerStep, WireAnswer } from './server';

const ELSEWHERE = '/elsewhere';

const MIB = 1024 * 1024;

const read = async (message: IncomingMessage): Promise<SeenRequest> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return {
    method: message.method ?? '',
    path: message.url ?? '',
    headers: message.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
};

const reply = (response: ServerResponse, { status, headers = {}, body = '' }: WireAnswer): void => {
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
  response.end(body);
};

const pour = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const chunk = Buffer.alloc(MIB, 0x20);
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
};

const act = (
  step: ServerStep,
  request: SeenRequest,
  response: ServerResponse,
  protocol: ServerProtocol,
): void => {
  const socket = response.socket;
  switch (step.do) {
    case 'accept':
      return reply(response, protocol.accepted(request));
    case 'unauthorised':
      return reply(response, protocol.unauthorised(request));
    case 'refuse':
      return reply(response, protocol.refused(request, step.text));
    case 'answer':
      return reply(response, step.answer);
    case 'reset':
      return void socket?.destroy();
    case 'hang':
      return undefined;
    case 'drip':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      return void response.write('{');
    case 'garbage':
      return void socket?.end('\u0000\u0001 this is no HTTP \r\n\r\n');
    case 'truncate':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      return void response.write('{"operation', () => socket?.destroy());
    case 'huge':
      return pour(response);
    case 'redirect':
      response.writeHead(307, { location: ELSEWHERE });
      return void response.end();
  }
};

/** A {@link ConformanceServer} on this machine that speaks the given protocol. */
export const scriptedServer = async (protocol: ServerProtocol): Promise<ConformanceServer> => {
  const steps: ServerStep[] = [];
  const seen: SeenRequest[] = [];
  const waiting: Array<{ readonly count: number; readonly wake: () => void }> = [];
  let elsewhere = 0;

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await read(message);
    if (request.path.startsWith(ELSEWHERE)) {
      elsewhere += 1;
      reply(response, protocol.accepted(request));
      return;
    }
    const aside = protocol.aside(request);
    if (aside !== undefined) {
      reply(response, aside);
      return;
    }
    seen.push(request);
    act(steps.shift() ?? { do: 'accept' }, request, response, protocol);
    for (const { count, wake } of waiting) if (seen.length >= count) wake();
  };

  const server = createServer((message, response) => {
    response.on('error', () => undefined);
    // A client that leaves in the middle of its request is no error of the server.
    serve(message, response).catch(() => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });

  return {
    baseUrl: `http://127.0.0.1:${port}`,
    script: (...more) => void steps.push(...more),
    seen,
    elsewhere: () => elsewhere,
    arrived: (count) =>
      seen.length >= count ? Promise.resolve() : new Promise((wake) => void waiting.push({ count, wake })),
    refuseConnections: close,
    close,
  };
};
