import type { Runtime } from '@cloud-kassa/runtime';
import type { FiscalRequest, OpenProvider } from '../port';
import type { ConformanceServer, SeenRequest } from './server';
import type { SteppedRuntime } from './stepped-runtime';
import { steppedRuntime } from './stepped-runtime';
import type { TestApi } from './test-api';

/** Where and with what an adapter is opened. */
export interface OpenAt {
  readonly baseUrl: string;
  readonly runtime: Runtime;
}

export interface AdapterUnderTest {
  readonly name: string;
  /** Opens the adapter against the server, with {@link AdapterUnderTest.timeoutMs} as the total time-out of a send and of an ask. */
  readonly open: (at: OpenAt) => OpenProvider | Promise<OpenProvider>;
  readonly server: () => Promise<ConformanceServer>;
  /** A receipt with a buyer's contact and name in it. */
  readonly request: FiscalRequest;
  /** The secrets that `open` uses. */
  readonly secrets: ReadonlyArray<string>;
  readonly timeoutMs: number;
  /** The adapter has a token that it renews after "not authorised". */
  readonly renewsToken: boolean;
  /** Statuses for which an empty body is the documented answer. */
  readonly documentedEmpty?: ReadonlyArray<number>;
  /** The part of a request that must be equal under one key, where not all of the body is. */
  readonly payloadOf?: (seen: SeenRequest) => string;
}

/** What one test has in hand. */
export interface Scene extends SteppedRuntime {
  readonly provider: OpenProvider;
  readonly server: ConformanceServer;
}

/** A test with an adapter and a server of its own. */
export type SceneTest = (name: string, body: (scene: Scene) => Promise<void>) => void;

export const sceneTest =
  (subject: AdapterUnderTest, api: TestApi): SceneTest =>
  (name, body) => {
    api.it(name, async () => {
      const server = await subject.server();
      const stepped = steppedRuntime();
      const provider = await subject.open({ baseUrl: server.baseUrl, runtime: stepped.runtime });
      try {
        await body({ ...stepped, provider, server });
      } finally {
        provider.close();
        await server.close();
      }
    });
  };

/** Lets everything that waits for nothing but promises come to its end. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};
