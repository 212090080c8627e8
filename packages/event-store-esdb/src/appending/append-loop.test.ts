import type { Expected } from '@cloud-kassa/event-store';
import { seededKernel, seededRandom, type Random, type SeededRuntime } from '@cloud-kassa/runtime';
import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { notSent, unknown, type ClientFailure } from '../connection/client-failure';
import type { Connection, Written } from '../connection/connection';
import { DEFAULT_SETTINGS } from '../settings';
import { appendLoop, type AppendCall } from './append-loop';

const SETTINGS = { ...DEFAULT_SETTINGS, deadline: 5_000, attempt: 1_000 };
const NEVER = new AbortController().signal;

type Answer = Either<ClientFailure, Written>;

const WRITTEN: Answer = E.right({ revision: 0, place: { commit: 1n, prepare: 1n } });

const call = (isThere: AppendCall['isThere'] = () => Promise.resolve(E.right(undefined))): AppendCall => ({
  stream: 'receipt-1',
  expected: 'no-stream',
  records: [{ id: 'a', type: 'A', data: {}, metadata: {} }],
  isThere,
});

/** What becomes of one append, with answers in a row; the last of them for ever. */
const outcomeOf = async (
  answers: ReadonlyArray<Answer | 'silence'>,
  isThere?: AppendCall['isThere'],
): Promise<{
  readonly answer: Answer;
  readonly took: number;
  readonly attempts: number;
  readonly late: number;
}> => {
  const kernel = seededKernel('append');
  const runtime = kernel.runtime({ label: 'main' });
  let next = 0;
  const append = (): Promise<Answer> => {
    const answer = answers[Math.min(next, answers.length - 1)] ?? 'silence';
    next += 1;
    return answer === 'silence' ? new Promise(() => undefined) : Promise.resolve(answer);
  };
  const loop = appendLoop({ connection: { append }, runtime, settings: SETTINGS, closed: NEVER });
  const answer = await kernel.complete(() => loop.append(call(isThere)));
  return { answer, took: kernel.now(), attempts: loop.counts.attempts, late: loop.counts.late };
};

const lost: Answer = E.left(unknown('lost'));
const conflict: Answer = E.left({ _tag: 'Conflict', actual: 3 });

describe('an append', () => {
  it('of which the client tells nothing ever is ended by the own timer, each time, within the deadline and a second', async () => {
    const { answer, took, attempts, late } = await outcomeOf(['silence']);
    expect(answer).toMatchObject({ left: { _tag: 'Unknown' } });
    expect(late).toBe(attempts);
    expect(attempts).toBeGreaterThan(2);
    expect(took).toBeLessThanOrEqual(SETTINGS.deadline + 1_000);
  });

  it('is answered as it is when it is known what became of it', async () => {
    const refused: Answer = E.left({ _tag: 'Refused', rule: 'too-large', why: 'large' });
    for (const known of [WRITTEN, conflict, refused])
      expect(await outcomeOf([known])).toMatchObject({ answer: known, attempts: 1, took: 0 });
  });

  it('that was never sent is told so at once where no server is, and tried again where one is about to take it', async () => {
    const absent: Answer = E.left(notSent('no server', false));
    const busy: Answer = E.left(notSent('busy', true));
    expect(await outcomeOf([absent])).toMatchObject({ answer: absent, attempts: 1 });
    expect(await outcomeOf([busy, busy, WRITTEN])).toMatchObject({ answer: WRITTEN, attempts: 3 });
    expect(await outcomeOf([busy])).toMatchObject({ answer: busy });
  });

  it('whose outcome was unknown once stays so, whatever is told of later tries', async () => {
    const absent: Answer = E.left(notSent('no server', false));
    const refused: Answer = E.left({ _tag: 'Refused', rule: 'access', why: 'no' });
    expect(await outcomeOf([lost, absent])).toMatchObject({ answer: lost });
    expect(await outcomeOf([lost, refused])).toMatchObject({ answer: lost, attempts: 2 });
    expect(await outcomeOf([lost, absent, WRITTEN])).toMatchObject({ answer: WRITTEN, attempts: 3 });
  });

  it('that meets a conflict after an unknown outcome is looked for in the stream', async () => {
    const there = (): Promise<Answer> => Promise.resolve(WRITTEN);
    const unreadable = (): Promise<Answer> => Promise.resolve(E.left(unknown('unreadable')));
    expect(await outcomeOf([lost, conflict], there)).toMatchObject({ answer: WRITTEN });
    expect(await outcomeOf([lost, conflict])).toMatchObject({ answer: conflict, attempts: 2 });
    expect(await outcomeOf([conflict], there)).toMatchObject({ answer: conflict });
    expect(await outcomeOf([lost, conflict], unreadable)).toMatchObject({ answer: lost });
  });

  it('is not begun when its turn does not come in time, and gives up at once when the store is closed', async () => {
    const kernel = seededKernel('turns');
    const runtime = kernel.runtime({ label: 'main' });
    const closed = new AbortController();
    const append = (): Promise<Answer> => new Promise(() => undefined);
    const settings = { ...SETTINGS, appendsInFlight: 1, attempt: SETTINGS.deadline };
    const loop = appendLoop({ connection: { append }, runtime, settings, closed: closed.signal });
    const answers = await kernel.complete(() => Promise.all([loop.append(call()), loop.append(call())]));
    expect(answers).toMatchObject([{ left: { _tag: 'Unknown' } }, { left: { _tag: 'NotSent' } }]);
    const last = loop.append(call());
    closed.abort();
    expect(await last).toMatchObject({ left: { _tag: 'Unknown', why: expect.stringContaining('closed') } });
    await loop.idle();
  });
});

