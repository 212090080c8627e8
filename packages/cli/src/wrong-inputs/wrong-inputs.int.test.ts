import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Workplace } from '../cli.testing';
import { call as callIn, INN, workplace } from '../cli.testing';
import { basket } from './baskets';
import { wordsOf } from './wrong-input';
import { WRONG_INPUTS } from './wrong-inputs';

let place: Workplace;
beforeAll(async () => {
  place = workplace();
  const file = join(place.folder, 'basket.json');
  writeFileSync(file, basket());
  const setUp = [
    'init --environment emulator --secret env:SHOP_SECRET --offline --parameter access=direct',
    '--parameter baseUrl=http://127.0.0.1:9 --parameter authentication=register-group',
    `--parameter shopId=shop-1 --parameter kktsGroupId=group-1 --organisation ${INN}`,
  ].join(' ');
  const calls = [
    setUp,
    `payment request order-1 --organisation ${INN} --basket ${file}`,
    `payment confirm order-1 --organisation ${INN} --settlement sbp-1 --amount 4900`,
  ];
  for (const words of calls) {
    const { exit, error } = await place.call(wordsOf(words));
    if (exit !== 0) throw new Error(error);
  }
});
afterAll(() => place.close());

const events = (): unknown => {
  const database = new DatabaseSync(join(place.store, 'events.db'), { readOnly: true });
  try {
    return database.prepare('SELECT count(*) AS count FROM events').get();
  } finally {
    database.close();
  }
};

interface Told {
  readonly code?: string;
  readonly rule?: string;
  readonly field?: string;
  readonly what?: string;
  readonly part?: string;
}

/** What programs are told: an error, or the first refused line of a file. */
const toldIn = ({
  error,
  refusedLines,
}: {
  readonly error?: Told;
  readonly refusedLines?: ReadonlyArray<Told>;
}): Told => error ?? refusedLines?.[0] ?? {};

describe('a wrong input', () => {
  it.each(WRONG_INPUTS)('$kind, $what: $rule $field', async ({ call, file, exit, rule, field, message }) => {
    const path = join(place.folder, 'FILE');
    writeFileSync(path, file ?? '');
    const words = wordsOf(call).map((word) => (word === 'FILE' ? path : word));
    // A call that names its own store is made as it is.
    const go = words.includes('--store') ? callIn : place.call;
    const before = events();
    const told = await go(words);
    const json = await go([...words, '--json']);
    expect({ exit: told.exit, message: told.error }).toEqual({ exit, message: `${message}\n` });
    const { code, what, part, ...error } = toldIn(json.data);
    expect({ exit: json.exit, rule: error.rule ?? code, field: error.field ?? what ?? part ?? '' }).toEqual({
      exit,
      rule,
      field,
    });
    expect(json.out.trim().split('\n')).toHaveLength(1);
    expect(events()).toEqual(before);
  });

  it('is of one of many kinds, and there are enough of each', () => {
    const counts = new Map<string, number>();
    for (const { kind } of WRONG_INPUTS) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    expect(WRONG_INPUTS.length).toBeGreaterThanOrEqual(40);
    for (const kind of [
      'command',
      'file',
      'basket',
      'amount',
      'contact',
      'date',
      'identity',
      'connection',
      'store',
      'line',
    ])
      expect(counts.get(kind)).toBeGreaterThanOrEqual(5);
    expect(new Set(WRONG_INPUTS.map(({ kind, what }) => `${kind} ${what}`)).size).toBe(WRONG_INPUTS.length);
  });

  it('is answered in Russian as well', async () => {
    for (const { call, file } of WRONG_INPUTS.filter(({ kind }) => kind !== 'line')) {
      const path = join(place.folder, 'FILE');
      writeFileSync(path, file ?? '');
      const words = wordsOf(call).map((word) => (word === 'FILE' ? path : word));
      const go = words.includes('--store') ? callIn : place.call;
      const { error } = await go([...words, '--lang', 'ru']);
      expect(error.replaceAll(/«[^»]*»/g, '')).toMatch(/[А-Яа-я]{3}/);
    }
  });
});
