import type { StoredEvent } from '../envelope';
import type { CopyError } from './copy-report';
import { trackOf, type Session } from './session';
import { writeRun } from './write-run';

export interface RunLimits {
  readonly events: number;
  readonly bytes: number;
}

/** Collects events of one stream that follow each other, and writes them together. */
export interface RunWriter {
  readonly add: (event: StoredEvent) => Promise<CopyError | undefined>;
  readonly flush: () => Promise<CopyError | undefined>;
}

/** About what the envelope of an event takes beside its data. */
const ENVELOPE_BYTES = 1_000;

const bytesOf = ({ canonicalText, data }: StoredEvent): number =>
  Buffer.byteLength(canonicalText ?? JSON.stringify(data)) + ENVELOPE_BYTES;

export const runWriter = (session: Session, limits: RunLimits): RunWriter => {
  const { to, patience } = session;
  let run: StoredEvent[] = [];
  let bytes = 0;

  const flush = async (): Promise<CopyError | undefined> => {
    const [first, ...others] = run;
    if (first === undefined) return undefined;
    if (patience.signal.aborted) return { _tag: 'Interrupted', copied: session.copied };
    const failure = await writeRun(to, [first, ...others], patience);
    if (failure !== undefined) return failure;
    session.copied += run.length;
    const { stream, revision, hash } = others.at(-1) ?? first;
    const track = trackOf(session, stream);
    // Equal values are kept once.
    track.to = track.from.revision === revision ? track.from : { revision, hash };
    [run, bytes] = [[], 0];
    return undefined;
  };

  return {
    add: async (event) => {
      const size = bytesOf(event);
      const fits = run.length < limits.events && bytes + size <= limits.bytes;
      const failure = run[0]?.stream === event.stream && fits ? undefined : await flush();
      if (failure !== undefined) return failure;
      run.push(event);
      bytes += size;
      return undefined;
    },
    flush,
  };
};
