/** May others than the owner read, write or execute a file of this mode? Modes mean nothing on Windows. */
export const isTooWide = (mode: number): boolean => process.platform !== 'win32' && (mode & 0o077) !== 0;

/** The permissions of a mode as chmod(1) takes them: `0600`. */
export const octal = (mode: number): string => (mode & 0o777).toString(8).padStart(4, '0');
