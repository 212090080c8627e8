import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerDocument } from '@cloud-kassa/audit';
import * as E from 'fp-ts/Either';
import type { Emulating, Workplace } from './cli.testing';
import { INN, workplace } from './cli.testing';
import { ledgerAt } from './commands/audit';
import { REAL_RECEIPTS } from './receipts-import/fns-extract/real-receipts.testing';

/*
 * What must be seen, 2: all 512 real receipts through the command, from the file to the documents of emulated registers. Each has the totals and
 * the VAT of the real receipt, or the name of the rule that refused it.
 */

const FILE = join(__dirname, '../../ffd/fixtures/real-receipts.ndjson');

const IMPORT = [
  `receipts import ${FILE} --format fns-extract --rehearsal --organisation ${INN}`,
  '--register per-line=till-per-line --register per-total=till-per-total',
  '--taxation-default 1 --method-default 4 --subject-default 1 --vat-default 6',
  '--measure-default 0 --supplier-default 000000000000 --contact-default nobody@example.ru',
].flatMap((part) => part.split(' '));

interface Shown {
  readonly sourceDocument: string;
  readonly fn: string;
  readonly fd: number;
}

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left));
  return either.right;
};

/** Every document of the emulator by drive and number, read as the auditor reads it. */
const ledgerOf = async ({ url, adminToken }: Emulating): Promise<ReadonlyMap<string, LedgerDocument>> => {
  const ledger = ledgerAt(url, readFileSync(adminToken.replace('file:', ''), 'utf8').trim());
  const documents: LedgerDocument[] = [];
  for (const { group } of right(await ledger.groups()))
    documents.push(...right(await ledger.documents(group, 0, 1_000)()));
  return new Map(documents.map((document) => [`${document.fn}/${document.fd}`, document]));
};

let place: Workplace;
let emulator: Emulating;

beforeAll(async () => {
  place = workplace();
  emulator = await place.emulator('--rehearsal');
  const connect = async (rule: 'per-line' | 'per-total'): Promise<void> => {
    const set = await place.call(
      [
        `init --emulator ${emulator.url} --organisation ${INN} --device ${rule} --register till-${rule}`,
        `--vat-rule ${rule} --legal-ground remote-courier --taxation 1,2,4,8,16,32 --offline`,
      ].flatMap((part) => part.split(' ')),
    );
    if (set.exit !== 0) throw new Error(set.error);
  };
  await connect('per-line');
  await connect('per-total');
});
afterAll(() => place.close());

const OUTCOMES = {
  // S7: a cloud register takes no cash.
  'no-cash-on-cloud-register': 156,
  // Extracts drop marking codes.
  'marking-code-required': 11,
  // Several VAT totals, and lines without codes.
  'vat-code-unknown': 8,
  // One of 2018, and registers that were late in 2020.
  'vat-rate-gone': 5,
  // Extracts that lack prepaid and credit sums.
  'payments-differ-from-total': 2,
};

describe('the 512 real receipts through the command', () => {
  it('are registered, or refused by a rule that has a name and a line', async () => {
    const imported = await place.call([...IMPORT, '--json']);
    // Among them are lines that can not be read as receipts at all.
    expect(imported.exit).toBe(2);
    expect(imported.error).toMatch(/^Line \d+, \S+: vat-(code-unknown|rate-gone)\. [A-Z]/);
    expect(imported.data).toMatchObject({ lines: 512, registered: 330, known: 0, refused: OUTCOMES });
    const refusedLines = imported.data['refusedLines'] as ReadonlyArray<{
      line: number;
      rule: string;
      field: string;
    }>;
    expect(refusedLines).toHaveLength(182);
    for (const { line, rule, field } of refusedLines)
      expect({ line, rule, field }).toEqual({
        line: expect.any(Number),
        rule: expect.stringMatching(/^[a-z-]+$/),
        field: expect.any(String),
      });
  });

  it('imported again are known, and nothing is registered', async () => {
    expect((await place.call([...IMPORT, '--json'])).data).toMatchObject({
      lines: 512,
      registered: 0,
      known: 330,
      refused: OUTCOMES,
    });
  });

  it('become 327 documents; what the protocol can not say is held, with the rule', async () => {
    const worked = await place.call(['fiscalize', '--until-idle', '--json']);
    expect(worked).toMatchObject({ exit: 8, data: { settlements: [] } });
    expect(worked.data['receipts']).toHaveLength(3);
    const queue = await place.ask('queue', 'list', '--limit', '10');
    expect(queue).toMatchObject({
      counts: { new: 0, fiscalizing: 0, fiscalized: 327, error: 3, cancelled: 0 },
    });
    for (const row of queue['receipts'] as ReadonlyArray<Record<string, unknown>>)
      expect(row).toMatchObject({ reason: 'invalid', reasonCode: 'not-expressible:total-of-items' });
  });

  it('say in the ledger what the real ones said: sign, lines, total, payments and VAT', async () => {
    const ledger = await ledgerOf(emulator);
    const documents = ((await place.ask('status', 'documents', '--limit', '1000'))['documents'] ??
      []) as ReadonlyArray<Shown>;
    expect(documents).toHaveLength(327);
    expect(new Set(documents.map(({ fn, fd }) => `${fn}/${fd}`)).size).toBe(327);
    let withVat = 0;
    for (const { sourceDocument, fn, fd } of documents) {
      const real = REAL_RECEIPTS.get(sourceDocument);
      const printed = ledger.get(`${fn}/${fd}`)?.receipt;
      if (real === undefined || printed === undefined) throw new Error(sourceDocument);
      const { totals, items, operationType, vatTotals } = real;
      expect(printed).toMatchObject({
        settlementSign: operationType,
        total: totals.total,
        payments: { cash: 0, cashless: totals.ecash ?? 0, prepaid: totals.prepaid ?? 0 },
        items: items.map(({ sum }) => ({ sum })),
      });
      const stated = Object.entries(vatTotals).map(([code, amount]) => ({ code: Number(code), amount }));
      withVat += stated.length === 0 ? 0 : 1;
      expect(stated.length === 0 ? [] : printed.vatTotals).toEqual(stated);
    }
    // These state no VAT total at all: three at 0 %, four without any code.
    expect(withVat).toBe(327 - 7);
    // Nothing was printed that nobody asked for.
    expect([...ledger.values()].filter(({ receipt }) => receipt !== undefined)).toHaveLength(327);
  });

  it('are found sound by the audit, the ledger compared', async () => {
    const audited = await place.call([
      'audit',
      '--ledger',
      emulator.url,
      '--ledger-token',
      emulator.adminToken,
      '--json',
    ]);
    expect(audited).toMatchObject({
      exit: 0,
      data: {
        verdict: 'ok',
        findingCount: 0,
        receipts: { registered: 330, held: 3 },
        documents: { recorded: 327 },
        ledger: { receipts: 327, contentChecked: 327 },
      },
    });
  });
});
