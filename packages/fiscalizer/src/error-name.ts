/** The kind of what was thrown. Its text may name a buyer or a secret, so it is told to nobody. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
