import type { OpenProvider, SecretSource } from '@cloud-kassa/provider';
import type {
  ConformanceServer,
  SeenRequest,
  SteppedRuntime,
  WireAnswer,
} from '@cloud-kassa/provider/conformance';
import { scriptedServer, steppedRuntime } from '@cloud-kassa/provider/conformance';
import type { Access, InnerCall } from './one-c.testing';
import {
  ALL_SECRETS,
  TOKEN_ANSWER,
  connectionTo,
  innerCall,
  json,
  openSample,
  protocolOf,
  wrapped,
} from './one-c.testing';
import type { OneCSettings } from './settings';

/** A provider's server, an adapter that talks to it, and a clock. */
export interface Stage extends SteppedRuntime {
  readonly server: ConformanceServer;
  readonly provider: OpenProvider;
  /** Answers of the provider to the next calls that are no token requests. */
  readonly answers: (...answers: ReadonlyArray<WireAnswer>) => void;
  /** The same, as they stand on the wire. */
  readonly outerAnswers: (...answers: ReadonlyArray<WireAnswer>) => void;
  /** Answers to the next token requests; afterwards tokens `token 1`, `token 2` and so on are issued. */
  readonly tokenAnswers: (...answers: ReadonlyArray<WireAnswer>) => void;
  readonly tokenCalls: ReadonlyArray<InnerCall>;
  readonly calls: () => ReadonlyArray<InnerCall>;
  readonly outer: () => ReadonlyArray<SeenRequest>;
}

export interface StageOptions {
  readonly access?: Access;
  readonly authentication?: Readonly<Record<string, string>>;
  readonly settings?: Partial<OneCSettings>;
  readonly secrets?: SecretSource;
}

export const openStage = async (options: StageOptions = {}): Promise<Stage> => {
  const { access = 'direct', authentication, settings = {}, secrets = ALL_SECRETS } = options;
  const protocol = protocolOf(access);
  const tokens: WireAnswer[] = [];
  const tokenCalls: InnerCall[] = [];
  const server = await scriptedServer({
    ...protocol,
    aside: (seen) => {
      const call = innerCall(access, seen);
      if (call.path !== '/auth/tokens') return undefined;
      tokenCalls.push(call);
      const issued = json(200, { ...TOKEN_ANSWER, accessToken: `token-${tokenCalls.length}` });
      return wrapped(access, tokens.shift() ?? issued);
    },
  });
  const stepped = steppedRuntime();
  const connection = connectionTo(server.baseUrl, access, authentication);
  const script = (answers: ReadonlyArray<WireAnswer>): void =>
    server.script(...answers.map((answer) => ({ do: 'answer', answer }) as const));
  return {
    ...stepped,
    server,
    provider: openSample(connection, stepped.runtime, settings, secrets),
    answers: (...answers) => script(answers.map((answer) => wrapped(access, answer))),
    outerAnswers: (...answers) => script(answers),
    tokenAnswers: (...answers) => void tokens.push(...answers),
    tokenCalls,
    calls: () => server.seen.map((seen) => innerCall(access, seen)),
    outer: () => server.seen,
  };
};

/** Opens stages and closes them after each test. */
export const theatre = (): {
  readonly stage: (options?: StageOptions) => Promise<Stage>;
  readonly close: () => Promise<void>;
} => {
  const open: Stage[] = [];
  return {
    stage: async (options) => {
      const made = await openStage(options);
      open.push(made);
      return made;
    },
    close: async () => {
      for (const { provider, server } of open.splice(0)) {
        provider.close();
        await server.close();
      }
    },
  };
};
