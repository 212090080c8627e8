import { isDeepStrictEqual } from 'node:util';
import type { CloudKassa, Outcome, QueuePage } from '@cloud-kassa/cloud-kassa';

const PAGE = 500;

type Cursor = QueuePage['next'];

interface Page {
  readonly rows: ReadonlyArray<unknown>;
  readonly next?: Cursor;
}

const answerOf = <Value>(answer: Outcome<Value>): Value => {
  if (!answer.ok) throw new Error(`a read model does not answer: ${JSON.stringify(answer.error)}`);
  return answer.value;
};

const allPages = async (ask: (from: Cursor) => Promise<Outcome<Page>>): Promise<ReadonlyArray<unknown>> => {
  const rows: unknown[] = [];
  let from: Cursor;
  do {
    const page = answerOf(await ask(from));
    rows.push(...page.rows);
    from = page.next;
  } while (from !== undefined);
  return rows;
};

/** All that the read models of a host show, by question. */
export type Shown = ReadonlyMap<string, unknown>;

export const shownBy = async ({ queue, status }: CloudKassa): Promise<Shown> =>
  new Map<string, unknown>([
    ['queue', await allPages((from) => queue.list({ from, limit: PAGE }))],
    ['counts', answerOf(await queue.count())],
    [
      'payments without a receipt',
      await allPages((from) => queue.paymentsWithoutReceipt({ from, limit: PAGE })),
    ],
    ['documents', await allPages((from) => status.documents({ from, limit: PAGE }))],
    ['disputed documents', await allPages((from) => status.disputedDocuments({ from, limit: PAGE }))],
    ['registers', answerOf(await status.registers({ limit: PAGE }))],
    ['drives', answerOf(await status.drives({ limit: PAGE }))],
    ['devices', answerOf(await status.devices({ limit: PAGE }))],
    ['shifts', answerOf(await status.shifts({ limit: PAGE }))],
  ]);

/** Questions that two hosts, or one before and after, answer otherwise. */
export const differing = (one: Shown, other: Shown): ReadonlyArray<string> =>
  [...one.keys()].filter((question) => !isDeepStrictEqual(one.get(question), other.get(question)));

/** Builds the read models anew and tells what they show otherwise than before, and what they could not read. */
export const readModelFaults = async (kassa: CloudKassa): Promise<ReadonlyArray<string>> => {
  const statuses = answerOf(await kassa.projections.list());
  const before = await shownBy(kassa);
  for (const { projection } of statuses) answerOf(await kassa.projections.rebuild(projection));
  const after = await shownBy(kassa);
  return [
    ...statuses.flatMap(({ projection, parked }) =>
      parked.map(({ stream }) => `${projection} has parked ${stream}`),
    ),
    ...differing(before, after).map((question) => `${question} differ from what is built anew`),
  ];
};
