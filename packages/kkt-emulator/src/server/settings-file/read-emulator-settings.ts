import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { textField } from '../../codec/field-codec';
import { objectCodec } from '../../codec/object-codec';
import { firstRefusal } from '../../codec/refusal';
import type { InputRefusal } from '../../codec/refusal';
import type { OneCGroup } from '../../dialects/one-c/access';
import { oneCGroup } from '../../dialects/one-c/one-c-group';
import { settingsProblem } from '../settings';
import type { EmulatorSettings } from '../settings';
import { gatewayField } from './gateway-field';
import { groupField } from './group-field';
import type { GroupInFile } from './group-field';
import { localSecret, secretField } from './secret-reference';
import type { SecretOf } from './secret-reference';

const settingsCodec = (secretOf: SecretOf) =>
  objectCodec(
    { groups: t.array(groupField(secretOf)) },
    {
      basePath: textField,
      gateway: gatewayField(secretOf),
      admin: objectCodec({ token: secretField(secretOf) }, {}, 'strict'),
    },
    'strict',
  );

interface Numbered {
  readonly group: GroupInFile;
  readonly firstNumber: number;
  readonly next: number;
}

/** The registers of all groups are numbered one after another, so that no two drives of an emulator bear one serial. */
const numbered = (groups: ReadonlyArray<GroupInFile>): E.Either<InputRefusal, ReadonlyArray<Numbered>> => {
  const all: Array<Numbered> = [];
  for (const [index, group] of groups.entries()) {
    const firstNumber = group.firstNumber ?? Math.max(1, ...all.map(({ next }) => next));
    const next = firstNumber + (group.units ?? 1);
    if (all.some((other) => firstNumber < other.next && other.firstNumber < next))
      return E.left({ field: `groups[${index}].firstNumber`, rule: 'twice' });
    all.push({ group, firstNumber, next });
  }
  return E.right(all);
};

const groupOf = ({ group, firstNumber }: Numbered, index: number): E.Either<InputRefusal, OneCGroup> => {
  const { id, access, account, dialect, service, seed = id, ...shop } = group;
  const made = oneCGroup(
    id,
    { ...shop, seed, firstNumber, ...(service === undefined ? {} : { group: service }) },
    access,
    { ...(account === undefined ? {} : { account }), ...(dialect === undefined ? {} : { dialect }) },
  );
  return E.mapLeft(({ field = 'inn', rule }: { readonly field?: string; readonly rule: string }) => ({
    field: `groups[${index}].${field}`,
    rule,
  }))(made);
};

/**
 * Reads the settings of an emulator from parsed JSON, as a person writes them into a file:
 *
 * `{ "groups": [{ "id", "inn", "name", "site", "access": { "kind": "sales-register-group", "shopId", "shopSecret" }, … }],
 * "admin"?: { "token" }, "gateway"?: {…}, "basePath"? }`.
 *
 * A group takes the members of {@link InternetShop} besides (`units`, `ffd`, `taxation`, `pace`, `profile` …), `service` for the waiting times and
 * the shifts of `GroupSettings`, `account` and `dialect` of {@link OneCGroup}. Its seed is its id, its registers are numbered behind those of
 * the groups before it. Secrets stand there as references: `env:NAME`, `file:PATH`, or `plain:TEXT` for what is no secret; `secretOf` replaces
 * how they are looked up.
 *
 * `Left` names the field and the rule and never the value: `missing`, `unknown-member`, what is wrong with a value, a broken
 * reference, `twice` for what must differ, `empty` without any group.
 */
export const readEmulatorSettings = (
  input: unknown,
  secretOf: SecretOf = localSecret,
): E.Either<InputRefusal, EmulatorSettings> => {
  const decoded = settingsCodec(secretOf).decode(input);
  if (E.isLeft(decoded)) return E.left(firstRefusal(decoded.left));
  const { groups: given, ...rest } = decoded.right;
  if (given.length === 0) return E.left({ field: 'groups', rule: 'empty' });
  const inOrder = numbered(given);
  if (E.isLeft(inOrder)) return inOrder;
  const groups: Array<OneCGroup> = [];
  for (const [index, each] of inOrder.right.entries()) {
    const group = groupOf(each, index);
    if (E.isLeft(group)) return group;
    groups.push(group.right);
  }
  const settings: EmulatorSettings = { ...rest, groups };
  const problem = settingsProblem(settings);
  return problem === undefined ? E.right(settings) : E.left(problem);
};
