import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workplace } from '../cli.testing';
import { INN, workplace } from '../cli.testing';
import { DOCUMENT_EXAMPLE } from '../receipts-import';

let place: Workplace;

beforeAll(async () => {
  place = workplace();
  const { url } = await place.emulator();
  await place.call(['init', '--emulator', url, '--organisation', INN]);
});
afterAll(() => place.close());

const imported = (content: string | Uint8Array, ...more: ReadonlyArray<string>) => {
  const file = join(place.folder, 'lines.ndjson');
  writeFileSync(file, content);
  return place.call(['receipts', 'import', file, '--format', 'documents', ...more]);
};

describe('an import', () => {
  it('shows a line of its format in the help, and where the fields are', async () => {
    const help = async (language: string) =>
      (await place.call(['receipts', 'import', '--help', '--lang', language])).out;
    for (const out of [await help('en'), await help('ru')]) expect(out).toContain('docs/command.md');
    expect(await help('ru')).toContain(DOCUMENT_EXAMPLE);
    expect(await help('en')).toContain(DOCUMENT_EXAMPLE.replace('Гамак', 'Hammock'));
  });

  it('says which field may have been meant', async () => {
    const slip = `${DOCUMENT_EXAMPLE.replace('"id"', '"settlementId"')}\n`;
    expect(await imported(slip)).toMatchObject({
      exit: 2,
      error: expect.stringMatching(/^Line 1, settlementId: field-unknown\. .* Did you mean id\?\n$/),
    });
    expect((await imported(slip, '--lang', 'ru')).error).toMatch(/Может быть, id\?\n$/);
  });

  it('names no field where the line is wrong as a whole, and the place where its JSON breaks', async () => {
    expect((await imported(Uint8Array.of(0xff, 0xfe))).error).toMatch(/^Line 1: line-not-utf8\./);
    expect((await imported('{"document": order-1}\n')).error).toMatch(
      /^Line 1, near document: json-syntax\./,
    );
    expect((await imported('{"document": order-1}\n', '--lang', 'ru')).error).toMatch(
      /^Строка 1, возле document/,
    );
  });

  it('says nothing twice: one refused line needs no table, several stand in one', async () => {
    expect((await imported('{}\n')).out.trim().split('\n')).toHaveLength(1);
    const two = await imported('{}\nno json\n');
    expect(two.error).toBe('2 of 2 lines were refused. See line 1 first: field-missing.\n');
    expect(two.out.match(/field-missing/g)).toHaveLength(1);
    expect((await imported('{}\nno json\n', '--json')).error).toMatch(/^Line 1, document: field-missing\./);
  });
});
