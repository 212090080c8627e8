import { seededKernel } from '@cloud-kassa/runtime';
import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import {
  account,
  accountFamily,
  type Account,
  type AccountCommand,
  type AccountEvent,
  type AccountRefusal,
} from './account.testing';
import { as, deposit, openAccount, testKeyRing, withdraw } from './banking.testing';
import { rightOf } from './counted-store.testing';
import { remoteStore } from './remote-store.testing';
import { verifyChain } from './chain';
import { createCommandHandler, type Handled, type HandlerError } from './command-handler';
import { everything } from './conformance/dealings';
import { createEventCodec } from './event-codec';
import { memoryLog } from './memory-log';
import { memoryStore } from './memory-store';
import type { Expected } from './store';

type Outcome = E.Either<HandlerError<AccountRefusal>, Handled<Account, AccountEvent>>;

interface Order {
  readonly process: number;
  readonly at: number;
  readonly account: string;
  /** Orders of one number are the same command: given again, by the same process or another. */
  readonly number: number;
}

/** The command of a number is always the same. */
const commandOf = (number: number): AccountCommand => {
  if (number < 4) return openAccount(60);
  return number % 3 === 0
    ? withdraw((number % 5) * 3, 1 + (number % 2))
    : deposit(number % 7 === 0 ? 0 : (number % 11) * 5);
};

const orders = fc.array(
  fc.record({
    process: fc.nat(2),
    at: fc.integer({ min: 0, max: 400 }),
    account: fc.constantFrom('a', 'b'),
    number: fc.nat(30),
  }),
  { minLength: 5, maxLength: 40 },
);

interface Course {
  readonly outcomes: ReadonlyArray<{ readonly order: Order; readonly outcome: Outcome }>;
  readonly accepted: ReadonlyArray<Accepted>;
  /** What each process reads of each account in the end. */
  readonly views: ReadonlyArray<{
    readonly account: string;
    readonly state: Account;
    readonly revision: unknown;
  }>;
}

interface Accepted {
  readonly account: string;
  readonly commandId: string;
  readonly events: ReadonlyArray<AccountEvent>;
  readonly revision: number;
  readonly position: string;
}

/** Three processes with caches of different size carry out the orders over a bad network; then everything is read. */
const carryOut = async (seed: string, list: ReadonlyArray<Order>, faultRate: number): Promise<Course> => {
  const kernel = seededKernel(seed);
  const log = memoryLog();
  const store = memoryStore({ log, pageSize: 2 });
  const keyRing = testKeyRing(kernel.runtime({ label: 'keys' }));
  const handlers = [0, 20, 100_000].map((maxWeight, index) => {
    const runtime = kernel.runtime({ label: `process ${index}`, wallSkewMs: index * 1000 });
    const random = kernel.random.split(`network ${index}`);
    return createCommandHandler({
      store: remoteStore(store, runtime, { faultRate, random }),
      decider: account,
      family: accountFamily,
      streamOf: (id: string) => `account-${id}`,
      keyRing,
      runtime,
      cache: { maxWeight },
      knownCommands: 'all',
      attempts: 4,
    });
  });
  const outcomes = await kernel.complete(() =>
    Promise.all(
      list.map(
        (order) =>
          new Promise<{ order: Order; outcome: Outcome }>((resolve, reject) => {
            kernel.schedule(order.at, () => {
              const handling = handlers[order.process]?.handle(
                order.account,
                commandOf(order.number),
                as(`c${order.number}`),
              );
              handling?.().then((outcome) => resolve({ order, outcome }), reject);
            });
          }),
      ),
    ),
  );
  // What is still under way arrives.
  await kernel.run();
  const events = await everything(store);
  rightOf(await verifyChain(store.readAll())());
  const codec = createEventCodec({
    family: accountFamily,
    keyRing,
    entropy: kernel.runtime({ label: 'reader' }).entropy,
  });
  const accepted: Accepted[] = [];
  for (const decoded of rightOf(await codec.read(events)())) {
    const { event, stored } = rightOf(decoded);
    const { revision, position, metadata } = stored;
    const last = accepted.findLast((entry) => `account-${entry.account}` === stored.stream);
    const commandId = metadata.commandId;
    const whole = { account: stored.stream.slice('account-'.length), commandId, revision, position };
    if (last?.commandId === commandId)
      accepted.splice(accepted.indexOf(last), 1, { ...whole, events: [...last.events, event] });
    else accepted.push({ ...whole, events: [event] });
  }
  const views = await kernel.complete(() =>
    Promise.all(
      handlers.flatMap(({ load }) =>
        ['a', 'b'].map(async (id) => {
          const { state, revision } = rightOf(await load(id)());
          return { account: id, state, revision };
        }),
      ),
    ),
  );
  return { outcomes, accepted, views };
};

