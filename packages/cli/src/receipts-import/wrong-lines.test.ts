import { fc } from '@fast-check/jest';
import * as E from 'fp-ts/Either';
import type { LineReader, RefusedLine, RegistrationOrder } from './index';
import { IMPORT_RULES, documentsReader, fnsExtractReader, importReceipts } from './index';
import { readJsonLine } from './reading/read-json-line';
import { DOCUMENT_EXAMPLE, EXTRACT_EXAMPLE, WRONG_LINES } from './wrong-lines';

const readers = (): Readonly<Record<'documents' | 'fns-extract', LineReader>> => {
  const extracts = fnsExtractReader();
  if (E.isLeft(extracts)) throw new Error(extracts.left.rule);
  return { documents: documentsReader(), 'fns-extract': extracts.right };
};

const bytesOf = (line: string | Uint8Array): Uint8Array =>
  typeof line === 'string' ? Buffer.from(line) : line;

const imported = async (format: 'documents' | 'fns-extract', lines: ReadonlyArray<string | Uint8Array>) => {
  const orders: Array<RegistrationOrder> = [];
  const refused: Array<RefusedLine> = [];
  const chunks = lines.flatMap((line) => [bytesOf(line), Buffer.from('\n')]);
  const report = await importReceipts({
    chunks: (async function* all() {
      yield* chunks;
    })(),
    read: readers()[format],
    register: (order) => {
      orders.push(order);
      return Promise.resolve({ _tag: 'Registered', receiptId: 'r' });
    },
    onRefused: (line) => refused.push(line),
  })();
  return { orders, refused, report };
};

describe('lines that are not taken', () => {
  it.each(WRONG_LINES)('$format, $what: $rule', async ({ format, line, rule, field }) => {
    const { orders, refused } = await imported(format, [line]);
    expect(orders).toEqual([]);
    expect(refused).toEqual([{ line: 1, rule, field }]);
  });

  it('show every rule of the import but the one that needs registers of an earlier format', () => {
    const shown = new Set(WRONG_LINES.map(({ rule }) => rule));
    expect(Object.keys(IMPORT_RULES).filter((rule) => !shown.has(rule as never))).toEqual([
      'marking-code-dropped',
    ]);
  });

  it.each(['documents', 'fns-extract'] as const)('do not stop those that are taken (%s)', async (format) => {
    const example = format === 'documents' ? DOCUMENT_EXAMPLE : EXTRACT_EXAMPLE;
    const wrong = WRONG_LINES.filter((line) => line.format === format);
    const lines = wrong.flatMap(({ line }) => [line, example]);
    const { orders, refused, report } = await imported(format, lines);
    expect(orders).toHaveLength(wrong.length);
    expect(refused.map(({ line, rule }) => [line, rule])).toEqual(
      wrong.map(({ rule }, index) => [index * 2 + 1, rule]),
    );
    expect(report).toMatchObject({ _tag: 'Right', right: { lines: lines.length, registered: wrong.length } });
  });

  it('are never repeated in what is told of them', async () => {
    const { refused } = await imported(
      'documents',
      WRONG_LINES.filter(({ format }) => format === 'documents').map(({ line }) => line),
    );
    const told = JSON.stringify(refused);
    for (const secret of ['9123451234', '912 345', 'buyer@', 'вечером', '7707083894'])
      expect(told).not.toContain(secret);
  });
});

describe('readers answer whatever stands in a line', () => {
  /** The example with something else in one place. */
  const damaged = (example: string) => {
    const places: Array<ReadonlyArray<string>> = [];
    const walk = (value: unknown, path: ReadonlyArray<string>): void => {
      places.push(path);
      if (typeof value === 'object' && value !== null)
        for (const [key, each] of Object.entries(value)) walk(each, [...path, key]);
    };
    walk(JSON.parse(example), []);
    const put = (value: unknown, [key, ...rest]: ReadonlyArray<string>, other: unknown): unknown => {
      if (key === undefined) return other;
      const members = value as Record<string, unknown>;
      const changed = { ...members, [key]: put(members[key], rest, other) };
      return Array.isArray(value) ? Object.values(changed) : changed;
    };
    return fc
      .tuple(fc.constantFrom(...places), fc.jsonValue())
      .map(([path, other]) => JSON.stringify(put(JSON.parse(example), path, other)));
  };

  it.each([
    ['documents', DOCUMENT_EXAMPLE],
    ['fns-extract', EXTRACT_EXAMPLE],
  ] as const)('%s', (format, example) => {
    const read = readers()[format];
    fc.assert(
      fc.property(damaged(example), (text) => {
        const json = readJsonLine(text);
        const rule = E.isLeft(json)
          ? json.left.rule
          : E.getOrElseW(() => undefined)(E.swap(read(json.right, 1)))?.rule;
        expect([undefined, ...Object.keys(IMPORT_RULES)]).toContain(rule);
      }),
      { numRuns: 500 },
    );
  });
});
