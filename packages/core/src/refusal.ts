/**
 * Why a command was refused: the rule by its stable name, the field it speaks of (dotted path in the command's data), and facts a
 * person or program needs to act. The offending value never stands here: contacts, names and secrets must not leak into logs.
 */
export interface Refusal<Rule extends string = string> {
  readonly rule: Rule;
  readonly field: string;
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}

/** What a rule says and where it comes from; the documentation of every refusal is made from such tables. */
export interface RuleDescription {
  readonly english: string;
  readonly russian: string;
  /** Law, order, protocol or design ground of the rule. */
  readonly source: string;
}

export type RuleTable<Rule extends string> = Readonly<Record<Rule, RuleDescription>>;
