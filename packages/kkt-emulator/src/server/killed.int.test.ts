import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emulatorProcesses } from './emulator-processes.testing';
import type { EmulatorProcess, StartProcess } from './emulator-processes.testing';
import { adminOf, ask, clientOf, operation, operationOf, saleBody } from './server.testing';

const OPERATIONS = 200;
const CLIENTS = 8;

let place = '';
let start: StartProcess;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'kkt-emulator-killed-'));
  start = emulatorProcesses(join(place, 'emulator.cjs'));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

interface Line {
  readonly sequence: number;
  readonly key?: string;
  readonly fn: string;
  readonly fd: number;
  readonly fp: number;
}

const ledgerOf = async (url: string): Promise<ReadonlyArray<Line>> => {
  const { text } = await adminOf(url).get('/ledger/group/documents?limit=10000');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line]));
};

/**
 * Clients that repeat every operation under its id until it is answered. After so many answers the process is killed, and started
 * again when all clients have noticed.
 */
const run = async (directory: string, durability: 'flush' | 'fsync', kills: ReadonlyArray<number>) => {
  const answers = new Map<string, string>();
  const waiting = Array.from({ length: OPERATIONS }, (_, number) => operation(number + 1)).toReversed();
  let process: EmulatorProcess = await start(directory, durability, 60);
  for (const until of [...kills, OPERATIONS]) {
    const { url } = process;
    const agent = new Agent({ keepAlive: true });
    const { headers } = await clientOf(url);
    let dying: Promise<void> | undefined;
    const work = async (): Promise<void> => {
      for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
        const answer = await ask(`${url}/kkts/receipts`, { body: saleBody(key), headers, agent }).catch(
          () => undefined,
        );
        if (answer === undefined) {
          waiting.push(key);
          return;
        }
        expect(operationOf(answer).status).toBe('SUCCESS');
        answers.set(key, answer.text);
        if (answers.size >= until && until < OPERATIONS) dying ??= process.kill();
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, work));
    agent.destroy();
    if (until < OPERATIONS) {
      await (dying ?? process.kill());
      process = await start(directory, durability, 60);
    }
  }
  return { answers, process };
};

test.each([
  ['fsync', [30, 115]],
  ['flush', [70]],
] as const)(
  'killed in the middle, and started again (%s): nothing acknowledged is forgotten, no document is doubled',
  async (durability, kills) => {
    const directory = join(place, durability);
    const { answers, process } = await run(directory, durability, kills);
    await process.kill();
    const last = await start(directory, durability, 60);
    try {
      const ledger = await ledgerOf(last.url);
      const made = ledger.flatMap(({ key }) => (key === undefined ? [] : [key]));
      expect(made.toSorted()).toEqual([...answers.keys()].toSorted());
      expect(answers.size).toBe(OPERATIONS);
      for (const [index, { sequence }] of ledger.entries()) expect(sequence).toBe(index + 1);
      const numbers = new Map<string, number>();
      for (const { fn, fd } of ledger) {
        expect(fd).toBe((numbers.get(fn) ?? 0) + 1);
        numbers.set(fn, fd);
      }
      const client = await clientOf(last.url);
      for (const [key, text] of [...answers].slice(0, 40)) expect((await client.submit(key)).text).toBe(text);
      for (const { key = '', fp } of ledger.filter((line) => line.key !== undefined))
        expect(answers.get(key)).toContain(`"${String(fp).padStart(10, '0')}"`);
    } finally {
      await last.kill();
    }
  },
  30_000,
);
