import type { Description, Generation, NotReadable } from './read-models';
import { shapesOf } from './table';

/** Why the live generation can not be read under a description; `undefined` where it can. */
export const notReadable = (
  { name, version, tables }: Description,
  live: Pick<Generation, 'version' | 'shape'> | undefined,
): NotReadable | undefined => {
  if (live === undefined) return { _tag: 'NotBuilt', projection: name };
  return live.shape === shapesOf(tables)
    ? undefined
    : { _tag: 'OtherVersion', projection: name, live: live.version, wanted: version };
};
