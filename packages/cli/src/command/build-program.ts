import { Command, CommanderError, Help, Option } from 'commander';
import type { Language } from '../output/language';
import { inLanguage } from '../output/language';
import type { ArgumentSpec, CommandSpec, Given, OptionSpec } from './command-spec';
import { GLOBAL_OPTIONS } from './global-options';
import { COMMAND_GROUPS } from './groups';
import {
  HELP_COMMAND,
  HELP_OPTION,
  helpTitle,
  helpWords,
  usageSentence,
  VERSION_OPTION,
} from './usage-words';

/** What was called, and with what. */
export interface Called {
  readonly spec: CommandSpec;
  readonly given: Given;
}

/** What commander has to say: help on the standard output, mistakes on the error output. */
export interface Spoken {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** How commander writes help when nobody interferes. */
const PLAIN_HELP = new Help();

const camel = (name: string): string =>
  name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const optionOf = (spec: OptionSpec, language: Language): Option => {
  const value = spec.kind === 'flag' ? '' : ` <${spec.placeholder ?? 'VALUE'}>`;
  const preset = spec.preset === undefined ? '' : ` (${spec.preset})`;
  const option = new Option(`--${spec.name}${value}`, `${inLanguage(spec.text, language)}${preset}`);
  if (spec.choices !== undefined && spec.kind === 'value') option.choices([...spec.choices]);
  if (spec.kind === 'list')
    option.argParser((one: string, before: ReadonlyArray<string> | undefined) => [...(before ?? []), one]);
  if (spec.obligatory === true) option.makeOptionMandatory();
  return option;
};

const argumentOf = ({ name, optional }: ArgumentSpec): string =>
  optional === true ? `[${name}]` : `<${name}>`;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const givenOf = (spec: CommandSpec, values: ReadonlyArray<unknown>, command: Command): Given => {
  const options: Readonly<Record<string, unknown>> = command.optsWithGlobals();
  const names = (spec.arguments ?? []).map(({ name }) => name);
  return {
    argument: (name) => textOf(values[names.indexOf(name)]),
    value: (option) => textOf(options[camel(option)]),
    list: (option) => {
      const value = options[camel(option)];
      return Array.isArray(value) ? value.map(String) : [];
    },
    flag: (option) => options[camel(option)] === true,
  };
};

/** Help of a group is no answer to a name that the group does not have: commander looks for `--help` before it looks at the name. */
const refuseUnknown = (group: Command): Command =>
  group.on('beforeHelp', () => {
    const [name] = group.args.filter((word) => word !== 'help');
    if (name === undefined || name.startsWith('-') || group.commands.some((one) => one.name() === name))
      return;
    group.error(`error: unknown command '${name}'`, { code: 'commander.unknownCommand' });
  });

/**
 * The parser of a table of commands. A call that fits one is given to `called`; help and mistakes are spoken, and then commander throws
 * a `CommanderError` with the exit code, which {@link exitOf} reads.
 */
export const buildProgram = (
  table: ReadonlyArray<CommandSpec>,
  language: Language,
  version: string,
  spoken: Spoken,
  called: (call: Called) => void,
): Command => {
  const quiet = (command: Command): Command =>
    command
      .exitOverride()
      .configureOutput({
        writeOut: spoken.out,
        writeErr: spoken.error,
        outputError: (sentence, write) => write(usageSentence(sentence, language)),
      })
      .configureHelp({
        styleTitle: (title) => helpTitle(title, language),
        commandUsage: (one) => helpWords(PLAIN_HELP.commandUsage(one), language),
        subcommandTerm: (one) => helpWords(PLAIN_HELP.subcommandTerm(one), language),
        optionDescription: (one) => helpWords(PLAIN_HELP.optionDescription(one), language),
      })
      .helpOption('-h, --help', inLanguage(HELP_OPTION, language))
      .showSuggestionAfterError(true)
      .showHelpAfterError(false);
  const program = refuseUnknown(quiet(new Command('cloud-kassa')))
    .version(version, '-V, --version', inLanguage(VERSION_OPTION, language))
    .helpCommand('help [command]', inLanguage(HELP_COMMAND, language));
  program.description(
    inLanguage(
      {
        english: 'Takes payments remotely and fiscalises every receipt once, through a cloud cash register.',
        russian: 'Принимает оплаты удалённо и фискализирует каждый чек один раз — через облачную кассу.',
      },
      language,
    ),
  );
  for (const option of GLOBAL_OPTIONS) program.addOption(optionOf(option, language));
  const groups = new Map<string, Command>();
  const parentOf = ([first, second]: ReadonlyArray<string>): Command => {
    if (first === undefined || second === undefined) return program;
    const known = groups.get(first);
    if (known !== undefined) return known;
    const group = refuseUnknown(quiet(new Command(first)).helpCommand(false));
    const text = COMMAND_GROUPS[first];
    if (text !== undefined) group.description(inLanguage(text, language));
    program.addCommand(group);
    groups.set(first, group);
    return group;
  };
  for (const spec of table) {
    const command = quiet(new Command(spec.path.at(-1) ?? ''));
    command
      .description(inLanguage(spec.details ?? spec.text, language))
      .summary(inLanguage(spec.text, language));
    for (const argument of spec.arguments ?? [])
      command.argument(argumentOf(argument), inLanguage(argument.text, language));
    for (const option of spec.options ?? []) command.addOption(optionOf(option, language));
    for (const option of GLOBAL_OPTIONS) command.addOption(optionOf(option, language).hideHelp());
    if (spec.examples !== undefined)
      command.addHelpText('after', `\n${spec.examples.map((call) => `  $ cloud-kassa ${call}`).join('\n')}`);
    if (spec.more !== undefined) command.addHelpText('after', `\n${inLanguage(spec.more, language)}`);
    command.action((...values: ReadonlyArray<unknown>) => {
      called({ spec, given: givenOf(spec, values, command) });
    });
    parentOf(spec.path).addCommand(command);
  }
  return program;
};

/** What commander threw: help and version are no mistakes, everything else is wrong use, of an option or an argument where it says so. */
export interface Ended {
  readonly exit: 0 | 2;
  readonly rule: string;
  readonly field: string;
  readonly message: string;
}

export const endOf = (error: unknown): Ended | undefined => {
  if (!(error instanceof CommanderError)) return undefined;
  const { code, message, exitCode } = error;
  const field = /--([a-z][a-z-]*)/.exec(message)?.[1] ?? /argument '([^']*)'/.exec(message)?.[1] ?? 'command';
  const rule = code.replace('commander.', '').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return {
    exit: exitCode === 0 ? 0 : 2,
    rule,
    field,
    message: code === 'commander.help' ? 'a command is missing' : message.replace(/^error: /, ''),
  };
};
