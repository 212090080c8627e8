/** What a run of the model may come to. */
export type Verdict =
  | 'clean'
  | 'double'
  | 'document after cancel'
  | 'phantom document'
  | 'wrong payload'
  | 'unrecorded send'
  | 'never ends';

export interface Run {
  readonly name: string;
  /** What the run shows, in words. */
  readonly shows: string;
  readonly kind: 'safety' | 'liveness';
  readonly switches: ReadonlyArray<string>;
  readonly expected: Verdict;
}

const CLASSES = ['A', 'B', 'C', 'D'] as const;
type ProviderClass = (typeof CLASSES)[number];

const classSwitch = (name: ProviderClass): string => `CLASS=${CLASSES.indexOf(name) + 1}`;

const safety = (name: string, shows: string, expected: Verdict, ...switches: ReadonlyArray<string>): Run => ({
  name,
  shows,
  kind: 'safety',
  switches,
  expected,
});

const liveness = (
  name: string,
  shows: string,
  expected: Verdict,
  ...switches: ReadonlyArray<string>
): Run => ({
  name,
  shows,
  kind: 'liveness',
  switches: ['LIVE', 'NOCANCEL', ...switches],
  expected,
});

/** A planted mistake whose double must not hide behind a shorter trace that cancels or amends. */
const double = (name: string, shows: string, ...switches: ReadonlyArray<string>): Run =>
  safety(name, shows, 'double', name, 'NOCANCEL', 'NOAMEND', ...switches);

/** The protocol as it is, against providers of every class: every invariant, and every registration accounted for. */
export const BASE_RUNS: ReadonlyArray<Run> = CLASSES.map((name) =>
  safety(`class ${name}`, 'two workers, two sends, two faults', 'clean', 'STRICT', classSwitch(name)),
);

/** The same in a larger world. Two and a half gigabytes at most, and minutes each. */
export const LONG_RUNS: ReadonlyArray<Run> = [
  ...CLASSES.map((name) =>
    safety(
      `class ${name}, three sends`,
      'two workers, three sends, two faults',
      'clean',
      'STRICT',
      classSwitch(name),
      'MAXSEND=3',
    ),
  ),
  safety(
    'class A, three keys',
    'three sends, three generations, one fault',
    'clean',
    'STRICT',
    'MAXSEND=3',
    'NG=3',
    'FAULTS=1',
  ),
  safety('class A, three faults', 'two workers, two sends, three faults', 'clean', 'STRICT', 'FAULTS=3'),
  safety(
    'class A, three workers',
    'three workers, two sends, one fault',
    'clean',
    'STRICT',
    'NW=3',
    'FAULTS=1',
  ),
];

/** L1: with finitely many faults every receipt leaves the machine's hands, long before the horizon. */
export const LIVENESS_RUNS: ReadonlyArray<Run> = [
  ...CLASSES.map((name) =>
    liveness(
      `liveness ${name}`,
      'no receipt stays under way for ever',
      'clean',
      'NOHORIZON',
      classSwitch(name),
    ),
  ),
  liveness('liveness, horizon', 'nor when the horizon passes at any moment', 'clean'),
];

