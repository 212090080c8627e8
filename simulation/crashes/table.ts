import type { CampaignReport } from './campaign';

const WIDTH = 34;

const line = (what: string, value: string | number): string => `${what.padEnd(WIDTH)}${value}`;

const listed = (counts: ReadonlyMap<string, number>): string =>
  counts.size === 0
    ? 'none'
    : [...counts]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, count]) => `${name} ${count}`)
        .join(', ');

const sumOf = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

const byRule = (findings: CampaignReport['facts']['audit']['findings']): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
};

/** Whether the campaign showed what it has to show. */
export const isPassed = ({ verdicts, assumption, counts }: CampaignReport): boolean =>
  verdicts.length === 0 && (assumption === undefined || counts.doubled > 0);

/** A report for people. */
export const table = (report: CampaignReport): string => {
  const { counts, facts, events, assumption, verdicts } = report;
  const { shop, audit } = facts;
  const happened = (type: string): number => events.get(`receipt.${type}`) ?? 0;
  const doubled =
    assumption === undefined
      ? [line('doubled', counts.doubled)]
      : [
          line('doubled, as the ledger shows', counts.doubled),
          line('of them named by the audit', counts.named),
        ];
  return [
    line('seed', report.seed),
    line('store', report.store),
    line('assumption broken', assumption ?? 'none'),
    line('kills (kill -9)', report.kills),
    line('  at the moment drawn', report.killsInTime),
    line('processes killed', sumOf(report.killed)),
    line('  of them', listed(report.killed)),
    line('kinds of faults beside', report.faultKinds.size),
    ...(report.storeCallsStruck === undefined
      ? []
      : [line('calls of the store struck', report.storeCallsStruck)]),
    line('confirmed settlements', counts.settlements),
    line('calls made twice', shop.repeated),
    line('calls not accepted', listed(shop.notAccepted)),
    line('receipts', counts.receipts),
    line('  fiscalized', counts.fiscalized),
    line('  cancelled by the shop', counts.cancelled),
    line('  held, with a reason', counts.held),
    line('settled by a person', report.settledByPerson),
    line('sends authorised', happened('SendIntended')),
    line('  of unknown outcome', happened('OutcomeUnknown')),
    line('  taken over from the dead', happened('TakenOver')),
    line('  void', happened('SendVoided')),
    line('documents in the ledger', counts.documents),
    line('lost', counts.lost),
    ...doubled,
    line('findings of the audit', listed(byRule(audit.findings))),
    line('seconds', report.seconds.toFixed(0)),
    ...verdicts.map(({ rule, what }) => `FOUND ${rule}: ${what}`),
    ...(assumption !== undefined && counts.doubled === 0
      ? ['The ledger shows no double: nothing was proved. Take more kills or another seed.']
      : []),
    isPassed(report) ? 'passed' : 'FAILED',
  ].join('\n');
};

/** The same as plain data. */
export const reportData = (report: CampaignReport): object => ({
  seed: report.seed,
  store: report.store,
  assumption: report.assumption ?? null,
  kills: report.kills,
  killsInTime: report.killsInTime,
  processesKilled: sumOf(report.killed),
  killed: Object.fromEntries(report.killed),
  ...report.counts,
  settledByPerson: report.settledByPerson,
  storeCallsStruck: report.storeCallsStruck ?? null,
  faultKinds: Object.fromEntries(report.faultKinds),
  events: Object.fromEntries(report.events),
  callsNotAccepted: Object.fromEntries(report.facts.shop.notAccepted),
  audit: Object.fromEntries(byRule(report.facts.audit.findings)),
  findings: report.verdicts,
  seconds: Math.round(report.seconds),
  passed: isPassed(report),
});
