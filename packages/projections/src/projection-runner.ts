import type { Tagged } from '@cloud-kassa/core';
import { createImpersonalReader, type EventStore, type Position } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { belongs, feedOwn } from './belonging';
import { build, clearRetired, type BuildEnd } from './build';
import { feedToHead, type Works } from './feed';
import { followingOf, preparedFor } from './following';
import { beginRebuild, type Prepared } from './generations';
import type { Projection } from './projection';
import { statusOf, type ProjectionStatus } from './projection-status';
import type { Generation, ReadModels } from './read-models';
import { parkedIn, releaseStream, type Released } from './release';
import type { ReachError, RunnerError } from './runner-error';
import { waiters } from './waiters';

export interface ProjectionRunnerOptions<Event extends Tagged> {
  readonly store: EventStore;
  readonly projection: Projection<Event>;
  readonly readModels: ReadModels;
  readonly runtime: Runtime;
  /** Events in one transaction, about; at the head there are fewer. Default 2,000. */
  readonly batch?: number;
}

/** Keeps the read model of one projection up to the store. */
export interface ProjectionRunner {
  /**
   * Follows the store until the signal is aborted. Builds a new version first, and an interrupted rebuild beside. After a failure it
   * resumes with growing pauses. Never rejects.
   */
  readonly run: (signal: AbortSignal) => Promise<void>;
  /** Brings the read model to the head as it is at the call and answers with the position it then stands at: for short-lived commands. */
  readonly catchUp: (progress?: Progress) => TaskEither<RunnerError, Position | undefined>;
  /**
   * Waits until all events up to a position of the store are in the rows that readers see, so that a query sees what a command did.
   * Where nothing follows the store in this process, it catches up itself. A failure of the one that follows is answered at once.
   */
  readonly reached: (position: Position, signal?: AbortSignal) => TaskEither<ReachError, Position>;
  readonly status: () => TaskEither<RunnerError, ProjectionStatus>;
  /**
   * Projects a parked stream with the present code and lets it go on. Where rows are made across streams the order between streams
   * counts: there the whole projection is rebuilt.
   */
  readonly release: (stream: string, progress?: Progress) => TaskEither<RunnerError, Released>;
  /** Builds the projection anew beside the live one, which readers see until the new one takes over. Begun anew each time. */
  readonly rebuild: (progress?: Progress) => TaskEither<RunnerError, Position | undefined>;
}

/** So often a read model is begun anew in one call: live and building one, and once more. */
const MOST_BEGUN_ANEW = 3;

const CONTESTED: RunnerError = {
  _tag: 'Unavailable',
  why: 'another process fills this read model with events of another store',
};

/** Told after every transaction how many events it had. */
export type Progress = (events: number) => void;

