const SECRET_NAME =
  /(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|private[_-]?key|credentials?|authorization)$/i;

const AUTHORIZATION = /^(?:bearer|basic)\s/i;
const PEM = /-----BEGIN /;
const JSON_WEB_TOKEN = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/;
const ADDRESS_WITH_USER = /^[a-z][a-z0-9+.-]*:\/\/[^/\s]*@/i;

const OPAQUE = /^[A-Za-z0-9+/=_-]{32,}$/;

/** A long run of letters and digits is a key; words with separators only if their cases are mixed, so that UUIDs and group names pass. */
const isOpaque = (value: string): boolean => {
  if (!OPAQUE.test(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return !/[_-]/.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value));
};

/** Does the name of a parameter say that its value is a secret? */
export const namesSecret = (name: string): boolean => SECRET_NAME.test(name);

/**
 * Does a value look like a secret: an authorization header, a private key, a JSON web token, an address with a password, or 32 and more
 * characters of an opaque key? A guard against mistakes, no proof: events can never be unwritten.
 */
export const looksSecret = (value: string): boolean =>
  AUTHORIZATION.test(value) ||
  PEM.test(value) ||
  JSON_WEB_TOKEN.test(value) ||
  ADDRESS_WITH_USER.test(value) ||
  isOpaque(value);
