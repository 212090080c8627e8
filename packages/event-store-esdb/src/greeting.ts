import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { ClientFailure } from './connection/client-failure';
import type { Connection } from './connection/connection';
import type { Probed } from './connection/probe';
import type { OpenError } from './open-error';
import type { HeadWatch } from './reading/head-watch';
import { LATE, pause, within } from './within';

/** The oldest server whose reads of a stream tell the positions of its events for certain (22.6 brought them; this is its LTS). */
export const OLDEST_SERVER = '22.10';

export interface Greeting {
  readonly connection: Connection;
  readonly head: HeadWatch;
  /** Looks at the nodes past the client, for so many milliseconds at most. */
  readonly probe: (patience: number) => Promise<Probed>;
  readonly runtime: Runtime;
  /** How long a server is waited for, in milliseconds. */
  readonly opening: number;
  /** How long one question may stay without an answer: then it is asked again, for an answer may have been lost. */
  readonly attempt: number;
  /** Where it should be, for the text of errors. */
  readonly place: string;
}

/** Asks the server who it is and whether it lets this process read, until it answers or the time is over. */
export const greet = async (greeting: Greeting): Promise<Either<OpenError, string>> => {
  const { connection, head, probe, runtime, opening, attempt, place } = greeting;
  const end = runtime.monotonic() + opening;
  const patience = (): number => Math.min(attempt, Math.max(0, end - runtime.monotonic()));
  let failure: OpenError = { _tag: 'Unreachable', why: `${place} did not answer within ${opening} ms` };
  for (let tries = 1; ; tries += 1) {
    if (patience() <= 0) return E.left(failure);
    const asking = new AbortController();
    const version = await within(runtime, patience(), connection.serverVersion(asking.signal));
    asking.abort();
    if (version === LATE) continue;
    if (E.isRight(version)) {
      const old = tooOld(version.right);
      if (old !== undefined) return E.left(old);
      const looked = await within(runtime, patience(), head.look());
      if (looked === LATE) continue;
      if (E.isRight(looked)) return version;
      failure = openError(looked.left, place);
    } else failure = openError(version.left, place);
    if (failure._tag === 'AccessDenied') return E.left(failure);
    failure = probedError(
      failure,
      await probe(Math.min(PROBING, Math.max(1, end - runtime.monotonic()))),
      place,
    );
    if (failure._tag !== 'Unreachable') return E.left(failure);
    await pause(runtime, tries, Math.max(0, end - runtime.monotonic()));
  }
};

const tooOld = (version: string): OpenError | undefined => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_SERVER.split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return {
    _tag: 'VersionTooOld',
    version,
    why: `The server is of version ${version}; the oldest that can be used is ${OLDEST_SERVER}.`,
  };
};

/** How long a node has to say its first word. Milliseconds. */
const PROBING = 2_000;

/** What the look at the nodes has shown says more than what the client heard. */
const probedError = (heard: OpenError, probed: Probed, place: string): OpenError => {
  switch (probed._tag) {
    case 'Fine':
      return heard;
    case 'NotThere':
      return { _tag: 'Unreachable', why: `${place} is not to be reached: ${probed.why}` };
    case 'NotTrusted':
      return { _tag: 'NotTrusted', why: `TLS with ${place} did not come about: ${probed.why}` };
  }
};

const TLS = /certificate|SSL|TLS|EPROTO|altnames|self.signed|unable to verify/i;

const openError = (failure: ClientFailure, place: string): OpenError => {
  if (failure._tag === 'Refused') return { _tag: 'AccessDenied', why: `${place}: ${failure.why}` };
  const why = 'why' in failure ? failure.why : failure._tag;
  return TLS.test(why)
    ? { _tag: 'NotTrusted', why: `TLS with ${place} did not come about: ${why}` }
    : { _tag: 'Unreachable', why: `${place} is not to be reached: ${why}` };
};