/** Planted design mistakes: each must be refuted. */
export const MUTANTS: ReadonlyArray<Run> = [
  double('M1', 'a new key because the provider says "absent"'),
  double('M2', 'failover with sends unaccounted for'),
  double('M3', 'append without the revision that was read', 'FAULTS=1'),
  safety('M4', 'call first, record afterwards', 'unrecorded send', 'M4'),
  double('M5', 'an ambiguous failure treated as a failure'),
  double(
    'M6',
    'a new key after a refusal, an earlier send still travelling',
    'MAXSEND=3',
    'FAULTS=1',
    'NOHORIZON',
  ),
  double('M7', 'a gateway\'s own 503 trusted as "not registered"', 'FAULTS=1'),
  double('M8', '"the OFD shows nothing" as proof, the device has unsent documents'),
  safety('M9', 'cancelled while the outcome is unknown', 'document after cancel', 'M9', 'NOAMEND'),
  safety('M10', 'a forged webhook believed', 'phantom document', 'M10', 'NOAMEND'),
  safety(
    'M11',
    'content amended under the same key, an earlier send still travelling',
    'wrong payload',
    'M11',
    'NOCONTENT',
    'NOCANCEL',
  ),
  safety('M12', 'cancelled while held, sends unaccounted for', 'document after cancel', 'M12', 'NOAMEND'),
  double('M13', 'resumed under a new key'),
  double('M14', 'an outcome of a former epoch recorded', 'MAXSEND=3', 'NOHORIZON'),
  double('M15', 'sent again beyond the horizon'),
  safety(
    'M16',
    'an answer about a former key taken for the current one',
    'document after cancel',
    'M16',
    'NOAMEND',
  ),
  safety(
    'M17',
    'the handle in a callback believed without comparing its key',
    'phantom document',
    'M17',
    'NOAMEND',
    classSwitch('C'),
  ),
  double('M18', 'one void clears the whole account', 'MAXSEND=3', 'FAULTS=1', 'NOHORIZON'),
  double('M19', "a dead worker's send counted as never made"),
  double('M20', 'resumed beyond the horizon without evidence'),
  safety(
    'M21',
    'the content read before an amendment is sent after it',
    'wrong payload',
    'M21',
    'NOCONTENT',
    'NOCANCEL',
  ),
  double('M22', 'evidence that speaks of an earlier send', 'MAXSEND=3', 'FAULTS=1'),
  safety('M23', 'the key and the device read before the intent', 'unrecorded send', 'M23', 'NOAMEND'),
  double('M24', 'one intent, two requests', 'FAULTS=0'),
  double('M25', 'sent again in doubt to a provider without keys', classSwitch('D')),
  double('M26', 'evidence of no document before the horizon of the last send'),
  safety(
    'M27',
    'a failure of the key as it was, taken for that of a later send',
    'document after cancel',
    'M27',
    'NOAMEND',
  ),
];

/** Mistakes after which a receipt is forgotten. */
export const LIVENESS_MUTANTS: ReadonlyArray<Run> = [
  liveness(
    'L1',
    'on "absent" wait instead of sending again under the same key',
    'never ends',
    'L1',
    'NOHORIZON',
  ),
  liveness(
    'L2',
    'the horizon measured from the first send ever, not from the oldest unaccounted for',
    'never ends',
    'L2',
  ),
  liveness(
    'L3',
    'a provider that lost what it had acknowledged is waited for',
    'never ends',
    'L3',
    'NOHORIZON',
  ),
];

/** The assumptions of the proof are needed: without any of them a double is possible. A4 is M3, A5 is M7. */
export const ASSUMPTIONS: ReadonlyArray<Run> = [
  double('A1', "the provider's look at the key is not atomic"),
  double('A2', 'the provider forgets a key before the horizon'),
  double('A3', 'the provider does not remember a failure', 'MAXSEND=3', 'FAULTS=1'),
];

/** What can not be prevented is named: the receipt becomes Disputed. */
export const NAMED_RUNS: ReadonlyArray<Run> = [
  ...(['A1', 'A2', 'A3'] as const).map((name) =>
    liveness(
      `${name} named`,
      'every double ends as a dispute',
      'clean',
      name,
      'NAMED',
      'NOAMEND',
      'NOHORIZON',
      'FAULTS=1',
    ),
  ),
  safety(
    'M21 named',
    'a provider that tells the content: a wrong one is disputed, never fiscalized',
    'clean',
    'M21',
    'TOLD',
    'NOHORIZON',
  ),
];

export const SHORT: ReadonlyArray<Run> = [
  ...BASE_RUNS,
  ...LIVENESS_RUNS,
  ...NAMED_RUNS,
  ...MUTANTS,
  ...LIVENESS_MUTANTS,
  ...ASSUMPTIONS,
];
