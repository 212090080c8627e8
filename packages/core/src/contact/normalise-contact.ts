import * as E from 'fp-ts/Either';
import type { Refusal, RuleTable } from '../refusal';

/** A contact in its one written form: a telephone in E.164 (`+79123456789`) or an e-mail address with its domain in lower case. */
export type Contact =
  | { readonly kind: 'phone'; readonly phone: string }
  | { readonly kind: 'email'; readonly email: string };

/** Why a text is not taken for a contact. */
export type ContactRule =
  | 'contact-empty'
  | 'contact-too-long'
  | 'phone-characters'
  | 'phone-country'
  | 'phone-length'
  | 'email-shape'
  | 'email-domain';

export const CONTACT_RULES: RuleTable<ContactRule> = {
  'contact-empty': {
    english: 'There is no telephone and no e-mail address in the text.',
    russian: 'Не указан ни телефон, ни адрес электронной почты.',
    source: '54-FZ art. 1.2 cl. 5; tag 1008',
  },
  'contact-too-long': {
    english: 'The contact is longer than the 64 bytes of its tag.',
    russian: 'Контакт длиннее 64 байт реквизита 1008.',
    source: 'order ЕД-7-20/662@, tag 1008',
  },
  'phone-characters': {
    english: 'A telephone holds digits, a leading plus, spaces, hyphens, points and brackets, nothing else.',
    russian: 'Телефон содержит только цифры, плюс в начале, пробелы, дефисы, точки и скобки.',
    source: 'tag 1008: a plus and digits',
  },
  'phone-country': {
    english: 'The country of the telephone cannot be known: write it with a plus and the country code.',
    russian: 'Неизвестна страна телефона: укажите номер с плюсом и кодом страны.',
    source: 'ITU-T E.164: no country code begins with 0 or 89',
  },
  'phone-length': {
    english: 'A telephone with code 7 has eleven digits, any other seven to fifteen.',
    russian: 'Номер с кодом 7 состоит из одиннадцати цифр, любой другой из семи–пятнадцати.',
    source: 'ITU-T E.164; the Russian numbering plan',
  },
  'email-shape': {
    english: 'An e-mail address is a name, one @ and a domain, without spaces and quotation marks.',
    russian: 'Адрес почты состоит из имени, одного знака @ и домена, без пробелов и кавычек.',
    source: 'RFC 5322, dot-atom; tag 1008',
  },
  'email-domain': {
    english: 'The domain of the e-mail address is no domain name of at least two labels.',
    russian: 'Домен адреса почты записан неверно: нужны хотя бы две части, разделённые точкой.',
    source: 'RFC 1035, 2.3.1',
  },
};

export type ContactRefusal = Refusal<ContactRule>;

/** The most bytes tag 1008 holds. All characters of a normalised contact have one byte in code page 866. */
export const CONTACT_LENGTH = 64;

const LONGEST_INPUT = 256;

const PHONE_SEPARATORS = /[\s().\-‐‑‒–—−]/g;
const PHONE = /^\+?\d+$/;
const RUSSIAN_WITHOUT_PLUS = /^[78]\d{10}$/;
const NO_COUNTRY = /^(?:0|89)/;

// Written out in both cases: with the flag `i` other letters whose upper case is Cyrillic would pass, and they have no place in CP866.
const LOCAL_PART = /^[\wА-Яа-яЁё!#$%&'*+/=?^`{|}~-]+(?:\.[\wА-Яа-яЁё!#$%&'*+/=?^`{|}~-]+)*$/;
const LABEL = /^[A-Za-z0-9А-Яа-яЁё](?:[A-Za-z0-9А-Яа-яЁё-]*[A-Za-z0-9А-Яа-яЁё])?$/;
const TOP_LABEL = /^(?:[A-Za-z]{2,}|[А-Яа-яЁё]{2,}|[Xx][Nn]--[A-Za-z0-9-]*[A-Za-z0-9])$/;
const LONGEST_LABEL = 63;

const isDomain = (domain: string): boolean => {
  const labels = domain.split('.');
  return (
    labels.length > 1 &&
    labels.every((label) => label.length <= LONGEST_LABEL && LABEL.test(label)) &&
    TOP_LABEL.test(labels.at(-1) ?? '')
  );
};

const emailOf = (text: string): Contact | ContactRule => {
  if (text.length > CONTACT_LENGTH) return 'contact-too-long';
  const at = text.indexOf('@');
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (domain.includes('@') || !LOCAL_PART.test(local)) return 'email-shape';
  return isDomain(domain) ? { kind: 'email', email: `${local}@${domain.toLowerCase()}` } : 'email-domain';
};

const phoneOf = (text: string): Contact | ContactRule => {
  const compact = text.replace(PHONE_SEPARATORS, '');
  if (!PHONE.test(compact)) return 'phone-characters';
  const digits = RUSSIAN_WITHOUT_PLUS.test(compact) ? `7${compact.slice(1)}` : compact.replace(/^\+/, '');
  const countryKnown = compact.startsWith('+') || RUSSIAN_WITHOUT_PLUS.test(compact);
  if (!countryKnown || NO_COUNTRY.test(digits)) return 'phone-country';
  const fits = digits.startsWith('7') ? digits.length === 11 : digits.length >= 7 && digits.length <= 15;
  return fits ? { kind: 'phone', phone: `+${digits}` } : 'phone-length';
};

/**
 * Brings a buyer's telephone or e-mail address to the one form in which it is kept and sent (tag 1008).
 *
 * A text with an @ is an e-mail address: Latin or Cyrillic dot-atom and a domain of at least two labels, at most 64 bytes. Anything else
 * is a telephone: eleven Russian digits beginning with 8 or 7 become `+7…`, any other number needs its plus and country code. Nothing is
 * guessed; refusals name the rule and `field`, never the text. Linear in the length of the text.
 */
export const normaliseContact = (text: string, field = 'contact'): E.Either<ContactRefusal, Contact> => {
  const trimmed = text.length > LONGEST_INPUT ? text : text.trim();
  if (trimmed === '') return E.left({ rule: 'contact-empty', field });
  if (trimmed.length > LONGEST_INPUT) return E.left({ rule: 'contact-too-long', field });
  const contact = trimmed.includes('@') ? emailOf(trimmed) : phoneOf(trimmed);
  return typeof contact === 'string' ? E.left({ rule: contact, field }) : E.right(contact);
};
