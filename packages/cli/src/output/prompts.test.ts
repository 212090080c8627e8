import { PassThrough, Writable } from 'node:stream';
import { promptsOn } from './prompts';

const stage = (isTTY: boolean) => {
  let shown = '';
  const output = Object.assign(
    new Writable({
      write: (part: Buffer, _encoding, written) => {
        shown += part.toString();
        written();
      },
    }),
    { isTTY: true },
  );
  const input = Object.assign(new PassThrough(), { isTTY });
  const stop = new AbortController();
  return { ...promptsOn(input, output, stop.signal), input, stop, shown: () => shown };
};

describe('questions', () => {
  it('are answered line by line, with presets for empty answers', async () => {
    const { ask, input, close } = stage(true);
    const first = ask({ text: 'INN' });
    input.write(' 7707083893 \n');
    expect(await first).toBe('7707083893');
    const second = ask({ text: 'Name', preset: 'main' });
    input.write('\n');
    expect(await second).toBe('main');
    const third = ask({ text: 'Note' });
    input.write('\n');
    expect(await third).toBeUndefined();
    close();
  });

  it('for secrets show nothing of the answer, and take it as it is typed', async () => {
    const { ask, input, close, shown } = stage(true);
    const secret = ask({ text: 'Password', isHidden: true });
    input.write(' open sesame \n');
    expect(await secret).toBe(' open sesame ');
    const next = ask({ text: 'Login' });
    input.write('shop\n');
    await next;
    close();
    expect(shown()).toContain('Password: ');
    expect(shown()).not.toContain('sesame');
    expect(shown()).toContain('shop');
  });

  it('may be answered before they are asked', async () => {
    const { ask, input, close } = stage(false);
    input.write('one\ntwo\n');
    expect([await ask({ text: '1' }), await ask({ text: '2' })]).toEqual(['one', 'two']);
    close();
  });

  it('have no answer when the input ends, or Ctrl-C is pressed', async () => {
    const ended = stage(true);
    const first = ended.ask({ text: '1' });
    ended.input.end();
    expect(await first).toBeUndefined();
    expect(await ended.ask({ text: '2' })).toBeUndefined();
    const stopped = stage(true);
    const second = stopped.ask({ text: '1' });
    stopped.stop.abort();
    expect(await second).toBeUndefined();
  });
});
