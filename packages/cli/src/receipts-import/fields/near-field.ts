/** What the library, its JSON and other formats call a field of ours. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  settlementid: 'id',
  paymentid: 'id',
  sourcedocument: 'document',
  order: 'document',
  orderid: 'document',
  ordernumber: 'document',
  number: 'document',
  settlementsign: 'sign',
  operationtype: 'sign',
  type: 'sign',
  taxationsystem: 'taxation',
  taxationtype: 'taxation',
  settled: 'settledAt',
  datetime: 'settledAt',
  date: 'settledAt',
  inn: 'organisation',
  organization: 'organisation',
  contact: 'buyer',
  customer: 'buyer',
  registerid: 'register',
  amount: 'total',
  lines: 'items',
  positions: 'items',
  paymentmethod: 'method',
  paymenttype: 'method',
  paymentsubject: 'subject',
  producttype: 'subject',
  vat: 'vatCode',
  vatrate: 'vatCode',
  measurementunit: 'measure',
  title: 'name',
  electronic: 'cashless',
  card: 'cashless',
  mail: 'email',
  telephone: 'phone',
};

const plainName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Levenshtein's distance: letters to add, take away or replace. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1)
      next.push(
        Math.min(
          (row[to] ?? 0) + 1,
          (next[to - 1] ?? 0) + 1,
          (row[to - 1] ?? 0) + (one.charAt(at - 1) === other.charAt(to - 1) ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[other.length] ?? 0;
};

/** One letter in three may be wrong, two at the most. */
const isNear = (one: string, other: string): boolean =>
  distance(one, other) <= Math.min(2, Math.floor(Math.max(one.length, other.length) / 3));

/**
 * The field that was probably meant by one the format does not know, named from the same object: `paymentMethod` in `items.0` is `method`.
 * `undefined` where nothing is near.
 */
export const nearField = (
  rows: ReadonlyArray<{ readonly name: string }>,
  path: string,
): string | undefined => {
  const steps = path.split('.');
  const asked = plainName(steps.at(-1) ?? '');
  const inTable = steps
    .slice(0, -1)
    .map((step) => (/^\d+$/.test(step) ? '[]' : `.${step}`))
    .join('')
    .replace(/^\./, '');
  const prefix = inTable === '' ? '' : `${inTable}.`;
  const siblings = rows
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name }) => name.slice(prefix.length))
    .filter((name) => !/[.[]/.test(name));
  const otherName = Object.hasOwn(OTHER_NAMES, asked) ? OTHER_NAMES[asked] : undefined;
  return (
    siblings.find((name) => plainName(name) === asked) ??
    siblings.find((name) => name === otherName) ??
    siblings.find((name) => isNear(plainName(name), asked))
  );
};
