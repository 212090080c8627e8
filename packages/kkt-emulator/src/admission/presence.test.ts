import { correction, judge, older, olderSale, sale, withItem } from './admission.testing';

describe('presence of tags by form and version (format, tables 20, 21 and their twins)', () => {
  const agent = { mask: 64 };
  const supplier = { inn: '7728699517' };
  judge([
    ['FFD 1.2 needs the measure', olderSale, 'tag-required items[0].measure'],
    [
      'FFD 1.1 needs the method',
      { ...sale, items: [{ name: 'Чайник', price: 80730, quantity: '1', vatCode: 11, subject: 1 }] },
      'tag-required items[0].method',
      { ffd: '1.1' },
    ],
    [
      'FFD 1.1 needs the subject',
      { ...sale, items: [{ name: 'Чайник', price: 80730, quantity: '1', vatCode: 11, method: 4 }] },
      'tag-required items[0].subject',
      { ffd: '1.1' },
    ],
    [
      'FFD 1.05 needs neither',
      { ...sale, items: [{ name: 'Чайник', price: 80730, quantity: '1', vatCode: 11 }] },
      'admitted',
      { ffd: '1.05' },
    ],
    ['FFD 1.05 has no measure', sale, 'tag-not-in-format items[0].measure', { ffd: '1.05' }],
    ['FFD 1.2 has no free unit', withItem({ unit: 'шт' }), 'tag-not-in-format items[0].unit'],
    [
      'FFD 1.2 has no 1162',
      withItem({ productCode: '490e042f4ef3b2d2' }),
      'tag-not-in-format items[0].productCode',
    ],
    [
      'FFD 1.05 has 1162 of 8 to 32 bytes',
      withItem({ productCode: '490e042f4ef3b2d2' }, older),
      'admitted',
      { ffd: '1.05' },
    ],
    [
      '1162 of seven bytes',
      withItem({ productCode: '490e042f4ef3b2' }, older),
      'text-malformed items[0].productCode',
      { ffd: '1.05' },
    ],
    [
      'FFD 1.1 has no 1163',
      withItem({ goodsCode: { kind: 1302, value: '4601234567890' } }, older),
      'tag-not-in-format items[0].goodsCode',
      { ffd: '1.1' },
    ],
    [
      'FFD 1.05 has no subject 33',
      withItem({ subject: 33 }, older),
      'tag-not-in-format items[0].subject',
      { ffd: '1.05' },
    ],
    [
      'a correction tells no single cashless payments',
      { ...correction, cashlessDetails: [{ amount: 80730, method: 1, identifiers: 'rrn=1' }] },
      'tag-not-in-format cashlessDetails',
    ],
    ['a receipt has lines', { ...sale, items: [], total: 80730 }, 'tag-required items'],
    [
      'FFD 1.2 has no agent of the whole receipt',
      { ...sale, agent },
      'tag-not-in-format agent',
      { registration: { agents: 64 } },
    ],
    [
      'FFD 1.1 has one if registered',
      { ...olderSale, agent },
      'admitted',
      { ffd: '1.1', registration: { agents: 96 } },
    ],
    [
      'an agent that is not registered',
      { ...olderSale, agent },
      'agent-not-registered agent.mask',
      { ffd: '1.1', registration: { agents: 32 } },
    ],
    ['1226 comes with 1222', withItem({ agent }), 'supplier-inn-required items[0].supplier.inn'],
    ['an agent of a line', withItem({ agent, supplier }), 'admitted'],
    ['a supplier without a Russian INN', withItem({ agent, supplier: { inn: '000000000000' } }), 'admitted'],
    [
      'a supplier with a wrong INN',
      withItem({ agent, supplier: { inn: '7728699518' } }),
      'inn-invalid items[0].supplier.inn',
    ],
    [
      "FFD 1.1 has no buyer's birthday",
      { ...olderSale, buyer: { name: 'Покупатель', birthday: '1990-01-01' } },
      'tag-not-in-format buyer.birthday',
      { ffd: '1.1' },
    ],
    ['FFD 1.2 has', { ...sale, buyer: { name: 'Покупатель', birthday: '1990-01-01' } }, 'admitted'],
    [
      'FFD 1.05 has no industry attribute',
      { ...olderSale, industry: { authority: '030', date: '2023-11-21', number: '1944', value: 'x' } },
      'tag-not-in-format industry',
      { ffd: '1.05' },
    ],
  ]);
});
