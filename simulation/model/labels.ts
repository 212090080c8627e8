/** One row of the attempt protocol as the model names it beside the statement that carries it out. */
export interface RowLabel {
  readonly line: number;
  readonly row: number;
  /** Given where one row number has several triggers. */
  readonly trigger?: string;
  readonly from: ReadonlyArray<string>;
  /** A phase, or `same`, or `refused`. */
  readonly to: string;
  /** What the code itself says: `MOVE` asserts its first argument when the model runs, and assigns its second. */
  readonly statement: {
    readonly macro: 'MOVE' | 'STAY';
    readonly from: ReadonlyArray<string>;
    readonly to?: string;
  };
}

const LABELLED =
  /(?<macro>MOVE|STAY)\((?<args>[^()]*)\)(?:; st = (?<then>\w+))? \/\* row (?<row>\d+)(?: (?<trigger>[a-z-]+(?::[a-z-]+)?))?: (?<from>[A-Za-z|]+) -> (?<to>[A-Za-z]+) \*\//g;

const PHASE_TESTED = /st == (\w+)/g;

/** All labels of a model's text, in its order. */
export const rowLabels = (model: string): ReadonlyArray<RowLabel> =>
  model.split('\n').flatMap((text, index) =>
    [...text.matchAll(LABELLED)].map(({ groups = {} }): RowLabel => {
      const [tested = '', to = groups['then']] = (groups['args'] ?? '').split(', ');
      return {
        line: index + 1,
        row: Number(groups['row']),
        ...(groups['trigger'] === undefined ? {} : { trigger: groups['trigger'] }),
        from: (groups['from'] ?? '').split('|'),
        to: groups['to'] ?? '',
        statement: {
          macro: groups['macro'] === 'MOVE' ? 'MOVE' : 'STAY',
          from: [...tested.matchAll(PHASE_TESTED)].map((match) => match[1] ?? ''),
          ...(to === undefined ? {} : { to }),
        },
      };
    }),
  );

/** Lines that assign the phase without a label: only planted mistakes may do that. */
export const unlabelledAssignments = (model: string): ReadonlyArray<string> =>
  model
    .split('\n')
    .filter((text) => !/^(?:#define (?:MOVE|STAY)|mtype st | \*)/.test(text))
    .map((text) => text.replace(LABELLED, ''))
    .filter((text) => /\bst = \w+|\bMOVE\(|\bSTAY\(/.test(text))
    .filter((text) => !/st = \w+ \/\* mutant M\d+/.test(text));

/** The switches (`-D…`) that the model's text looks at, bounds included. */
export const switchesOf = (model: string): ReadonlySet<string> =>
  new Set([...model.matchAll(/(?:#ifn?def |defined\()([A-Z]+\w*)/g)].map((match) => match[1] ?? ''));
