import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { temporaryFolder } from '@cloud-kassa/sqlite/testing';
import { failure, given, runtime } from './dealings.testing';
import { readKeyEncryptionKey } from './key-file';

const folder = temporaryFolder();
afterAll(folder.remove);

const key = Buffer.from(runtime.entropy(32));

const holding = (content: string | Uint8Array, mode = 0o600): string => {
  const file = folder.path(runtime.ids.next());
  writeFileSync(file, content);
  chmodSync(file, mode);
  return file;
};

describe('a key-encryption key in a file', () => {
  it.each([
    ['32 raw bytes', key],
    ['what openssl rand -hex 32 prints', `${key.toString('hex')}\n`],
    ['what openssl rand -base64 32 prints', `${key.toString('base64')}\n`],
    ['base64 for URLs, without padding', key.toString('base64url')],
  ])('is taken as %s', async (_, content) => {
    expect(Buffer.from(await given(readKeyEncryptionKey(holding(content))))).toEqual(key);
  });

  it.each([
    ['nothing', ''],
    ['a word', 'correct horse battery staple'],
    ['31 bytes in hexadecimal', key.toString('hex').slice(2)],
    ['35 bytes in base64', `${key.toString('base64')}AAAA`],
    ['a long text', 'x'.repeat(200)],
  ])('is not %s, which the refusal does not repeat', async (_, content) => {
    const error = await failure(readKeyEncryptionKey(holding(content)));
    expect(error).toMatchObject({ _tag: 'NoKey' });
    expect(error.why).not.toContain(content.slice(0, 10) || '?');
  });

  it.each([0o644, 0o640, 0o604, 0o620, 0o660])(
    'is not taken where others than the owner have access',
    async (mode) => {
      expect(await failure(readKeyEncryptionKey(holding(key, mode)))).toMatchObject({
        _tag: 'PermissionsTooWide',
        mode: `0${mode.toString(8)}`,
      });
    },
  );

  it('may be for reading only', async () => {
    expect(await given(readKeyEncryptionKey(holding(key, 0o400)))).toHaveLength(32);
  });

  it('is not a folder, and not what is not there', async () => {
    mkdirSync(folder.path('folder'), { mode: 0o700 });
    for (const name of ['folder', 'missing'])
      expect(await failure(readKeyEncryptionKey(folder.path(name)))).toMatchObject({ _tag: 'CannotRead' });
  });
});
