import { admit } from './admit';
import { admitted, contextOf, judge, sale, withItem } from './admission.testing';

describe('texts and parties (format: CP866, lengths of tags; check digits)', () => {
  judge([
    ['a name of 128 characters', withItem({ name: 'я'.repeat(128) }), 'admitted'],
    ['a name of 129', withItem({ name: 'я'.repeat(129) }), 'text-too-long items[0].name'],
    ['an empty name', withItem({ name: '' }), 'text-empty items[0].name'],
    ['1192 of 17 characters', { ...sale, additional: '12345678901234567' }, 'text-too-long additional'],
    [
      'a contact of 65 characters',
      { ...sale, contact: `${'a'.repeat(56)}@x.ru.com` },
      'text-too-long contact',
    ],
    ['angle quotes where they may be dropped', withItem({ name: 'Чайник «Уют»' }), 'admitted'],
    [
      'angle quotes where they may not',
      withItem({ name: 'Чайник «Уют»' }),
      'text-not-cp866 items[0].name',
      { profile: { foreignCharacters: 'refused' } },
    ],
    ['nothing but dropped characters', withItem({ name: '☕' }), 'text-empty items[0].name'],
    [
      'another taxpayer (ATOL 2009)',
      { ...sale, organisation: '7728699517' },
      'organisation-differs organisation',
    ],
    ['the taxpayer of the register', { ...sale, organisation: '7725327863' }, 'admitted'],
    [
      'a cashier with a wrong INN',
      { ...sale, cashier: { name: 'Иванова', inn: '123456789037' } },
      'inn-invalid cashier.inn',
    ],
    ['a buyer with a wrong INN', { ...sale, buyer: { inn: '1234567895' } }, 'inn-invalid buyer.inn'],
  ]);

  test('dropped characters do not reach the document', () => {
    expect(admitted(withItem({ name: 'Чайник «Уют» ☕' }))?.items[0]?.name).toBe('Чайник Уют ');
  });
});

test('a refusal never repeats the value it refuses', () => {
  const refused = admit({ ...sale, contact: 'secret-contact' }, contextOf());
  expect(JSON.stringify(refused)).not.toContain('secret');
});
