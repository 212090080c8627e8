/** The aggregates of this library, by the category of their streams. */
export type AggregateName = 'receipt' | 'payment' | 'clouddevice' | 'shift';

const NAMES: ReadonlyArray<AggregateName> = ['receipt', 'payment', 'clouddevice', 'shift'];

/** A stream's aggregate and the id behind it. */
export interface StreamOwner {
  readonly aggregate: AggregateName;
  readonly id: string;
}

/** What a stream belongs to; `undefined` for streams of others. */
export const ownerOf = (stream: string): StreamOwner | undefined => {
  const dash = stream.indexOf('-');
  const category = stream.slice(0, dash);
  const aggregate = NAMES.find((name) => name === category);
  return dash < 0 || aggregate === undefined ? undefined : { aggregate, id: stream.slice(dash + 1) };
};
