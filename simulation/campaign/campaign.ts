import { simulate } from '../world/simulate';
import type { SimulationReport } from '../world/simulate';
import type { Finding } from '../world/oracle';

/** What a campaign has to reach before it ends. */
export interface CampaignGoal {
  readonly hours: number;
  readonly faults: number;
}

/** The sum of many histories. */
export interface CampaignReport {
  readonly seeds: number;
  readonly hours: number;
  readonly receipts: number;
  readonly documents: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly faultCount: number;
  readonly cells: Readonly<Record<string, number>>;
  readonly lost: number;
  readonly doubled: number;
  readonly findings: ReadonlyArray<Finding & { readonly seed: string }>;
}

export const EMPTY_REPORT: CampaignReport = {
  seeds: 0,
  hours: 0,
  receipts: 0,
  documents: 0,
  faults: {},
  faultCount: 0,
  cells: {},
  lost: 0,
  doubled: 0,
  findings: [],
};

const added = (
  a: Readonly<Record<string, number>>,
  b: Iterable<readonly [string, number]>,
): Readonly<Record<string, number>> => {
  const sum: Record<string, number> = { ...a };
  for (const [key, count] of b) sum[key] = (sum[key] ?? 0) + count;
  return sum;
};

/** A receipt that never ended is lost; more documents than one, or a document after cancelling, is doubled. */
const LOST = new Set(['L1']);
const DOUBLED = new Set(['I1', 'I8']);

export const withHistory = (campaign: CampaignReport, history: SimulationReport): CampaignReport => ({
  seeds: campaign.seeds + 1,
  hours: campaign.hours + history.hours,
  receipts: campaign.receipts + history.receipts,
  documents: campaign.documents + history.documents,
  faults: added(campaign.faults, Object.entries(history.faults)),
  faultCount: campaign.faultCount + history.faultCount,
  cells: added(campaign.cells, history.cells),
  lost: campaign.lost + history.findings.filter(({ invariant }) => LOST.has(invariant)).length,
  doubled: campaign.doubled + history.findings.filter(({ invariant }) => DOUBLED.has(invariant)).length,
  findings: [
    ...campaign.findings,
    ...history.findings.map((finding) => ({ ...finding, seed: history.seed })),
  ],
});

export const merged = (a: CampaignReport, b: CampaignReport): CampaignReport => ({
  seeds: a.seeds + b.seeds,
  hours: a.hours + b.hours,
  receipts: a.receipts + b.receipts,
  documents: a.documents + b.documents,
  faults: added(a.faults, Object.entries(b.faults)),
  faultCount: a.faultCount + b.faultCount,
  cells: added(a.cells, Object.entries(b.cells)),
  lost: a.lost + b.lost,
  doubled: a.doubled + b.doubled,
  findings: [...a.findings, ...b.findings],
});

/** Runs histories `first`, `first + step`, … of a base seed until the goal is reached. */
export const runCampaign = async (
  base: string,
  goal: CampaignGoal,
  first: number,
  step: number,
): Promise<CampaignReport> => {
  let report = EMPTY_REPORT;
  for (let number = first; report.hours < goal.hours || report.faultCount < goal.faults; number += step) {
    report = withHistory(report, await simulate({ seed: `${base}-${number}`, drain: 'fast' }));
  }
  return report;
};
