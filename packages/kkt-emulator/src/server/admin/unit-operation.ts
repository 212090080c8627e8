import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import { oneOf, positiveField, textField } from '../../codec/field-codec';
import { objectCodec } from '../../codec/object-codec';
import { firstRefusal } from '../../codec/refusal';
import type { InputRefusal } from '../../codec/refusal';
import type { Operation } from '../../group/operate';
import { driveField } from '../settings-file/register-fields';

const operationCodec = objectCodec(
  {
    kind: oneOf('open-shift', 'close-shift', 'report-state', 'close-drive', 'remove-drive', 'install-drive'),
  },
  {
    drive: objectCodec({ serial: textField, model: driveField }, { capacity: positiveField }, 'strict'),
  },
  'strict',
);

const operationOf = ({ kind, drive }: t.TypeOf<typeof operationCodec>): E.Either<InputRefusal, Operation> => {
  if (kind === 'install-drive')
    return drive === undefined ? E.left({ field: 'drive', rule: 'missing' }) : E.right({ kind, drive });
  return drive === undefined
    ? E.right({ kind })
    : E.left({ field: 'drive', rule: 'only-with-install-drive' });
};

/**
 * Reads `{ "kind": "close-shift" }` and its like, or `{ "kind": "install-drive", "drive": { "serial", "model": { "months",
 * "marking" }, "capacity"? } }`. A change of registration is not among them.
 */
export const readUnitOperation = (input: unknown): E.Either<InputRefusal, Operation> => {
  const decoded = operationCodec.decode(input);
  return E.isLeft(decoded) ? E.left(firstRefusal(decoded.left)) : operationOf(decoded.right);
};
