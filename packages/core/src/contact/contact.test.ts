import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { cp866Length, fitsCp866 } from '@cloud-kassa/ffd';
import type { ContactRule } from './normalise-contact';
import { CONTACT_LENGTH, CONTACT_RULES, normaliseContact } from './normalise-contact';
import { contactIdentity } from './contact-identity';
import { maskContact } from './mask-contact';
import { receiptContact } from './receipt-contact';

const written = (text: string): string | undefined => {
  const contact = normaliseContact(text);
  if (E.isLeft(contact)) return undefined;
  return contact.right.kind === 'phone' ? contact.right.phone : contact.right.email;
};

const ruleOf = (text: string): ContactRule | undefined => {
  const contact = normaliseContact(text, 'buyer.phone');
  return E.isLeft(contact) ? contact.left.rule : undefined;
};

describe('a telephone in tag 1008 is a plus and digits (ITU-T E.164)', () => {
  it.each([
    ['+79123451234', '+79123451234'],
    ['8 (912) 345-12-34', '+79123451234'],
    ['89123451234', '+79123451234'],
    ['7 912 345 12 34', '+79123451234'],
    ['+7\u00a0912\u00a0345‑12‑34', '+79123451234'],
    [' +7.912.345.12.34 ', '+79123451234'],
    ['+49 30 901820', '+4930901820'],
    ['+86 138 0013 8000', '+8613800138000'],
    ['+375 (29) 123-45-67', '+375291234567'],
  ])('writes %s as %s', (text, phone) => {
    expect(normaliseContact(text)).toEqual(E.right({ kind: 'phone', phone }));
  });

  it('refuses a number whose country would have to be guessed', () => {
    for (const text of ['9123451234', '0049 30 901820', '+0912345123', '375291234567', '+89123451234'])
      expect(ruleOf(text)).toBe('phone-country');
  });

  it('refuses numbers no plan has', () => {
    for (const text of ['+7912345123', '+791234512345', '+123456', '+1234567890123456'])
      expect(ruleOf(text)).toBe('phone-length');
  });
});

describe('an e-mail address in tag 1008 (RFC 5322 dot-atom, RFC 1035 labels)', () => {
  it.each([
    ['buyer@example.ru', 'buyer@example.ru'],
    ['  First.Last+tag@Example.RU ', 'First.Last+tag@example.ru'],
    ['покупатель@почта.рф', 'покупатель@почта.рф'],
    ['a@xn--80a1acny.xn--p1ai', 'a@xn--80a1acny.xn--p1ai'],
  ])('writes %s as %s', (text, email) => {
    expect(normaliseContact(text)).toEqual(E.right({ kind: 'email', email }));
  });

  it('lowers only the domain: the part before the @ may distinguish case', () => {
    expect(written('ABC@ABC.RU')).toBe('ABC@abc.ru');
  });

  it('but makes no other person of it', () => {
    expect(contactIdentity('OLGA@example.ru')).toBe(contactIdentity('olga@example.ru'));
    expect(contactIdentity('ОЛЬГА@почта.рф')).toBe('ольга@почта.рф');
    expect(contactIdentity('+79123451234')).toBe('+79123451234');
  });

  it('does not take a letter for another that looks like it', () => {
    expect(ruleOf('buyer@\u212aassa.ru')).toBe('email-domain');
    expect(ruleOf('\u1c80@kassa.ru')).toBe('email-shape');
  });

  it('holds 64 bytes and no more (tag 1008)', () => {
    expect(written(`${'a'.repeat(52)}@example.com`)).toHaveLength(64);
    expect(ruleOf(`${'a'.repeat(53)}@example.com`)).toBe('contact-too-long');
  });
});

