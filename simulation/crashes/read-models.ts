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

/** All that the read models show, by question. */
const shown = async ({ queue, status }: CloudKassa): Promise<ReadonlyMap<string, unknown>> =>
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

/** Builds the read models anew and tells what they show otherwise than before, and what they could not read. */
export const readModelFaults = async (kassa: CloudKassa): Promise<ReadonlyArray<string>> => {
  const statuses = answerOf(await kassa.projections.list());
  const before = await shown(kassa);
  for (const { projection } of statuses) answerOf(await kassa.projections.rebuild(projection));
  const after = await shown(kassa);
  return [
    ...statuses.flatMap(({ projection, parked }) =>
      parked.map(({ stream }) => `${projection} has parked ${stream}`),
    ),
    ...[...before.keys()]
      .filter((question) => !isDeepStrictEqual(before.get(question), after.get(question)))
      .map((question) => `${question} differ from what is built anew`),
  ];
};
