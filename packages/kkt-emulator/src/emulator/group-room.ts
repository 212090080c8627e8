import type { KktGroup } from '../group/kkt-group';

/** What a service calls a submission: the id it gave out, the sender's key, and a digest of the content. */
export interface Receipt {
  readonly id: string;
  readonly submission: number;
  readonly key: string;
  readonly digest: string;
}

/** A group of registers behind a service, with the receipts that the service knows. */
export interface GroupRoom {
  readonly id: string;
  readonly registers: KktGroup;
  readonly byId: Map<string, Receipt>;
  readonly bySubmission: Map<number, Receipt>;
}

export const groupRoom = (
  id: string,
  registers: KktGroup,
  receipts: ReadonlyArray<Receipt> = [],
): GroupRoom => ({
  id,
  registers,
  byId: new Map(receipts.map((receipt) => [receipt.id, receipt])),
  bySubmission: new Map(receipts.map((receipt) => [receipt.submission, receipt])),
});

export const remember = (room: GroupRoom, receipt: Receipt): void => {
  room.byId.set(receipt.id, receipt);
  room.bySubmission.set(receipt.submission, receipt);
};
