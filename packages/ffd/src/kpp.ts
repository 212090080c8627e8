/**
 * Has it the shape of a registration reason code (КПП): four digits, two digits or capital Latin letters, three digits? It has no check
 * digit and is no fiscal tag. The shape is common knowledge, not confirmed by a source of the format.
 */
export const isKpp = (text: string): boolean => /^\d{4}[\dA-Z]{2}\d{3}$/.test(text);
