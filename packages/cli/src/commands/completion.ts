import type { CommandResult } from '../command/command-result';
import { shown, wrongUse } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import { GLOBAL_OPTIONS } from '../command/global-options';
import { plain } from '../output/view';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

type Table = ReadonlyArray<CommandSpec>;

const optionsOf = ({ options = [] }: CommandSpec): ReadonlyArray<string> =>
  [...options, ...GLOBAL_OPTIONS].map(({ name }) => `--${name}`);

const firstWords = (table: Table): ReadonlyArray<string> => [
  ...new Set(table.map(({ path }) => path[0] ?? '')),
];

/** What may follow each beginning of a call: words, or options where the command is complete. */
const followers = (table: Table): ReadonlyArray<readonly [begun: string, words: ReadonlyArray<string>]> => [
  ['', firstWords(table)],
  ...firstWords(table).flatMap((word): ReadonlyArray<readonly [string, ReadonlyArray<string>]> => {
    const seconds = table.filter(({ path }) => path[0] === word && path.length > 1);
    return seconds.length === 0 ? [] : [[word, seconds.map(({ path }) => path[1] ?? '')]];
  }),
  ...table.map((spec) => [spec.path.join(' '), optionsOf(spec)] as const),
];

/** The options that take a value: the word after one is no part of the command. */
const valueOptions = (table: Table): ReadonlyArray<string> => [
  ...new Set(
    [...GLOBAL_OPTIONS, ...table.flatMap(({ options = [] }) => options)]
      .filter(({ kind }) => kind !== 'flag')
      .map(({ name }) => `--${name}`),
  ),
];

const bash = (
  table: Table,
): string => `# bash completion of cloud-kassa: source <(cloud-kassa completion bash)
_cloud_kassa() {
  local begun="" word value=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [ -n "$value" ]; then value=""; continue; fi
    case "$word" in
      ${valueOptions(table).join('|')}) value=1 ;;
      -*) ;;
      *) begun="\${begun:+$begun }$word" ;;
    esac
  done
  if [ -n "$value" ]; then return; fi
  local words=""
  case "$begun" in
${followers(table)
  .map(([begun, words]) => `    "${begun}"*) words="${words.join(' ')}" ;;`)
  .toReversed()
  .join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _cloud_kassa cloud-kassa`;

const zsh = (table: Table): string =>
  `# zsh completion of cloud-kassa: source <(cloud-kassa completion zsh)\nautoload -U bashcompinit && bashcompinit\n${bash(table)}`;

const fish = (table: Table): string =>
  [
    '# fish completion of cloud-kassa: cloud-kassa completion fish | source',
    'complete -c cloud-kassa -f',
    ...firstWords(table).map((word) => `complete -c cloud-kassa -n __fish_use_subcommand -a ${word}`),
    ...table
      .filter(({ path }) => path.length > 1)
      .map(({ path }) => `complete -c cloud-kassa -n '__fish_seen_subcommand_from ${path[0]}' -a ${path[1]}`),
    ...table.flatMap((spec) =>
      (spec.options ?? []).map(
        ({ name }) =>
          `complete -c cloud-kassa -n '__fish_seen_subcommand_from ${spec.path.at(-1)}' -l ${name}`,
      ),
    ),
  ].join('\n');

const SCRIPTS = { bash, zsh, fish } as const;

/** Completion for a shell, made from the table of commands. */
export const completionCommand = (table: () => Table): CommandSpec => ({
  path: ['completion'],
  text: { english: 'completion for a shell', russian: 'автодополнение для командной оболочки' },
  arguments: [{ name: 'shell', text: { english: SHELLS.join(', '), russian: SHELLS.join(', ') } }],
  examples: ['completion bash'],
  run: async (given: Given): Promise<CommandResult> => {
    const shell = SHELLS.find((one) => one === given.argument('shell'));
    if (shell === undefined)
      return wrongUse('shell', 'choice', {
        english: `A shell is one of: ${SHELLS.join(', ')}.`,
        russian: `Оболочка — одна из: ${SHELLS.join(', ')}.`,
      });
    const script = SCRIPTS[shell](table());
    return shown({ shell, script }, plain(script));
  },
});
