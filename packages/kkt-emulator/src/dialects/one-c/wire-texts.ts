/** A text that says something: 1C sends absent ones as empty. */
export const given = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text.trim();

const RUSSIAN_DAY = /^(\d{2})\.(\d{2})\.(\d{4})$/u;
const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:T.*)?$/u;

/** `dd.MM.yyyy` or the beginning of a moment as `YYYY-MM-DD`; anything else stays what it is, to be refused by the register. */
export const wireDay = (text: string): string => {
  const russian = RUSSIAN_DAY.exec(text);
  return russian === null ? (MOMENT.exec(text)?.[1] ?? text) : `${russian[3]}-${russian[2]}-${russian[1]}`;
};

/** A moment without its zone or parts of a second. */
export const wireMoment = (text: string): string => text.slice(0, 'YYYY-MM-DDTHH:mm:ss'.length);

/** A phone in the form of the format (1008 and others): `+` and digits; the Russian ways to write one are understood. */
export const wirePhone = (text: string): string => {
  const digits = text.replace(/[\s()-]/gu, '');
  if (/^[78]\d{10}$/u.test(digits)) return `+7${digits.slice(1)}`;
  return /^\d+$/u.test(digits) ? `+${digits}` : digits;
};

/** Several phones in one text, divided by commas. */
export const wirePhones = (text: string | undefined): ReadonlyArray<string> | undefined => {
  const phones = (text ?? '').split(',').flatMap((phone) => {
    const one = given(phone);
    return one === undefined ? [] : [wirePhone(one)];
  });
  return phones.length === 0 ? undefined : phones;
};

/** The members that are there. */
export const present = <T extends object>(
  members: T,
): { readonly [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined)) as {
    readonly [K in keyof T]?: Exclude<T[K], undefined>;
  };