/** Decides the accepted commands one after the other, as if nothing had ever gone wrong. */
const naively = (accepted: ReadonlyArray<Accepted>) => {
  const states = new Map<string, Account>();
  const decided = accepted.map(({ account: id, commandId }) => {
    const state = states.get(id) ?? account.initial;
    const events = rightOf(account.decide(commandOf(Number(commandId.slice(1))), state));
    states.set(id, events.reduce(account.evolve, state));
    return events;
  });
  return { states, decided };
};

const courses = (faultRate: number, judge: (course: Course) => void): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 8 }), orders, async (seed, list) =>
      judge(await carryOut(seed, list, faultRate)),
    ),
    { numRuns: 40 },
  );

describe.each([0, 0.3, 0.8])(
  'processes that handle commands at the same time, faults at rate %p',
  (faultRate) => {
    it('leave streams as if the accepted commands had been given one after the other, each once', async () => {
      await courses(faultRate, ({ accepted, views }) => {
        const ids = accepted.map((entry) => `${entry.account} ${entry.commandId}`);
        expect(new Set(ids).size).toBe(ids.length);
        const { states, decided } = naively(accepted);
        expect(accepted.map(({ events }) => events)).toEqual(decided);
        for (const { account: id, state } of views) expect(state).toEqual(states.get(id) ?? account.initial);
      });
    });

    it('answer with what became of a command', async () => {
      await courses(faultRate, ({ outcomes, accepted }) => {
        const answers = outcomes.map(({ order, outcome }) => {
          const entry = accepted.find(
            (one) => one.account === order.account && one.commandId === `c${order.number}`,
          );
          return { answer: answerOf(outcome), truth: truthOf(order, outcome, accepted, entry) };
        });
        expect(answers.map(({ answer }) => answer)).toEqual(answers.map(({ truth }) => truth));
      });
    });

    it('own up to every event: each accepted command was answered with success or as unknown', async () => {
      await courses(faultRate, ({ outcomes, accepted }) => {
        for (const { account: id, commandId } of accepted) {
          const said = outcomes.filter(
            ({ order }) => order.account === id && `c${order.number}` === commandId,
          );
          expect(
            said.some(({ outcome }) => E.isRight(outcome) || outcome.left._tag === 'OutcomeUnknown'),
          ).toBe(true);
        }
      });
    });
  },
);

const answerOf = (outcome: Outcome): unknown => {
  if (E.isLeft(outcome)) return outcome.left;
  const { revision, position, events, duplicate } = outcome.right;
  return { revision, position, events, duplicate };
};

/** The state of an account at a revision, and the position there, by the log. */
const at = (accepted: ReadonlyArray<Accepted>, id: string, revision: Expected) => {
  const before = accepted.filter(
    (entry) => entry.account === id && revision !== 'no-stream' && entry.revision <= revision,
  );
  const state = before.flatMap(({ events }) => events).reduce(account.evolve, account.initial);
  return { state, position: before.at(-1)?.position, revision: before.at(-1)?.revision ?? 'no-stream' };
};

/** What the answer must have been, by the log. */
const truthOf = (
  { account: id, number }: Order,
  outcome: Outcome,
  accepted: ReadonlyArray<Accepted>,
  entry: Accepted | undefined,
): unknown => {
  if (E.isLeft(outcome)) {
    if (outcome.left._tag !== 'Refused') {
      const honest = ['TooContended', 'Unavailable', 'OutcomeUnknown'].includes(outcome.left._tag);
      return honest ? outcome.left : 'an honest failure';
    }
    const { state, revision } = at(accepted, id, outcome.left.revision);
    const decision = account.decide(commandOf(number), state);
    return E.isLeft(decision) ? { _tag: 'Refused', refusal: decision.left, revision } : 'an acceptance';
  }
  const { events, duplicate } = outcome.right;
  if (events.length === 0 && !duplicate) {
    const { state, revision, position } = at(accepted, id, outcome.right.revision);
    return { revision, position, events: rightOf(account.decide(commandOf(number), state)), duplicate };
  }
  return {
    revision: entry?.revision,
    position: entry?.position,
    events: duplicate ? [] : entry?.events,
    duplicate,
  };
};
