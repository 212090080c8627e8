import { request } from 'node:http';

/** An answer with its whole body. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

const LONGEST_WAIT_MS = 10_000;

/** One request over a connection of its own. Rejects where no whole answer comes. */
export const askHttp = (
  url: string,
  {
    method = 'GET',
    headers,
    body,
  }: {
    readonly method?: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  },
): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const asked = request(
      url,
      { method, agent: false, headers, signal: AbortSignal.timeout(LONGEST_WAIT_MS) },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () =>
            resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
          )
          .on('error', reject);
      },
    );
    asked.on('error', reject).end(body);
  });