/** A stream as the server keeps it: appends below its head are compared by their ids. */
const serverWith = (runtime: SeededRuntime, random: Random, ids: string[]): Connection['append'] => {
  const apply = (expected: Expected | 'any', id: string): Answer => {
    const first = typeof expected === 'number' ? expected + 1 : 0;
    if (first === ids.length) ids.push(id);
    else if (ids[first] !== id)
      return E.left({ _tag: 'Conflict', actual: ids.length === 0 ? 'no-stream' : ids.length - 1 });
    return E.right({ revision: first, place: { commit: BigInt(first), prepare: 0n } });
  };
  return async (_, expected, [record]) => {
    const id = record?.id ?? '';
    await runtime.sleep(random.next() * 100);
    const fate = random.integer(6);
    if (fate === 0) return E.left(unknown('the request was lost'));
    if (fate === 1) return E.left(notSent('not the leader', true));
    if (fate === 2) {
      // It arrives long after its sender has given it up.
      runtime.kernel.schedule(random.next() * 3_000, () => void apply(expected, id));
      return E.left(unknown('the connection was dropped'));
    }
    const answer = apply(expected, id);
    await runtime.sleep(random.next() * 100);
    return fate === 3 ? E.left(unknown('the answer was lost')) : answer;
  };
};

property.prop([fc.string()], { numRuns: 300 })(
  'whatever gets lost, writers of one stream never both win a revision, and each is told the truth',
  async (seed) => {
    const kernel = seededKernel(seed);
    const ids: string[] = [];
    const told = await kernel.complete(() =>
      Promise.all(
        Array.from({ length: 3 }, async (_, writer) => {
          const runtime = kernel.runtime({ label: `writer ${writer}` });
          const append = serverWith(runtime, seededRandom(`${seed} ${writer}`), ids);
          const loop = appendLoop({ connection: { append }, runtime, settings: SETTINGS, closed: NEVER });
          const answers: Array<readonly [string, Answer]> = [];
          for (let count = 0; count < 4; count += 1) {
            const id = `${writer}.${count}`;
            const first = ids.length;
            const answer = await loop.append({
              ...call(() =>
                Promise.resolve(
                  E.right(
                    ids[first] === id ? { revision: first, place: { commit: 0n, prepare: 0n } } : undefined,
                  ),
                ),
              ),
              expected: first === 0 ? 'no-stream' : first - 1,
              records: [{ id, type: 'A', data: {}, metadata: {} }],
            });
            answers.push([id, answer]);
          }
          return answers;
        }),
      ),
    );
    // What is still on its way arrives.
    await kernel.run();
    expect(new Set(ids).size).toBe(ids.length);
    for (const [id, answer] of told.flat()) {
      if (E.isRight(answer)) expect(ids[answer.right.revision]).toBe(id);
      else if (answer.left._tag !== 'Unknown') expect(ids).not.toContain(id);
    }
  },
);