/** @throws TypeError where an event of the family has no way to its newest version. */
export const projectionRunner = <Event extends Tagged>(
  options: ProjectionRunnerOptions<Event>,
): ProjectionRunner => {
  const { store, projection, readModels, runtime, batch = 2_000 } = options;
  const news = waiters();
  const progresses = new Set<Progress>();
  const works: Works<Event> = {
    store,
    readModels,
    projection,
    reader: createImpersonalReader(projection.family),
    runtime,
    batch,
    applied: (_generation, _position, events) => {
      for (const progress of progresses) progress(events);
      news.tell();
    },
    belonging: new Set(),
  };
  const following = followingOf(works, news);
  const prepared = (): Promise<Either<RunnerError, Prepared>> => preparedFor(works);

  const generations = (): Promise<Either<RunnerError, ReadonlyArray<Generation>>> =>
    readModels.survey(projection.name, (ledger) => ledger.generations())();

  const liveGeneration = async (): Promise<Either<RunnerError, Generation | undefined>> =>
    E.map((all: ReadonlyArray<Generation>) => all.find(({ status }) => status === 'live'))(
      await generations(),
    );

  const livePosition = async (): Promise<Either<RunnerError, Position | undefined>> =>
    E.map((live: Generation | undefined) => live?.position)(await liveGeneration());

  const reporting = async <A>(progress: Progress | undefined, work: () => Promise<A>): Promise<A> => {
    if (progress === undefined) return work();
    progresses.add(progress);
    try {
      return await work();
    } finally {
      progresses.delete(progress);
    }
  };

  const catchUp = async (): Promise<Either<RunnerError, Position | undefined>> => {
    for (let begunAnew = 0; begunAnew < MOST_BEGUN_ANEW;) {
      const found = await prepared();
      if (E.isLeft(found)) return found;
      const { live, isOwn, building } = found.right;
      const done =
        isOwn || building === undefined
          ? await feedOwn(works, live, () => feedToHead(works, live))
          : await finished(building.generation);
      if (E.isLeft(done)) return done;
      if (done.right === 'ended') return livePosition();
      if (done.right === 'begun-anew') begunAnew += 1;
    }
    return E.left(CONTESTED);
  };

  const finished = async (generation: number): Promise<Either<RunnerError, BuildEnd>> => {
    const built = await build(works, generation);
    news.tell();
    if (E.isLeft(built)) return built;
    const cleared = await clearRetired(works);
    return E.isLeft(cleared) ? cleared : built;
  };

  const rebuild = async (): Promise<Either<RunnerError, Position | undefined>> => {
    const begun = await readModels.administer(projection.name, (ledger) =>
      beginRebuild(ledger, projection),
    )();
    if (E.isLeft(begun)) return begun;
    if (E.isLeft(begun.right)) return begun.right;
    const built = await finished(begun.right.right.generation);
    return E.isLeft(built) ? built : livePosition();
  };

  const reached = async (position: Position, signal?: AbortSignal): Promise<Either<ReachError, Position>> => {
    if (store.comparePositions(position, position) === undefined) return E.left({ _tag: 'ForeignPosition' });
    for (let caughtUp = false; ;) {
      const heard = news.heard();
      const live = await liveGeneration();
      if (E.isLeft(live)) return live;
      const at = live.right?.position;
      if (live.right !== undefined && at !== undefined && (store.comparePositions(at, position) ?? -1) >= 0) {
        const own = await belongs(works, live.right);
        if (E.isLeft(own)) return own;
        if (own.right) return E.right(at);
      }
      if (signal?.aborted === true || caughtUp) return E.left({ _tag: 'NotReached' });
      const { state, failure } = following.standing();
      if (state !== 'idle') {
        if (failure !== undefined) return E.left(failure);
        await news.after(heard, signal);
      } else {
        const done = await catchUp();
        if (E.isLeft(done)) return done;
        caughtUp = true;
      }
    }
  };

  const release = async (stream: string): Promise<Either<RunnerError, Released>> => {
    const found = await prepared();
    if (E.isLeft(found)) return found;
    const { live, isOwn, building } = found.right;
    if (projection.order === 'within-streams') {
      if (building !== undefined) {
        const beside = await releaseStream(works, building, stream);
        if (E.isLeft(beside) || !isOwn) return beside;
      }
      return releaseStream(works, live, stream);
    }
    const before = await parkedIn(works, live.generation, stream);
    if (E.isLeft(before)) return before;
    if (before.right === undefined) return E.right({ _tag: 'NotParked' });
    const rebuilt = await rebuild();
    if (E.isLeft(rebuilt)) return rebuilt;
    const now = await prepared();
    if (E.isLeft(now)) return now;
    const after = await parkedIn(works, now.right.live.generation, stream);
    if (E.isLeft(after)) return after;
    return E.right(
      after.right === undefined ? { _tag: 'Released' } : { _tag: 'ParkedAgain', parked: after.right },
    );
  };

  return {
    run: following.run,
    catchUp: (progress) => () => reporting(progress, catchUp),
    reached: (position, signal) => () => reached(position, signal),
    status: () => () => statusOf(works, following.standing()),
    release: (stream, progress) => () => reporting(progress, () => release(stream)),
    rebuild: (progress) => () => reporting(progress, rebuild),
  };
};
