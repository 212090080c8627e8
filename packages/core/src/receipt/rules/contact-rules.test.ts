import * as E from 'fp-ts/Either';
import type { ReceiptContent } from '../content';
import { admitReceipt } from './admit-receipt';
import { DEFAULT_PROFILE } from './profile';
import { sampleContent, sampleCorrection, sampleFacts } from './sample-receipt.arbitrary';

const verdict = (
  content: ReceiptContent,
  facts = sampleFacts(content.ffd),
  profile = DEFAULT_PROFILE,
): string => {
  const decided = admitReceipt(content, facts, profile);
  return E.isLeft(decided) ? `${decided.left.rule} ${decided.left.field}` : 'admitted';
};

const receipt = (change: Partial<ReceiptContent>): ReceiptContent => ({ ...sampleContent('1.2'), ...change });

const receiptTo = (
  person: NonNullable<ReceiptContent['buyer']>['person'],
  change: Partial<ReceiptContent> = {},
): ReceiptContent => receipt({ buyer: { keyId: 'buyer-1', person }, ...change });

const receiptToNobody = (change: Partial<ReceiptContent> = {}): ReceiptContent => {
  const { buyer: _buyer, ...content } = receipt(change);
  return content;
};

describe("the buyer's contact (S27; tag 1008)", () => {
  test.each([
    ['+ and 7 digits', receiptTo({ phone: '+1234567' }), 'admitted'],
    ['+ and 6 digits', receiptTo({ phone: '+123456' }), 'contact-malformed buyer.person.phone'],
    ['+ and 18 digits', receiptTo({ phone: `+${'1'.repeat(18)}` }), 'admitted'],
    ['+ and 19 digits', receiptTo({ phone: `+${'1'.repeat(19)}` }), 'contact-malformed buyer.person.phone'],
    ['x@x', receiptTo({ email: 'x@x' }), 'admitted'],
    ['x@x@x', receiptTo({ email: 'x@x@x' }), 'contact-malformed buyer.person.email'],
    [
      'an e-mail of 65 bytes',
      receiptTo({ email: `${'x'.repeat(63)}@x` }),
      'text-too-long buyer.person.email',
    ],
    ['an erased buyer', receiptTo({ erased: true }), 'contact-required buyer'],
    ['no buyer', receiptToNobody(), 'contact-required buyer'],
  ])('%s', (_name, content, expected) => {
    expect(verdict(content)).toBe(expected);
  });

  test('a correction needs one only with the Internet sign (order ЕД-7-20/236@, tags 1008, 1125)', () => {
    const { buyer: _buyer, ...content } = sampleContent('1.2', sampleCorrection('1.2'));
    expect([verdict(content), verdict({ ...content, internet: false })]).toEqual([
      'contact-required buyer',
      'admitted',
    ]);
  });

  test('automatic devices do without one where the profile says so (54-FZ, art. 1.2 cl. 5.1)', () => {
    const vending = sampleFacts('1.2', { register: { legalGround: 'vending' } });
    const waived = { ...DEFAULT_PROFILE, contactWaivedFor: ['vending' as const] };
    const content = receiptToNobody({ internet: false });
    expect([
      verdict(content, vending),
      verdict(content, vending, waived),
      verdict(receiptToNobody(), vending, waived),
    ]).toEqual(['contact-required buyer', 'admitted', 'contact-required buyer']);
    expect(verdict(content, sampleFacts('1.2'), waived)).toBe('contact-required buyer');
  });
});

describe('the Internet sign (order ЕД-7-20/236@, tags 1125, 1187)', () => {
  test.each([
    ['https://shop.example.ru', 'admitted'],
    ['shop.example.ru', 'admitted'],
    ['магазин.рф/заказ?n=1', 'admitted'],
    ['Москва, ул. Ленина', 'site-required place.place'],
    ['localhost', 'site-required place.place'],
    ['https://', 'site-required place.place'],
  ])('the place %s', (place, expected) => {
    expect(verdict(receipt({ place: { place } }))).toBe(expected);
  });

  test('needs a place at all, and only if it is set', () => {
    expect([verdict(receipt({ place: {} })), verdict(receipt({ place: {}, internet: false }))]).toEqual([
      'site-required place.place',
      'admitted',
    ]);
  });
});
