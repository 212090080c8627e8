import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { ATTEMPT_TABLE } from '@cloud-kassa/core';
import type { CampaignReport } from './campaign';
import { EMPTY_REPORT, merged, runCampaign } from './campaign';

/*
 * Runs simulated histories until a goal is reached, in as many processes as asked, and prints one line of totals:
 *
 *   npm run simulate -- --hours 2000 --faults 50000 --processes 2 --base ci
 *
 * Exit code 0: nothing lost, nothing doubled, no invariant broken. 1: something was found; every finding names the seed of its history.
 */

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '2000' },
    faults: { type: 'string', default: '50000' },
    processes: { type: 'string', default: '2' },
    base: { type: 'string', default: 'ci' },
    child: { type: 'string' },
    cells: { type: 'boolean', default: false },
  },
});

const processes = Math.max(1, Number(values.processes));

const runChild = async (first: number): Promise<void> => {
  const goal = { hours: Number(values.hours) / processes, faults: Number(values.faults) / processes };
  const report = await runCampaign(values.base, goal, first, processes);
  process.send?.(report, () => process.exit(0));
};

const childReport = (first: number): Promise<CampaignReport> =>
  new Promise((resolve, reject) => {
    const child = fork(__filename, [...process.argv.slice(2), '--child', String(first)]);
    child.on('message', (message) => resolve(message as CampaignReport));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code !== 0) reject(new Error(`a process of the campaign ended with ${code}`));
    });
  });

/** Cells of the table that write an event, and how often they were visited. */
const coverageLines = (report: CampaignReport): ReadonlyArray<string> =>
  ATTEMPT_TABLE.filter(({ writes }) => writes !== 'nothing').map(({ row, from, writes, to }) => {
    const event = writes.split('+').at(-1) ?? writes;
    const visits = from.reduce(
      (sum, phase) => sum + (report.cells[`${phase} ${event} ${to === 'same' ? phase : to}`] ?? 0),
      0,
    );
    return `row ${String(row).padStart(2)}  ${from.join('/')} ${event}: ${visits}`;
  });

const runParent = async (): Promise<void> => {
  const reports = await Promise.all(Array.from({ length: processes }, (_, first) => childReport(first)));
  const report = reports.reduce(merged, EMPTY_REPORT);
  if (values.cells) process.stdout.write(`${coverageLines(report).join('\n')}\n`);
  for (const { seed, invariant, receiptId, what } of report.findings)
    process.stdout.write(`FOUND seed=${seed} ${invariant} receipt=${receiptId} ${what}\n`);
  process.stdout.write(
    `seeds=${report.seeds} sim_hours=${Math.round(report.hours)} receipts=${report.receipts} documents=${report.documents} ` +
      `faults=${report.faultCount} fault_kinds=${Object.keys(report.faults).length} ` +
      `lost=${report.lost} doubled=${report.doubled} findings=${report.findings.length}\n`,
  );
  process.exitCode = report.findings.length === 0 ? 0 : 1;
};

void (values.child === undefined ? runParent() : runChild(Number(values.child)));
