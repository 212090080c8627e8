import * as E from 'fp-ts/Either';
import type { ConnectionForm } from './connection-form';
import { fillForm, parametersCodec, shownFields, shownValues } from './connection-form';

const both = (text: string) => ({ russian: text, english: text });

const FORM: ConnectionForm = {
  provider: 'sample',
  title: both('Sample'),
  cabinet: { label: both('Cabinet'), help: both('There'), url: 'https://lk.example.ru' },
  fields: [
    { key: 'baseUrl', label: both('Address'), kind: 'url', obligatory: true },
    {
      key: 'way',
      label: both('Way'),
      kind: 'choice',
      obligatory: true,
      preset: 'basic',
      choices: [
        { value: 'basic', label: both('Login') },
        { value: 'bearer', label: both('Token') },
      ],
    },
    {
      key: 'login',
      label: both('Login'),
      kind: 'text',
      obligatory: true,
      longest: 8,
      shownWhen: { key: 'way', is: ['basic'] },
    },
    { key: 'note', label: both('Note'), kind: 'text', obligatory: false },
    {
      key: 'password',
      label: both('Password'),
      kind: 'secret',
      obligatory: true,
      shownWhen: { key: 'way', is: ['basic'] },
    },
    {
      key: 'token',
      label: both('Token'),
      kind: 'secret',
      obligatory: true,
      shownWhen: { key: 'way', is: ['bearer'] },
    },
  ],
};

const GOOD = { baseUrl: ' https://kassa.example.ru/api ', login: 'shop', password: ' p ' };

const keysFor = (way: string) => shownFields(FORM, { way }).map(({ key }) => key);

const refusals = (given: Readonly<Record<string, string>>): unknown => {
  const filled = fillForm(FORM, given);
  return E.isLeft(filled) ? filled.left.map(({ field, rule }) => `${field}: ${rule}`) : filled.right;
};

describe('a form of a connection', () => {
  it('gives parameters and secrets apart, presets filled in, spaces around taken off but for secrets', () => {
    expect(refusals(GOOD)).toEqual({
      parameters: { baseUrl: 'https://kassa.example.ru/api', way: 'basic', login: 'shop' },
      secrets: { password: ' p ' },
    });
  });

  it('shows only the fields of the way that was chosen, and takes no others', () => {
    expect(keysFor('basic')).toEqual(['baseUrl', 'way', 'login', 'note', 'password']);
    expect(keysFor('bearer')).toEqual(['baseUrl', 'way', 'note', 'token']);
    expect(refusals({ ...GOOD, way: 'bearer', token: 't' })).toEqual({
      parameters: { baseUrl: 'https://kassa.example.ru/api', way: 'bearer' },
      secrets: { token: 't' },
    });
  });

  it('tells everything that is wrong at once, by field and rule, never by value', () => {
    const told = refusals({ baseUrl: 'ftp://x', way: 'magic', note: 'a\u0000b', extra: 'canary' });
    expect(told).toEqual([
      'baseUrl: not-an-address',
      'way: not-a-choice',
      'note: unprintable',
      '?: unknown-field',
    ]);
    expect(refusals({ baseUrl: '', login: '123456789' })).toEqual([
      'baseUrl: obligatory',
      'login: too-long',
      'password: obligatory',
    ]);
  });

  it.each(['https://u:p@x.ru', 'https://x.ru?a=1', 'https://x.ru/#a', 'x.ru', 'https://', 'https://a b'])(
    'takes %s for no address',
    (baseUrl) => {
      expect(refusals({ ...GOOD, baseUrl })).toEqual(['baseUrl: not-an-address']);
    },
  );

  it('is not led astray by keys that every object has', () => {
    expect(
      refusals(
        JSON.parse('{"__proto__":"x","baseUrl":"https://a.ru","login":"a","password":"b"}') as Record<
          string,
          string
        >,
      ),
    ).toEqual(['?: unknown-field']);
  });

  it('is a codec of its parameters, without secrets', () => {
    const codec = parametersCodec(FORM);
    const parameters = { baseUrl: 'https://kassa.example.ru/api', way: 'basic', login: 'shop' };
    expect(codec.decode(parameters)).toEqual(E.right(parameters));
    expect(codec.is(parameters)).toBe(true);
    expect(codec.is({ ...parameters, way: 'magic' })).toBe(false);
    expect(E.isLeft(codec.decode({ ...parameters, password: 'p' }))).toBe(true);
    expect(E.isLeft(codec.decode({ ...parameters, login: 5 }))).toBe(true);
  });

  it('shows of a secret only whether it is set', () => {
    const shown = shownValues(FORM, { baseUrl: 'https://a.ru', way: 'basic', login: 'shop' }, ['password']);
    expect(shown.map(({ shown: text }) => text)).toEqual(['https://a.ru', 'basic', 'shop', '', '***']);
    expect(shownValues(FORM, { way: 'basic' }, []).at(-1)).toEqual({ key: 'password', shown: '' });
  });
});
