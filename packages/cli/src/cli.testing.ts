import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { run } from './run';
import type { InputStream, OutputStream } from './terminal';

/** INN of the shop of the tests. */
export const INN = '7707083893';

/** What one call of the command came to. */
export interface Ended {
  readonly exit: number;
  readonly out: string;
  readonly error: string;
  /** The one object of `--json`. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface CallOptions {
  /** The width of the terminal; a pipe where it is not given. */
  readonly columns?: number;
  /** Answers of the person at the terminal, in their order. */
  readonly answers?: ReadonlyArray<string>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Told of everything on the standard output as it is written. */
  readonly heard?: (text: string) => void;
}

const kept = (
  columns: number | undefined,
  heard: (text: string) => void = () => undefined,
): { readonly stream: OutputStream; readonly text: () => string } => {
  let text = '';
  const stream = new Writable({
    write: (part: Buffer | string, _encoding, written) => {
      text += part.toString();
      heard(part.toString());
      written();
    },
  });
  return {
    stream: Object.assign(stream, columns === undefined ? {} : { isTTY: true, columns }),
    text: () => text,
  };
};

/** A person who types an answer each time a question stands there. */
const person = (
  answers: ReadonlyArray<string>,
): { readonly input: InputStream; readonly asked: (text: string) => void } => {
  const typed = new PassThrough();
  const left = [...answers];
  return {
    input: Object.assign(typed, { isTTY: true }),
    asked: (text) => {
      if (!text.endsWith(': ')) return;
      const answer = left.shift();
      if (answer === undefined) typed.end();
      else typed.write(`${answer}\n`);
    },
  };
};

const objectIn = (text: string): Readonly<Record<string, unknown>> => {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
};

/** Calls the command in this process. */
export const call = async (
  words: ReadonlyArray<string>,
  { columns, answers, environment = {}, signal = new AbortController().signal, heard }: CallOptions = {},
): Promise<Ended> => {
  const out = kept(columns, heard);
  const typing = answers === undefined ? undefined : person(answers);
  const error = kept(typing === undefined ? columns : (columns ?? 80), typing?.asked);
  const exit = await run({
    arguments: words,
    environment,
    out: out.stream,
    error: error.stream,
    signal,
    ...(typing === undefined ? {} : { input: typing.input }),
  });
  return { exit, out: out.text(), error: error.text(), data: objectIn(out.text()) };
};

/** A folder of a test, with the command bound to the store in it, and what has to be stopped when the test ends. */
export interface Workplace {
  readonly folder: string;
  readonly store: string;
  readonly call: (words: ReadonlyArray<string>, options?: CallOptions) => Promise<Ended>;
  /** With `--json`; the object. */
  readonly ask: (...words: ReadonlyArray<string>) => Promise<Ended['data']>;
  /** Starts `emulator` in this process and waits until it listens. */
  readonly emulator: (...options: ReadonlyArray<string>) => Promise<Emulating>;
  readonly close: () => Promise<void>;
}

export interface Emulating {
  readonly url: string;
  readonly adminToken: string;
  readonly secret: string;
  readonly stop: () => Promise<Ended>;
}

export const workplace = (): Workplace => {
  const folder = mkdtempSync(join(tmpdir(), 'cloud-kassa-cli-'));
  const store = join(folder, 'store');
  const stops: Array<() => Promise<unknown>> = [];
  const inStore = (words: ReadonlyArray<string>): ReadonlyArray<string> => [...words, '--store', store];
  return {
    folder,
    store,
    call: (words, options) => call(inStore(words), options),
    ask: async (...words) => (await call(inStore([...words, '--json']))).data,
    emulator: async (...options) => {
      const stopping = new AbortController();
      let ended: Promise<Ended> | undefined;
      const line = await new Promise<string>((listens, failed) => {
        ended = call(
          inStore([
            'emulator',
            '--organisation',
            INN,
            '--instant',
            '--durability',
            'memory',
            '--json',
            ...options,
          ]),
          { signal: stopping.signal, heard: listens },
        );
        void ended.then(({ error }) => failed(new Error(error)));
      });
      const { url, adminToken, secret } = objectIn(line) as Record<string, string>;
      const stop = async (): Promise<Ended> => {
        stopping.abort();
        if (ended === undefined) throw new Error('not started');
        return ended;
      };
      stops.push(stop);
      return { url: url ?? '', adminToken: adminToken ?? '', secret: secret ?? '', stop };
    },
    close: async () => {
      for (const stop of stops) await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
