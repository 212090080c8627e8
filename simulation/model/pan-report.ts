import type { Verdict } from './runs';

/** What `pan`, the checker that spin makes of a model, said at its end. */
export interface PanReport {
  /** A verdict of ours; anything else is pan's own words and always a surprise. */
  readonly verdict: Verdict | { readonly unexpected: string };
  readonly states: number;
  readonly seconds: number;
  readonly megabytes: number;
  /** Statements that an exhaustive search never came to, as `line: text`. */
  readonly unreached: ReadonlyArray<{ readonly line: number; readonly text: string }>;
}

/** The model's assertions as pan prints them. */
const VIOLATIONS: ReadonlyArray<readonly [RegExp, Verdict]> = [
  [/^\(*prints==1\)*$/, 'double'],
  [/^\(*prints==0\)\|\|\(st!=\d+\)*$/, 'document after cancel'],
  [/^\(*prints>0\)*$/, 'phantom document'],
  [/^\(*pver==ver\)*$/, 'wrong payload'],
  [/^\(*intent\[\w+\]\)*$/, 'unrecorded send'],
];

const numberAfter = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? 0);

const verdictOf = (output: string): PanReport['verdict'] => {
  const violated = /assertion violated (.*) \(at depth/.exec(output)?.[1];
  if (violated !== undefined) {
    const known = VIOLATIONS.find(([pattern]) => pattern.test(violated));
    return known === undefined ? { unexpected: `assertion violated: ${violated}` } : known[1];
  }
  if (output.includes('acceptance cycle (at depth')) return 'never ends';
  const trouble = /^(?:pan|error):.*(?:reached|too small|out of memory|invalid end state.*).*$/m.exec(
    output,
  )?.[0];
  if (trouble !== undefined) return { unexpected: trouble };
  if (/Search not completed|max search depth too small/.test(output))
    return { unexpected: 'search not completed' };
  return /errors: 0$/m.test(output) ? 'clean' : { unexpected: 'no result' };
};

/** Reads what pan printed. */
export const panReport = (output: string): PanReport => ({
  verdict: verdictOf(output),
  states: numberAfter(output, /^\s*([\d.e+]+) states, stored/m),
  seconds: numberAfter(output, /elapsed time ([\d.e+-]+) seconds/),
  megabytes: numberAfter(output, /([\d.]+)\s+total actual memory usage/),
  unreached: [...output.matchAll(/^\t\S*:(\d+), state \d+, "(.*)"$/gm)].map((match) => ({
    line: Number(match[1]),
    text: match[2] ?? '',
  })),
});
