import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secret } from './secret';
import { secretSource } from './secret-source';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-'));
});
afterAll(() => rm(folder, { recursive: true }));

const file = async (name: string, text: string, mode: number): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  await chmod(path, mode);
  return `file:${path}`;
};

const told = async (reference: string, options: Parameters<typeof secretSource>[0] = {}): Promise<string> => {
  const found = await secretSource(options)(reference);
  return found._tag === 'Right' ? found.right.reveal() : found.left.rule;
};

const vault = (reference: string) =>
  Promise.resolve(reference === 'vault:a' ? ({ _tag: 'Right', right: secret('deep') } as const) : undefined);

describe('secrets of the environment', () => {
  const environment = { KASSA_SECRET: 's3', EMPTY: '' };

  it('are found by name', async () => {
    expect(await told('env:KASSA_SECRET', { environment })).toBe('s3');
    expect(await told('env:OTHER', { environment })).toBe('not-set');
    expect(await told('env:EMPTY', { environment })).toBe('empty');
  });

  it('are those of the process by default', async () => {
    expect(await told('env:PATH')).toBe(process.env['PATH']);
  });
});

describe('secrets of files', () => {
  it('are the text without one trailing line feed', async () => {
    expect(await told(await file('a', 's3 \n', 0o600))).toBe('s3 ');
    expect(await told(await file('b', 'two\nlines\r\n', 0o400))).toBe('two\nlines');
    expect(await told(await file('c', '\n', 0o600))).toBe('empty');
  });

  it('are refused where the group or others may read them, unless that is allowed', async () => {
    for (const mode of [0o640, 0o604, 0o644, 0o620]) {
      const reference = await file(`open-${mode}`, 's3', mode);
      expect(await told(reference)).toBe('readable-by-others');
      expect(await told(reference, { readableBy: 'anybody' })).toBe('s3');
    }
  });

  it('are refused where there is no file, a folder, or far too much', async () => {
    expect(await told(`file:${join(folder, 'none')}`)).toBe('not-readable');
    await mkdir(join(folder, 'sub'), { mode: 0o700 });
    expect(await told(`file:${join(folder, 'sub')}`)).toBe('not-a-file');
    expect(await told(await file('big', 'x'.repeat(70_000), 0o600))).toBe('too-large');
  });

  it('are read anew each time', async () => {
    const reference = await file('rotated', 'old', 0o600);
    const source = secretSource();
    await source(reference);
    await file('rotated', 'new', 0o600);
    const found = await source(reference);
    expect(found._tag === 'Right' && found.right.reveal()).toBe('new');
  });
});

describe('other secrets', () => {
  it('come from where the user says, and never make it reject', async () => {
    expect(await told('vault:a', { other: vault })).toBe('deep');
    expect(await told('vault:b', { other: vault })).toBe('unknown-scheme');
    expect(await told('nonsense')).toBe('unknown-scheme');
    expect(await told('vault:a', { other: () => Promise.reject(new Error('s3')) })).toBe('not-readable');
  });
});
