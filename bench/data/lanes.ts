import type { RecordedAppend } from './recording-store';

/** So many lanes at the same time; each carries one receipt after the other through its appends. */
export type Lanes = ReadonlyArray<ReadonlyArray<RecordedAppend>>;

export const lanesOf = (receipts: ReadonlyArray<ReadonlyArray<RecordedAppend>>, count: number): Lanes =>
  Array.from({ length: count }, (_, lane) =>
    receipts.filter((_receipt, index) => index % count === lane).flat(),
  );
