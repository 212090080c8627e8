import { fc, test as check } from '@fast-check/jest';
import { LONGEST_EXCERPT, answerNote, excerptOf, safeCode } from './redaction';

describe('an excerpt', () => {
  it.each([
    ['Неверный формат', 'Неверный формат'],
    [
      '<html><head><style>x{}</style></head><body><h1>502 Bad\n Gateway</h1></body></html>',
      '502 Bad Gateway',
    ],
    ['контакт buyer@example.ru не подходит', 'контакт *** не подходит'],
    ['контакт покупатель@почта.рф не подходит', 'контакт *** не подходит'],
    ['телефон +7 (912) 345-67-89 занят', 'телефон *** занят'],
    ['ИНН 7707083893, ФН 9999078900001341', 'ИНН ***, ФН ***'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbg устарел', '*** устарел'],
    ['token 9179d710-56a4-49ea-b042-435e3257eaf6 expired', 'token *** expired'],
    ['Authorization: Bearer abc', 'Authorization: *** ***'],
    ['{"shopSecret":"a b c","x":1}', '{"shopSecret":***,"x":1}'],
    ['login=shop&password=qwerty', 'login=shop&password=***'],
    ['покупатель Иванов Иван Иванович отказан', 'покупатель *** отказан'],
    ['кассир Петров-Водкин К. С. и А. Б. Сидорова', 'кассир *** и ***'],
    ['Внутренняя ошибка сервера 500', 'Внутренняя ошибка сервера 500'],
    ['строка 12, касса 3', 'строка 12, касса 3'],
  ])('of %j is %j', (text, expected) => {
    expect(excerptOf(text)).toBe(expected);
  });

  it('hides what it is told to hide, in whole and word by word, in any case', () => {
    const hide = ['John Smith', 'kassa-login', 'ул. Мира, 5'];
    expect(excerptOf('buyer SMITH john of KASSA-LOGIN at Мира', hide)).toBe('buyer *** *** of *** at ***');
  });

  it.each([
    ['\\u0431\\u0443\\u0431\\u0430', 'буба'],
    ['&#1073;&#x443;&#1073;&#1072;', 'буба'],
    ['%D0%B1%D1%83%D0%B1%D0%B0', 'буба'],
    ['\\\\u0431уба', 'буба'],
    ['+7912\u200b345\u00ad6789', '+79123456789'],
    ['７９１２３４５６７８９', '79123456789'],
    ['+7<b>912</b>3456789', '+79123456789'],
  ])('finds what is hidden in another dress (%s)', (text, hidden) => {
    expect(excerptOf(`x ${text} y`, [hidden])).toMatch(/^x \S*\*\*\* y$/);
  });

  it('has no line feeds and other control characters, so that it forges no line of a log', () => {
    expect(excerptOf('a\r\n{"level":"error"}\u0000\u001b[31m\u2028b')).toBe('a {"level":"error"} [31m b');
  });

  it('is at most 200 characters of the masked text', () => {
    expect(excerptOf('ж'.repeat(1_000))).toHaveLength(LONGEST_EXCERPT);
    expect(excerptOf(`${'ж'.repeat(199)}😀`)).toBe('ж'.repeat(199));
  });

  it('keeps nothing of what was cut in the middle, however much was masked before', () => {
    const text = `${'a@b.ru '.repeat(2_340)}+79123456789`;
    expect(excerptOf(text.slice(0, 16_384 + 6))).not.toMatch(/\d/);
    expect(excerptOf('x'.repeat(20_000))).toBe('');
  });

  it('takes no longer for hostile texts', () => {
    for (const text of [
      '<script>'.repeat(20_000),
      'a'.repeat(16_000),
      'pass'.repeat(4_000),
      '1 '.repeat(8_000),
      '<'.repeat(16_000),
      'Aa '.repeat(5_000),
      '%D0'.repeat(5_000),
    ])
      expect(excerptOf(`${text} end`).length).toBeLessThanOrEqual(LONGEST_EXCERPT);
  });

  const separators = fc.constantFrom('', ' ', '-', ' (', ') ', '.', ' - ');
  const phones = fc
    .tuple(
      fc.constantFrom('+7', '8', '7', '+44'),
      fc.array(fc.tuple(separators, fc.integer({ min: 10, max: 99 })), { minLength: 4, maxLength: 5 }),
    )
    .map(([start, parts]) => start + parts.map(([gap, digits]) => `${gap}${digits}`).join(''));
  const emails = fc.emailAddress();
  const tokens = fc.uuid();
  const words = fc.lorem({ maxCount: 5 });

  check.prop([words, fc.oneof(phones, emails, tokens), words, fc.nat(150)])(
    'never holds a telephone, an e-mail address or a token',
    (before, canary, after, padding) => {
      const excerpt = excerptOf(`${'ж'.repeat(padding)} ${before} ${canary} ${after}`);
      expect(excerpt).not.toContain(canary);
      expect(excerpt.replace(/\D/g, '')).toBe('');
    },
  );

  const dress: ReadonlyArray<(text: string) => string> = [
    (text) => text,
    (text) => text.toUpperCase(),
    encodeURIComponent,
    (text) => JSON.stringify(text),
    (text) => text.replace(/[^]/gu, (char) => `&#${char.codePointAt(0) ?? 0};`),
    (text) => text.replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ];

  check.prop([
    fc.array(fc.constantFrom('Анна', 'Ёлкина', "O'Neil", 'van', 'Dürr', 'İpek', 'ул.Мира', '5/7-a'), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.constantFrom(...dress),
  ])('never holds a value of the request, in whatever dress', (parts, dressed) => {
    const value = parts.join(' ');
    const excerpt = excerptOf(`отказ: ${dressed(value)}!`, [value]);
    for (const part of parts) expect(excerpt.toLowerCase()).not.toContain(part.toLowerCase());
  });
});

describe('a code', () => {
  it.each([
    'BAD_REQUEST',
    'USER_AUTHORISATION_EXCEPTION_1С',
    'VLD11',
    'agent.2009',
    'not-found',
    'E_128:243',
  ])('%s is kept', (code) => {
    expect(safeCode(code)).toBe(code);
  });

  it.each(['79123456789', 'buyer@example.ru', 'A B', '', 'x'.repeat(65), 'A1234567', 'IVANOV\n'])(
    '%j is not',
    (code) => {
      expect(safeCode(code)).toBeUndefined();
    },
  );

  it('that repeats what is to be hidden is not', () => {
    expect(safeCode('ERROR_IVANOV', ['Ivanov'])).toBeUndefined();
  });
});

describe('a note', () => {
  it('holds what was told and nothing else', () => {
    expect(answerNote({ status: 400, code: 'BAD_REQUEST', text: 'нет a@b.ru', hide: [] })).toEqual({
      status: 400,
      code: 'BAD_REQUEST',
      excerpt: 'нет ***',
    });
    expect(answerNote({ code: 'a b', text: ' \n' })).toEqual({});
  });
});
