import { EventEmitter } from 'node:events';
import { answersOf, serviceError } from './call';

/** A call that takes one answer and is full then. */
const fullCall = () => {
  const written: Array<string> = [];
  const events = new EventEmitter();
  const call = Object.assign(events, {
    cancelled: false,
    write: (answer: Buffer) => {
      written.push(answer.toString());
      return written.length % 2 === 1;
    },
  });
  return { call, written };
};

test('who sends to a call that is full waits until it has drained, all together', async () => {
  const { call, written } = fullCall();
  const answers = answersOf(call);
  expect(answers.send(Buffer.from('1'))).toBeUndefined();
  const wait = answers.send(Buffer.from('2'));
  expect(wait).toBeInstanceOf(Promise);
  expect(answers.send(Buffer.from('3'))).toBeUndefined();
  expect(answers.send(Buffer.from('4'))).toBe(wait);
  expect(call.listenerCount('drain')).toBe(1);
  call.emit('drain');
  await wait;
  expect(written).toEqual(['1', '2', '3', '4']);
  expect(answers.send(Buffer.from('5'))).toBeUndefined();
  expect(answers.send(Buffer.from('6'))).not.toBe(wait);
});

test.each(['cancelled', 'close', 'error'])(
  '%s: nobody waits any more, and nothing is written',
  async (event) => {
    const { call, written } = fullCall();
    const answers = answersOf(call);
    void answers.send(Buffer.from('1'));
    const wait = answers.send(Buffer.from('2'));
    call.emit(event);
    await wait;
    expect(answers.signal.aborted).toBe(true);
    expect(answers.send(Buffer.from('3'))).toBeUndefined();
    expect(written).toEqual(['1', '2']);
    expect(call.listenerCount('drain')).toBe(0);
  },
);

test('a call that was cancelled before it began is gone', () => {
  const { call } = fullCall();
  call.cancelled = true;
  expect(answersOf(call).signal.aborted).toBe(true);
});

test('what does not fit into a trailer is replaced in it', () => {
  const refused = serviceError({
    code: 9,
    details: 'Поток',
    trailers: { 'stream-name': 'поток-1', exception: 'stream-deleted' },
    batch: 'ends',
  });
  expect(refused.metadata.getMap()).toEqual({ 'stream-name': '?????-1', exception: 'stream-deleted' });
  expect([refused.code, refused.details, refused.message]).toEqual([9, '?????', 'Поток']);
});
