import type { ReceiptRequest } from '../request';
import { INTERNET_SHOP } from '../kkt/registration';
import { correction, judge, sale, withItem } from './admission.testing';
import type { Setting } from './admission.testing';

describe('settlements in the Internet (54-FZ, article 1.2, clause 5; order ЕД-7-20/236@)', () => {
  const online: ReceiptRequest = { ...sale, internet: true, contact: 'buyer@example.ru' };
  const street: Setting = { registration: { conditions: { ...INTERNET_SHOP, internetOnly: false } } };
  judge([
    ['with contact and site', online, 'admitted'],
    ['a phone is a contact', { ...online, contact: '+79990000000' }, 'admitted'],
    ['without a contact', { ...sale, internet: true }, 'contact-required contact'],
    ['a contact that is neither phone nor e-mail', { ...online, contact: 'none' }, 'text-malformed contact'],
    ['a place that is not a site', { ...online, place: 'Москва, Арбат 1' }, 'site-required place'],
    ['a site of Russian letters', { ...online, place: 'https://магазин.рф/заказ' }, 'admitted'],
    [
      'before 2025-09-01',
      online,
      'tag-not-in-force internet',
      { at: '2025-08-31T23:59:59', registration: { taxation: 1 } },
    ],
    [
      'cash in it',
      { ...online, payments: { cash: 80730 } },
      'cash-in-internet-settlement payments.cash',
      street,
    ],
    [
      'cash on a register for the Internet only',
      { ...sale, payments: { cash: 80730 } },
      'cash-on-internet-register payments.cash',
    ],
    [
      'the same where the profile accepts it',
      { ...sale, payments: { cash: 80730 } },
      'admitted',
      { profile: { cashOnInternetRegister: 'accepted' } },
    ],
    ['an offset on it', { ...sale, payments: { prepaid: 80730 } }, 'admitted'],
    ['cash on another register', { ...sale, payments: { cash: 80730 } }, 'admitted', street],
    [
      'services demand a contact always',
      sale,
      'contact-required contact',
      { profile: { contact: 'every-receipt' } },
    ],
    ['but not in a correction', correction, 'admitted', { profile: { contact: 'every-receipt' } }],
    ['a correction with 1125 needs one', { ...correction, internet: true }, 'contact-required contact'],
    [
      'cashless payments that add up',
      {
        ...sale,
        cashlessDetails: [
          { amount: 80000, method: 1, identifiers: 'rrn=1' },
          { amount: 730, method: 1, identifiers: 'rrn=2' },
        ],
      },
      'admitted',
    ],
    [
      'cashless payments that do not',
      { ...sale, cashlessDetails: [{ amount: 80000, method: 1, identifiers: 'rrn=1' }] },
      'cashless-details-differ cashlessDetails',
    ],
    [
      'cashless payments before 2025-09-01',
      { ...withItem({ vatCode: 1 }), cashlessDetails: [{ amount: 80730, method: 1, identifiers: 'rrn=1' }] },
      'tag-not-in-force cashlessDetails',
      { at: '2025-01-15T10:00:00' },
    ],
  ]);
});