describe('every refusal names the rule and the field, never the contact', () => {
  const examples: Readonly<Record<ContactRule, ReadonlyArray<string>>> = {
    'contact-empty': ['', '  ', '\u00a0'],
    'contact-too-long': ['1'.repeat(257), ' '.repeat(300), `${'a'.repeat(70)}@b.ru`],
    'phone-characters': [
      'call me',
      '+7 912 345-12-34 доб. 5',
      '++79123451234',
      '-',
      '+',
      '９１２３４５１２３４',
    ],
    'phone-country': ['9123451234'],
    'phone-length': ['+7'],
    'email-shape': [
      '@example.ru',
      'a b@example.ru',
      '"a"@example.ru',
      'a..b@example.ru',
      '.a@b.ru',
      'a@b@c.ru',
      'a\n@b.ru',
    ],
    'email-domain': [
      'a@',
      'a@localhost',
      'a@-b.ru',
      'a@b-.ru',
      'a@b..ru',
      'a@b.r',
      'a@127.0.0.1',
      'a@exam_ple.ru',
    ],
  };

  it.each(Object.entries(examples))('%s', (rule, texts) => {
    for (const text of texts)
      expect(normaliseContact(text, 'buyer.phone')).toEqual(E.left({ rule, field: 'buyer.phone' }));
  });

  it('covers the whole table', () => {
    expect(Object.keys(examples).toSorted()).toEqual(Object.keys(CONTACT_RULES).toSorted());
  });
});

describe('normalising', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ unit: fc.constantFrom(...Array.from('+789@.-() aяЁ_')), maxLength: 24 }),
    fc
      .tuple(
        fc.stringMatching(/^[a-zа-я0-9.]{1,12}$/),
        fc.stringMatching(/^[a-zа-я0-9-]{1,12}\.[a-zа-я]{1,4}$/),
      )
      .map(([l, d]) => `${l}@${d}`),
  );

  it('is total, settles in one step and always fits tag 1008 in code page 866', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = written(text);
        if (once === undefined) return;
        expect(written(once)).toBe(once);
        expect(fitsCp866(once)).toBe(true);
        expect(cp866Length(once)).toBeLessThanOrEqual(CONTACT_LENGTH);
        expect(once).toMatch(/^\+\d{7,15}$|^[^@\s]+@[^@\s]+$/);
      }),
      { numRuns: 500 },
    );
  });

  it('gives one number for every way of writing a Russian telephone', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{10}$/),
        fc.constantFrom('+7', '8', '7'),
        fc.array(fc.constantFrom(' ', '-', '(', ')', '.', '\u00a0'), { minLength: 10, maxLength: 10 }),
        (digits, prefix, gaps) => {
          const text =
            prefix +
            Array.from(digits)
              .map((digit, index) => `${gaps[index] ?? ''}${digit}`)
              .join('');
          expect(written(text)).toBe(`+7${digits}`);
        },
      ),
    );
  });

  it('is linear on hostile texts', () => {
    const hostile = [
      `${'-'.repeat(250)}x`,
      `a@${'a-'.repeat(31)}`,
      `${'a.'.repeat(31)}@`,
      '+'.repeat(256),
      `a@${'-'.repeat(60)}`,
      '8'.repeat(1_000_000),
    ];
    expect(hostile.filter((text) => E.isRight(normaliseContact(text)))).toEqual([]);
  });
});

describe('what goes into tag 1008', () => {
  it('is the e-mail address where both are known (an operator given both writes to it only)', () => {
    expect(receiptContact({ phone: '+79123451234', email: 'a@example.ru' })).toBe('a@example.ru');
    expect(receiptContact({ phone: '+79123451234' })).toBe('+79123451234');
  });

  it('is nothing where there is no contact or the person was erased', () => {
    expect(receiptContact({ name: 'A' })).toBeUndefined();
    expect(receiptContact({ erased: true })).toBeUndefined();
  });
});

describe('masks for people', () => {
  it.each([
    ['+79123451234', '+7 *** ***-12-34'],
    ['+4930901820', '+* *** ***-18-20'],
    ['+12', '+* *** ***-**-**'],
    ['ivanov@example.ru', 'i***@example.ru'],
    ['i@example.ru', '***@example.ru'],
  ])('shows %s as %s', (contact, mask) => {
    expect(maskContact(contact)).toBe(mask);
  });
});
