/** Something that waits for its turn. */
export interface Waiting {
  readonly id: string;
  readonly organisation: string;
  readonly deviceId: string;
  /** Legal deadline, ISO; the oldest goes first. */
  readonly deadline: string;
  /** Orders equals: first come, first served. */
  readonly arrival: number;
}

const isBefore = (a: Waiting, b: Waiting): boolean =>
  a.deadline === b.deadline ? a.arrival < b.arrival : a.deadline < b.deadline;

/** A binary heap of one organisation's waiting receipts, oldest deadline on top. */
const push = (heap: Waiting[], item: Waiting): void => {
  let index = heap.length;
  heap.push(item);
  while (index > 0) {
    const above = (index - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(item, parent)) break;
    heap[index] = parent;
    index = above;
  }
  heap[index] = item;
};

const pop = (heap: Waiting[]): Waiting | undefined => {
  const [top] = heap;
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top;
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    const right = left + 1;
    const leftItem = heap[left];
    if (leftItem === undefined) break;
    const rightItem = heap[right];
    const [child, childItem] =
      rightItem !== undefined && isBefore(rightItem, leftItem) ? [right, rightItem] : [left, leftItem];
    if (!isBefore(childItem, last)) break;
    heap[index] = childItem;
    index = child;
  }
  heap[index] = last;
  return top;
};

/**
 * A queue that is fair between organisations: they take turns, their devices take turns within them, and for one device the receipt
 * with the oldest legal deadline goes first. A million receipts of one organisation delay a single one of another by one turn.
 */
export interface FairQueue {
  /** An item with the id of a waiting one replaces it. */
  readonly add: (item: Waiting) => void;
  /** The next item of a device that may go now; items of devices that may not keep their place. */
  readonly next: (mayGo: (deviceId: string) => boolean) => Waiting | undefined;
  readonly remove: (id: string) => void;
  readonly has: (id: string) => boolean;
  readonly size: () => number;
}

/** A map keeps the order of insertion: who was served goes to the end of the round, or out of it. */
const rotate = <V>(round: Map<string, V>, key: string, value: V, stays: boolean): void => {
  round.delete(key);
  if (stays) round.set(key, value);
};

export const fairQueue = (): FairQueue => {
  const organisations = new Map<string, Map<string, Waiting[]>>();
  const current = new Map<string, Waiting>();

  /** A removed or replaced item stays in its heap until it comes up. */
  const popCurrent = (heap: Waiting[]): Waiting | undefined => {
    for (;;) {
      const item = pop(heap);
      if (item === undefined || current.get(item.id) === item) return item;
    }
  };

  const nextOf = (
    devices: Map<string, Waiting[]>,
    mayGo: (deviceId: string) => boolean,
  ): Waiting | undefined => {
    for (const [deviceId, heap] of devices) {
      if (!mayGo(deviceId)) continue;
      const item = popCurrent(heap);
      rotate(devices, deviceId, heap, heap.length > 0);
      if (item !== undefined) return item;
    }
    return undefined;
  };

  return {
    add: (item) => {
      current.set(item.id, item);
      const devices = organisations.get(item.organisation) ?? new Map<string, Waiting[]>();
      const heap = devices.get(item.deviceId) ?? [];
      push(heap, item);
      devices.set(item.deviceId, heap);
      organisations.set(item.organisation, devices);
    },
    next: (mayGo) => {
      for (const [organisation, devices] of organisations) {
        const item = nextOf(devices, mayGo);
        if (item === undefined) {
          if (devices.size === 0) organisations.delete(organisation);
          continue;
        }
        current.delete(item.id);
        rotate(organisations, organisation, devices, devices.size > 0);
        return item;
      }
      return undefined;
    },
    remove: (id) => {
      current.delete(id);
    },
    has: (id) => current.has(id),
    size: () => current.size,
  };
};
