/** The work of all processes is divided into so many shards; a shard has one owner at a time, most of the time. */
export const SHARDS = 64;

/** The shard of a stream: FNV-1a of its name. The same on every machine and in every version. */
export const shardOf = (stream: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < stream.length; index += 1) {
    hash ^= stream.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % SHARDS;
};
