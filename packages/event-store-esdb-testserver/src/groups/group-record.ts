import type { GroupFilter, GroupSettings, GroupSource } from './group-settings';
import type { From } from '../read/read-request';

/** A group as it was created. */
export interface GroupRecord {
  readonly group: string;
  readonly source: GroupSource;
  readonly settings: GroupSettings;
}

/** `$all` or the name of the stream. */
export const sourceName = (source: GroupSource): string => (source._tag === 'All' ? '$all' : source.stream);

export const subscriptionIdOf = ({ source, group }: Pick<GroupRecord, 'source' | 'group'>): string =>
  `${sourceName(source)}::${group}`;

/** Groups as JSON, for the log. Numbers of 64 bits are texts there. */
export const writeRecords = (records: ReadonlyArray<GroupRecord>): Buffer =>
  Buffer.from(
    JSON.stringify({
      version: '2',
      entries: records.map(({ group, source, settings }) => ({
        group,
        settings,
        ...(source._tag === 'Stream'
          ? {
              stream: source.stream,
              from: source.from === 'start' || source.from === 'end' ? source.from : String(source.from),
            }
          : {
              all: true,
              from:
                source.from === 'start' || source.from === 'end'
                  ? source.from
                  : `${source.from.commit}/${source.from.prepare}`,
              ...(source.filter === undefined ? {} : { filter: source.filter }),
            }),
      })),
    }),
    'utf8',
  );

/** As `writeRecords` wrote them: the log is the server's own, so that its form is taken for granted. */
interface Entry {
  readonly group: string;
  readonly settings: GroupSettings;
  readonly stream?: string;
  readonly from: string;
  readonly filter?: GroupFilter;
}

export const readRecords = (data: Uint8Array): ReadonlyArray<GroupRecord> => {
  const { entries } = JSON.parse(Buffer.from(data).toString('utf8')) as {
    readonly entries: ReadonlyArray<Entry>;
  };
  return entries.map(({ group, settings, stream, from, filter }) => ({
    group,
    settings,
    source:
      stream === undefined
        ? { _tag: 'All', from: placeFrom(from, positionOf), filter }
        : { _tag: 'Stream', stream, from: placeFrom(from, BigInt) },
  }));
};

const placeFrom = <A>(from: string, read: (text: string) => A): From<A> =>
  from === 'start' || from === 'end' ? from : read(from);

const positionOf = (text: string): { readonly commit: bigint; readonly prepare: bigint } => {
  const [commit = '0', prepare = '0'] = text.split('/');
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
};
