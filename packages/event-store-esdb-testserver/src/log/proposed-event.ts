/** An event that a client wants to have stored. */
export interface ProposedEvent {
  /** A UUID in its text form. */
  readonly id: string;
  readonly type: string;
  /** `application/json`, otherwise `application/octet-stream`. The server does not look into the data. */
  readonly json: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** What counts against the largest append: data, metadata and two bytes for each letter of the type. */
export const sizeOf = ({ type, data, metadata }: ProposedEvent): number =>
  data.length + metadata.length + type.length * 2;
