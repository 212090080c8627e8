import type { FfdVersion } from '@cloud-kassa/ffd';
import {
  FfdVersionCodec,
  MeasureCodec,
  PaymentMethodCodec,
  PaymentSubjectCodec,
  TaxationCodec,
  VatCodeCodec,
} from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { CommandResult } from '../command/command-result';
import { wrongUse } from '../command/command-result';
import type { Given } from '../command/command-spec';
import type { ExtractOptions, LineReader } from '../receipts-import';
import { documentsReader, fnsExtractReader, IMPORT_RULES } from '../receipts-import';
import { pairs, wholeNumber } from './values';

interface CodeOption {
  readonly option: string;
  readonly field: 'taxationDefault' | 'methodDefault' | 'subjectDefault' | 'vatDefault' | 'measureDefault';
  readonly isCode: (code: number) => boolean;
}

const CODE_OPTIONS: ReadonlyArray<CodeOption> = [
  { option: 'taxation-default', field: 'taxationDefault', isCode: TaxationCodec.is },
  { option: 'method-default', field: 'methodDefault', isCode: PaymentMethodCodec.is },
  { option: 'subject-default', field: 'subjectDefault', isCode: PaymentSubjectCodec.is },
  { option: 'vat-default', field: 'vatDefault', isCode: VatCodeCodec.is },
  { option: 'measure-default', field: 'measureDefault', isCode: MeasureCodec.is },
];

const codesOf = (given: Given): E.Either<CommandResult, Partial<ExtractOptions>> => {
  const codes: Record<string, number> = {};
  for (const { option, field, isCode } of CODE_OPTIONS) {
    const value = given.value(option);
    if (value === undefined) continue;
    const code = wholeNumber(value);
    if (code === undefined || !isCode(code))
      return E.left(
        wrongUse(option, 'code', {
          english: `--${option} takes a code of its table; see docs/command.md.`,
          russian: `--${option}: нужен код из таблицы; см. docs/command.md.`,
        }),
      );
    codes[field] = code;
  }
  return E.right(codes);
};

const extractOptions = (given: Given, identity: ExtractOptions): E.Either<CommandResult, ExtractOptions> => {
  const codes = codesOf(given);
  if (E.isLeft(codes)) return codes;
  const ffd = given.value('ffd');
  const registers = pairs(given.list('register'));
  const known = registers !== undefined && Object.keys(registers).every((rule) => VAT_RULES.includes(rule));
  if (!known)
    return E.left(
      wrongUse('register', 'rule-and-register', {
        english: 'A register is given by its way of computing VAT: per-line=ID or per-total=ID.',
        russian: 'Касса указывается по способу расчёта НДС: per-line=ИМЯ или per-total=ИМЯ.',
      }),
    );
  const stated = (option: string, field: string): object => {
    const value = given.value(option);
    return value === undefined ? {} : { [field]: value };
  };
  return E.right({
    ...identity,
    ...codes.right,
    ...stated('organisation', 'organisation'),
    ...stated('contact-default', 'contactDefault'),
    ...stated('supplier-default', 'supplierDefault'),
    ...(isFfd(ffd) ? { ffd } : {}),
    rehearsal: given.flag('rehearsal'),
    registers,
  });
};

const VAT_RULES: ReadonlyArray<string> = ['per-line', 'per-total'];

const isFfd = (version: string | undefined): version is FfdVersion => FfdVersionCodec.is(version);

/** The reader of lines that the options of a call ask for. */
export const readerOf = (
  given: Given,
  fileSha256: string | undefined,
): E.Either<CommandResult, LineReader> => {
  const identity = fileSha256 === undefined ? {} : { fileSha256 };
  if (given.value('format') === 'documents') {
    const organisation = given.value('organisation');
    return E.right(documentsReader({ ...identity, ...(organisation === undefined ? {} : { organisation }) }));
  }
  const options = extractOptions(given, identity);
  if (E.isLeft(options)) return options;
  return E.mapLeft(({ rule, field }: { readonly rule: string; readonly field: string }) =>
    wrongUse(field, rule, ruleInWords(rule)),
  )(fnsExtractReader(options.right));
};

const RULES: Readonly<Record<string, { readonly english: string; readonly russian: string }>> = IMPORT_RULES;

const ruleInWords = (rule: string): { readonly english: string; readonly russian: string } =>
  RULES[rule] ?? { english: rule, russian: rule };
