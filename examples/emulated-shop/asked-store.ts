const USAGE = "npm start -- [--store esdb | --store 'esdb://host:2113?tls=false']";

/** What an example was asked to use: `esdb`, a database of its own choice; `esdb://…`, that one; nothing. */
export const askedStore = ([option, store, ...more]: ReadonlyArray<string>): string | undefined => {
  if (option === undefined) return undefined;
  const isStore = /^esdb(?:\+discover)?:\/\/|^esdb$/.test(store ?? '');
  if (option !== '--store' || !isStore || more.length > 0) throw new Error(USAGE);
  return store;
};
