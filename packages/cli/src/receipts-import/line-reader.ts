import type * as E from 'fp-ts/Either';
import type { ImportRefusal } from './import-rules';
import type { Json } from './reading/read-json-line';
import type { RegistrationOrder } from './registration-order';

/** A format: makes an order of what stands in a line, or names the field and the rule that is in the way. Pure. */
export type LineReader = (line: Json, lineNumber: number) => E.Either<ImportRefusal, RegistrationOrder>;
