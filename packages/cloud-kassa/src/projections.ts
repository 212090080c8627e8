import type { Progress, ProjectionStatus, Released } from '@cloud-kassa/projections';
import * as E from 'fp-ts/Either';
import { notFound } from './kassa-error';
import type { Kit } from './kit';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';
import { ofReadModel } from './read-models';

/** The read models and how far they are. They may be thrown away at any time: they are built from the events. */
export interface Projections {
  /** Brings them to the head of the store as it is now: every question does it by itself, this tells how far it has come. */
  readonly catchUp: (progress?: Progress) => Promise<Outcome<void>>;
  readonly list: () => Promise<Outcome<ReadonlyArray<ProjectionStatus>>>;
  /** Builds a read model anew beside the live one, which readers see until the new one takes over. */
  readonly rebuild: (name: string, progress?: Progress) => Promise<Outcome<void>>;
  /** Lets a stream that was parked go on, with the present code. */
  readonly release: (name: string, stream: string) => Promise<Outcome<Released>>;
}

export const projectionsOn = ({ readModels: { runners, catchUp } }: Kit): Projections => {
  const names = [...runners.keys()].join(', ');
  const unknown = failed(
    notFound('projection', `The projections are ${names}.`, `Есть такие модели: ${names}.`),
  );
  return {
    catchUp,
    list: async () => {
      const caught = await catchUp();
      if (!caught.ok) return caught;
      const statuses: ProjectionStatus[] = [];
      for (const runner of runners.values()) {
        const status = await runner.status()();
        if (E.isLeft(status)) return failed(ofReadModel(status.left));
        statuses.push(status.right);
      }
      return done(statuses);
    },
    rebuild: async (name, progress) => {
      const runner = runners.get(name);
      if (runner === undefined) return unknown;
      const rebuilt = await runner.rebuild(progress)();
      return E.isLeft(rebuilt) ? failed(ofReadModel(rebuilt.left)) : done(undefined);
    },
    release: async (name, stream) => {
      const runner = runners.get(name);
      if (runner === undefined) return unknown;
      const released = await runner.release(stream)();
      return E.isLeft(released) ? failed(ofReadModel(released.left)) : done(released.right);
    },
  };
};
