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

const compare = (a: Waiting, b: Waiting): number => {
  if (a.deadline === b.deadline) return a.arrival - b.arrival;
  return a.deadline < b.deadline ? -1 : 1;
};

const isBefore = (a: Waiting, b: Waiting): boolean => compare(a, b) < 0;

/** What waits for one device, oldest deadline on top of a binary heap, and how much of it waits no more. */
interface Line {
  heap: Waiting[];
  gone: number;
}

/** So many that wait no more are always borne with. */
const FEW = 32;

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
  /** What is held in memory, items that were removed or replaced included: about as many as there are others. */
  readonly held: () => number;
}

/** A map keeps the order of insertion: who was served goes to the end of the round, or out of it. */
const rotate = <V>(round: Map<string, V>, key: string, value: V, stays: boolean): void => {
  round.delete(key);
  if (stays) round.set(key, value);
};

export const fairQueue = (): FairQueue => {
  const organisations = new Map<string, Map<string, Line>>();
  const current = new Map<string, Waiting>();

  const isCurrent = (item: Waiting): boolean => current.get(item.id) === item;

  const popCurrent = (line: Line): Waiting | undefined => {
    for (;;) {
      const item = pop(line.heap);
      if (item === undefined || isCurrent(item)) return item;
      line.gone -= 1;
    }
  };

  const nextOf = (devices: Map<string, Line>, mayGo: (deviceId: string) => boolean): Waiting | undefined => {
    for (const [deviceId, line] of devices) {
      if (!mayGo(deviceId)) continue;
      const item = popCurrent(line);
      rotate(devices, deviceId, line, line.heap.length > 0);
      if (item !== undefined) return item;
    }
    return undefined;
  };

  /** What waits no more lies in its heap until it comes up, which is never while its device may not go: it is cleared out in time. */
  const tidy = ({ organisation, deviceId }: Waiting): void => {
    const devices = organisations.get(organisation);
    const line = devices?.get(deviceId);
    if (devices === undefined || line === undefined) return;
    line.gone += 1;
    if (line.gone <= FEW || 2 * line.gone <= line.heap.length) return;
    line.heap = line.heap.filter(isCurrent).toSorted(compare);
    line.gone = 0;
    if (line.heap.length === 0) devices.delete(deviceId);
    if (devices.size === 0) organisations.delete(organisation);
  };

  const remove = (id: string): void => {
    const item = current.get(id);
    if (item === undefined) return;
    current.delete(id);
    tidy(item);
  };

  return {
    add: (item) => {
      remove(item.id);
      current.set(item.id, item);
      const devices = organisations.get(item.organisation) ?? new Map<string, Line>();
      const line = devices.get(item.deviceId) ?? { heap: [], gone: 0 };
      push(line.heap, item);
      devices.set(item.deviceId, line);
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
    remove,
    has: (id) => current.has(id),
    size: () => current.size,
    held: () => {
      let held = 0;
      for (const devices of organisations.values())
        for (const { heap } of devices.values()) held += heap.length;
      return held;
    },
  };
};
