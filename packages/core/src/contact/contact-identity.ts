/**
 * The form of a normalised contact by which a person is known: case makes no other person of an e-mail address. The standard lets the part
 * before the @ distinguish case (RFC 5321, 2.4), no mail service does, and whoever asks to be erased writes it as they please. What a
 * receipt is sent to keeps the case it was given in.
 */
export const contactIdentity = (normalisedContact: string): string => normalisedContact.toLowerCase();
