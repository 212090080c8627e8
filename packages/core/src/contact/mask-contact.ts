/**
 * A contact for the eyes of people who need not know it: `+7 *** ***-12-34` for a telephone (the country code only where it is 7, the last
 * four digits), `i***@example.ru` for an e-mail address. Too short to hide anything: all stars.
 */
export const maskContact = (contact: string): string =>
  contact.includes('@') ? maskEmail(contact) : maskPhone(contact);

const SHORTEST_PHONE = 8;

const maskPhone = (phone: string): string => {
  const digits = phone.replace(/\D/g, '');
  const country = digits.startsWith('7') && digits.length === 11 ? '+7' : '+*';
  if (digits.length < SHORTEST_PHONE) return `${country} *** ***-**-**`;
  return `${country} *** ***-${digits.slice(-4, -2)}-${digits.slice(-2)}`;
};

const maskEmail = (email: string): string => {
  const at = email.indexOf('@');
  return `${at > 1 ? email.slice(0, 1) : ''}***${email.slice(at)}`;
};
