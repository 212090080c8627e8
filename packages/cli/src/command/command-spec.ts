import type { Bilingual } from '@cloud-kassa/provider';
import type { CommandContext } from './command-context';
import type { CommandResult } from './command-result';

/** What stands after the name of a command. */
export interface ArgumentSpec {
  readonly name: string;
  readonly text: Bilingual;
  readonly optional?: boolean;
}

/** One option. A `flag` takes no value; a `list` may be given several times. */
export interface OptionSpec {
  /** Without dashes: `until-idle`. */
  readonly name: string;
  readonly kind: 'flag' | 'value' | 'list';
  /** Of the value, in the help: `DIR`, `INN`, `MINUTES`. */
  readonly placeholder?: string;
  readonly text: Bilingual;
  readonly choices?: ReadonlyArray<string>;
  /** Shown in the help; the command itself fills it in. */
  readonly preset?: string;
  readonly obligatory?: boolean;
}

/** What was given on the command line, by name. */
export interface Given {
  readonly argument: (name: string) => string | undefined;
  readonly value: (option: string) => string | undefined;
  readonly list: (option: string) => ReadonlyArray<string>;
  readonly flag: (option: string) => boolean;
}

/** A command as data: parser, help, reference and completion are made from it. */
export interface CommandSpec {
  /** `['device', 'add']`. */
  readonly path: ReadonlyArray<string>;
  readonly text: Bilingual;
  /** More than a line; for the help of the command itself and for the reference. */
  readonly details?: Bilingual;
  readonly arguments?: ReadonlyArray<ArgumentSpec>;
  readonly options?: ReadonlyArray<OptionSpec>;
  /** Makes a store where there is none; every other command wants one that is there. */
  readonly makesStore?: boolean;
  /** Listens to Ctrl-C itself and ends in good order; every other command is left as soon as it is pressed. */
  readonly endsItself?: boolean;
  /** Asks for what is not given, where a person sits at the terminal. */
  readonly asks?: boolean;
  /** Calls that show how it is used, without the leading `cloud-kassa`. */
  readonly examples?: ReadonlyArray<string>;
  /** Stands below the examples in the help alone: the reference says it at length. */
  readonly more?: Bilingual;
  readonly run: (given: Given, context: CommandContext) => Promise<CommandResult>;
}
