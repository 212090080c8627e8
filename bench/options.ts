import { parseArgs } from 'node:util';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { FULL, QUICK, type Sizes } from './sizes';

/** The measures, in the order in which they are made. */
export const MEASURES = [
  'append',
  'warm-command',
  'replay',
  'catch-up',
  'command-cost',
  'end-to-end',
  'esdb-append',
  'esdb-subscription',
  'esdb-end-to-end',
] as const;

export type Measure = (typeof MEASURES)[number];

export interface Options {
  readonly json: boolean;
  readonly help: boolean;
  readonly sizes: Sizes;
  readonly seed: string;
  readonly measures: ReadonlyArray<Measure>;
  /** Where the profiles of the processes go; none are made without it. */
  readonly profile?: string;
}

const SIZE_NAMES = Object.keys(FULL) as ReadonlyArray<keyof Sizes>;

const flagOf = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const USAGE = `npm run bench -- [flags]

  --json            one JSON object on standard output, everything else on standard error
  --quick           about a minute instead of five; figures are rough
  --only MEASURE    only this one (repeatable): ${MEASURES.join(', ')}
  --seed TEXT       what the data follow from
  --profile FOLDER  CPU profiles of all processes into this folder
  sizes             ${SIZE_NAMES.map((name) => `--${flagOf(name)} ${FULL[name]}`).join('\n                    ')}
`;

const sizeFlags = Object.fromEntries(SIZE_NAMES.map((name) => [flagOf(name), { type: 'string' as const }]));

const isMeasure = (text: string): text is Measure => MEASURES.some((measure) => measure === text);

/** What was asked for, or what is wrong with it. */
export const readOptions = (given: ReadonlyArray<string>): Either<string, Options> => {
  const parsed = E.tryCatch(
    () =>
      parseArgs({
        args: [...given],
        options: {
          json: { type: 'boolean', default: false },
          help: { type: 'boolean', default: false },
          quick: { type: 'boolean', default: false },
          only: { type: 'string', multiple: true, default: [] },
          seed: { type: 'string', default: 'bench' },
          profile: { type: 'string' },
          ...sizeFlags,
        },
      }).values,
    (error) => String(Reflect.get(Object(error), 'message')),
  );
  if (E.isLeft(parsed)) return parsed;
  const { json, help, quick, only, seed, profile } = parsed.right;
  const wrong = only.find((name) => !isMeasure(name));
  if (wrong !== undefined) return E.left(`--only: there is no measure of this name`);
  const sizes: Record<keyof Sizes, number> = { ...(quick ? QUICK : FULL) };
  for (const name of SIZE_NAMES) {
    const text: unknown = Reflect.get(parsed.right, flagOf(name));
    if (text === undefined) continue;
    if (typeof text !== 'string' || !/^[1-9]\d{0,8}$/.test(text))
      return E.left(`--${flagOf(name)}: a number from 1 on`);
    sizes[name] = Number(text);
  }
  const measures = only.length === 0 ? MEASURES : only.filter(isMeasure);
  return E.right({ json, help, sizes, seed, measures, ...(profile === undefined ? {} : { profile }) });
};
