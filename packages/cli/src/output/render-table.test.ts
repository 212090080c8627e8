import stringWidth from 'string-width';
import { renderTable } from './render-table';
import type { View } from './view';
import { column } from './view';

const table = (rows: ReadonlyArray<ReadonlyArray<string>>): Extract<View, { kind: 'table' }> => ({
  kind: 'table',
  title: { english: 'Receipts', russian: 'Чеки' },
  columns: [
    column('Receipt', 'Чек'),
    column('What it is for', 'За что', { shrinks: true }),
    column('Sum', 'Сумма', { align: 'right' }),
  ],
  rows,
  empty: { english: 'Nothing.', russian: 'Пусто.' },
});

const ROWS = [
  ['26459448-9569-5aa1-84b8-06b90f16dc7b', 'Кресло-качалка плетёное с подушкой и пледом', '9 240,50'],
  ['short', 'Гамак', '1,00'],
];

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => stringWidth(line)));

describe('a table', () => {
  it('for a pipe is lines with tabs, without frames, and never breaks a line', () => {
    expect(renderTable(table([['a', 'b\tc\nd', 'e']]), 'en', undefined)).toBe(
      'Receipt\tWhat it is for\tSum\na\tb c d\te',
    );
  });

  it.each([200, 90, 80, 70])(
    'fits a terminal of %d columns: sentences go on over several lines',
    (terminal) => {
      const text = renderTable(table(ROWS), 'ru', terminal);
      expect(widest(text)).toBeLessThanOrEqual(terminal);
      expect(text).toContain('26459448-9569-5aa1-84b8-06b90f16dc7b');
      expect(text).toContain('9 240,50');
      expect(text).toContain('│');
      expect(text).not.toContain('…');
      for (const word of ['Кресло-качалка', 'плетёное', 'подушкой', 'пледом']) expect(text).toContain(word);
    },
  );

  it.each([200, 120, 100, 80, 70, 50, 30])('cuts no word of any cell at %d columns', (terminal) => {
    const cells = [
      '26459448-9569-5aa1-84b8-06b90f16dc7b',
      '12',
      'the provider may have forgotten the key; cloud-kassa queue explain 26459448-9569-5aa1-84b8-06b90f16dc7b',
      '2026-11-27 09:00',
    ];
    const view: Extract<View, { kind: 'table' }> = {
      kind: 'table',
      columns: [
        column('Receipt', 'Чек', { shrinks: true }),
        column('Registration number', 'РН', { align: 'right' }),
        column('Why', 'Почему', { shrinks: true }),
        column('At', 'Когда'),
      ],
      rows: [cells],
    };
    const text = renderTable(view, 'en', terminal);
    for (const word of cells.flatMap((cell) => cell.split(' '))) expect(text).toContain(word);
    expect({ isTable: text.includes('│'), fits: widest(text) <= terminal }).toEqual({
      isTable: terminal >= 120,
      fits: terminal >= 120,
    });
  });

  it('breaks titles and times between words before it gives up being a table', () => {
    const view: Extract<View, { kind: 'table' }> = {
      kind: 'table',
      columns: [column('Registration number', 'РН', { align: 'right' }), column('At', 'Когда')],
      rows: [['1', '2026-11-27 09:00:00']],
    };
    const text = renderTable(view, 'en', 30);
    expect(text).toContain('│ Registration │');
    expect(text).toMatch(/2026-11-27 +│\n│ +│ 09:00:00/);
    expect(widest(text)).toBe(30);
    const hyphen = { ...view, columns: [column('', 'Документ-основание'), column('', 'Когда')] };
    expect(renderTable(hyphen, 'ru', 30)).toMatch(/Документ- +│.*│\n│ основание/);
  });

  it('for a terminal too narrow for its names becomes blocks of lines, and cuts nothing', () => {
    const text = renderTable(table(ROWS), 'en', 50);
    expect(text).toBe(
      [
        'Receipts',
        'Receipt         26459448-9569-5aa1-84b8-06b90f16dc7b',
        'What it is for  Кресло-качалка плетёное с подушкой и пледом',
        'Sum             9 240,50',
        '',
        'Receipt         short',
        'What it is for  Гамак',
        'Sum             1,00',
      ].join('\n'),
    );
  });

  it('sets numbers right, Cyrillic letters being one column wide', () => {
    const lines = renderTable(table(ROWS), 'ru', 120).split('\n');
    expect(new Set(lines.slice(1).map((line) => stringWidth(line))).size).toBe(1);
    expect(lines.at(-2)).toMatch(/ {5}1,00 │$/);
  });

  it('without rows says so to a person', () => {
    expect(renderTable(table([]), 'ru', 80)).toBe('Чеки\nПусто.');
    expect(renderTable(table([]), 'en', undefined)).toBe('Receipt\tWhat it is for\tSum');
  });

  it('lets no control character of a stored text reach the terminal', () => {
    const text = renderTable(table([['a', '\u001b[31mred\u0007', 'c']]), 'en', 80);
    expect(text).not.toContain('\u001b[31m');
    expect(text).not.toContain('\u0007');
  });
});
