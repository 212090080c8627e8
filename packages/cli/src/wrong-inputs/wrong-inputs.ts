import { IMPORT_RULES, WRONG_LINES } from '../receipts-import';
import { WRONG_CALLS } from './wrong-calls';
import { WRONG_CONNECTIONS } from './wrong-connections';
import { WRONG_FILES } from './wrong-files';
import type { WrongInput } from './wrong-input';
import { WRONG_NAMES } from './wrong-names';
import { WRONG_REQUESTS } from './wrong-requests';
import { WRONG_STORES } from './wrong-stores';
import { WRONG_VALUES } from './wrong-values';

/** The field is the place where broken JSON breaks off; a line that is wrong as a whole has none. */
const placeOf = (rule: string, field: string): string => {
  if (field === '') return '';
  return rule === 'json-syntax' ? `, near ${field}` : `, ${field}`;
};

/** Lines of import files that are not taken, each as a file of that one line. */
const LINES: ReadonlyArray<WrongInput> = WRONG_LINES.map(({ what, format, line, rule, field }) => ({
  kind: 'line',
  what,
  call: `receipts import FILE --format ${format}`,
  file: line,
  exit: 2,
  rule,
  field,
  message: `Line 1${placeOf(rule, field)}: ${rule}. ${IMPORT_RULES[rule].english}`,
}));

/** Every wrong input that is documented: each is a test, and each leaves the store as it was. */
export const WRONG_INPUTS: ReadonlyArray<WrongInput> = [
  ...WRONG_CALLS,
  ...WRONG_REQUESTS,
  ...WRONG_FILES,
  ...WRONG_VALUES,
  ...WRONG_NAMES,
  ...WRONG_CONNECTIONS,
  ...WRONG_STORES,
  ...LINES,
];
