import type * as t from 'io-ts';

/** Why an input was not decoded: the path of the field and the rule it broke. The value is never repeated. */
export interface InputRefusal {
  readonly field: string;
  readonly rule: string;
}

const pathOf = (context: t.Context): string =>
  context
    .map(({ key }) => key)
    .filter((key) => key !== '')
    .reduce(
      (path, key) => (/^\d+$/u.test(key) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
      '',
    );

/** The first of io-ts's errors as a refusal. */
export const firstRefusal = (errors: t.Errors): InputRefusal => {
  const [error] = errors;
  return error === undefined
    ? { field: '', rule: 'malformed' }
    : { field: pathOf(error.context), rule: error.message ?? 'wrong-type' };
};
