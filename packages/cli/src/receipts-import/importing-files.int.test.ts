import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { receiptIdOf } from '@cloud-kassa/core';
import type { RegisterSettlement } from './index';
import { DOCUMENT_EXAMPLE, documentsReader, importReceipts, sha256Of } from './index';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'receipts-import-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = (text: string | Uint8Array): string => {
  const file = join(folder, 'receipts.ndjson');
  writeFileSync(file, text);
  return file;
};

/** Registration as far as identity goes: a settlement is registered once. */
const register = (known: Set<string>): RegisterSettlement => {
  return ({ organisation, source }) => {
    const receiptId = receiptIdOf(organisation, source);
    const _tag = known.has(receiptId) ? 'Known' : 'Registered';
    known.add(receiptId);
    return Promise.resolve({ _tag, receiptId });
  };
};

/** An import of lines without ids of their own: the file is read twice, the first time for its digest. */
const importByPlace = async (file: string, known: Set<string>) => {
  const fileSha256 = await sha256Of(createReadStream(file));
  return importReceipts({
    chunks: createReadStream(file),
    read: documentsReader({ fileSha256 }),
    register: register(known),
  })();
};

const anonymous = JSON.stringify({ ...(JSON.parse(DOCUMENT_EXAMPLE) as object), id: undefined });

describe('files', () => {
  it('have the digest that everybody computes', async () => {
    const file = written('щ\n'.repeat(100_000));
    const expected = createHash('sha256').update('щ\n'.repeat(100_000)).digest('hex');
    expect(await sha256Of(createReadStream(file))).toBe(expected);
  });

  it('whose lines are known by their place may be imported again; an edited one is a new file', async () => {
    const known = new Set<string>();
    const text = `${anonymous}\n`.repeat(3);
    expect(await importByPlace(written(text), known)).toMatchObject({ right: { registered: 3, known: 0 } });
    expect(await importByPlace(written(text), known)).toMatchObject({ right: { registered: 0, known: 3 } });
    expect(await importByPlace(written(`${text} `), known)).toMatchObject({
      right: { registered: 3, known: 0 },
    });
  });

  it('of Windows, with a byte order mark and carriage returns, are read like any other', async () => {
    const file = written(`\uFEFF${DOCUMENT_EXAMPLE}\r\n\r\n${DOCUMENT_EXAMPLE}`);
    const report = await importReceipts({
      chunks: createReadStream(file),
      read: documentsReader(),
      register: register(new Set()),
    })();
    expect(report).toMatchObject({ right: { lines: 2, registered: 1, known: 1, refused: {} } });
  });

  it('of many lines are read to the last byte', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) =>
      DOCUMENT_EXAMPLE.replace('payment-7', `payment-${index}`),
    );
    const text = lines.join('\n');
    let last = 0;
    const report = await importReceipts({
      chunks: createReadStream(written(text)),
      read: documentsReader(),
      register: register(new Set()),
      onProgress: ({ bytes }) => {
        last = bytes;
      },
    })();
    expect(report).toMatchObject({ right: { lines: 20_000, registered: 20_000, refused: {} } });
    expect(last).toBe(Buffer.byteLength(text));
  });

  it('that are not there are told by the code of the system', async () => {
    const report = await importReceipts({
      chunks: createReadStream(join(folder, 'nowhere')),
      read: documentsReader(),
      register: register(new Set()),
    })();
    expect(report).toMatchObject({ left: { _tag: 'FileUnreadable', code: 'ENOENT', report: { lines: 0 } } });
  });

  it('that are folders too', async () => {
    const report = await importReceipts({
      chunks: createReadStream(folder),
      read: documentsReader(),
      register: register(new Set()),
    })();
    expect(report).toMatchObject({ left: { _tag: 'FileUnreadable', code: 'EISDIR' } });
  });
});
