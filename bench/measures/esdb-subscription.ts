import { START } from '@eventstore/db-client';
import type { EventStore } from '@cloud-kassa/event-store';
import { appendLanes } from '../append-lanes';
import { EVENTS_PER_RECEIPT, history } from '../data/history';
import { lanesOf } from '../data/lanes';
import { bareClient, openEsdb } from '../esdb-database';
import { startEventServer } from '../event-server';
import { measureProcess, tell, type Task } from '../measure-process';
import { median, medianRatio } from '../median';
import { perSecond, ratioText, whole } from '../number-text';
import { runtime } from '../open-store';
import type { Report } from '../report';
import { inTurns } from '../rounds';

const LANES = 64;

/** Until a subscription has given so many events. */
const followed = async (store: EventStore, events: number): Promise<void> => {
  let given = 0;
  for await (const item of store.subscribeAll()) {
    if (item._tag === 'Failed') throw new Error(item.error.why);
    if (item._tag === 'Events') given += item.events.length;
    if (given >= events) return;
  }
};

/**
 * A new subscription to everything, from the first event to the last, on a connection that is warm: ours gives events whose data and
 * metadata are parsed and checked; against the client's own, which parses and checks nothing but JSON.
 */
const esdbSubscription = async ({ sizes, seed }: Task): Promise<Report> => {
  tell(`a subscription to EventStoreDB over ${sizes.esdbEvents} events`);
  const server = await startEventServer();
  const connectionString = await server.begin();
  const { receipts } = await history(seed, Math.ceil(sizes.esdbEvents / EVENTS_PER_RECEIPT));
  const events = receipts.length * EVENTS_PER_RECEIPT;
  const store = await openEsdb(connectionString);
  await appendLanes(store, lanesOf(receipts, LANES));
  const client = bareClient(connectionString);

  const rate = async (follow: () => Promise<void>): Promise<number> => {
    const began = runtime.monotonic();
    await follow();
    return (events / (runtime.monotonic() - began)) * 1_000;
  };
  const bare = async (): Promise<void> => {
    let given = 0;
    const subscription = client.subscribeToAll({ fromPosition: START });
    for await (const { event } of subscription) {
      if (event !== undefined && !event.streamId.startsWith('$')) given += 1;
      if (given >= events) break;
    }
    await subscription.unsubscribe();
  };
  const measured = await inTurns(
    { ours: () => rate(() => followed(store, events)), client: () => rate(bare) },
    { warmUp: 1, rounds: sizes.rounds },
  );
  await client.dispose();
  await store.close();
  await server.end();
  return {
    figures: {},
    lines: [
      {
        what: `EventStoreDB: a subscription over ${whole(events)} events`,
        ours: perSecond(median(measured.ours)),
        against: `${perSecond(median(measured.client))} client`,
        ratio: ratioText(medianRatio(measured.ours, measured.client)),
      },
    ],
  };
};

void measureProcess(esdbSubscription);
