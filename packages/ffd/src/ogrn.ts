/** The last digit is the number before it modulo `divisor`, and of that the last digit. */
const lastDigitChecks = (digits: string, divisor: number): boolean =>
  (Number(digits.slice(0, -1)) % divisor) % 10 === Number(digits.slice(-1));

/** Is it a registration number of an organisation (ОГРН): 13 digits, the first not 0, the last a check digit modulo 11? */
export const isOgrn = (text: string): boolean => /^[1-9]\d{12}$/.test(text) && lastDigitChecks(text, 11);

/**
 * Is it a registration number of a sole proprietor (ОГРНИП): 15 digits, the first 3 or 4, the last a check digit modulo 13?
 *
 * Of the remainders 10 to 12 the last digit counts; that is the common practice, not confirmed by a published rule.
 */
export const isOgrnip = (text: string): boolean => /^[34]\d{14}$/.test(text) && lastDigitChecks(text, 13);
