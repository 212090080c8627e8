import * as E from 'fp-ts/Either';
import { documentsReader } from './documents/read-document';
import type { ImportOptions, RegistrationAnswer } from './import-receipts';
import { importReceipts } from './import-receipts';
import type { RegistrationOrder } from './registration-order';
import { DOCUMENT_EXAMPLE } from './wrong-lines';

const sale = (id: string, more: object = {}): string =>
  JSON.stringify({ ...(JSON.parse(DOCUMENT_EXAMPLE) as object), id, ...more });

const refund = (id: string, of: string): string =>
  sale(id, { sign: 2, refundOf: { document: 'order-1042', id: of } });

async function* bytes(...lines: ReadonlyArray<string>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${lines.join('\n')}\n`);
}

const answered: RegistrationAnswer = { _tag: 'Registered', receiptId: 'r' };

const runOn = (chunks: AsyncIterable<Uint8Array>, options: Partial<ImportOptions> = {}) =>
  importReceipts({
    chunks,
    read: documentsReader(),
    register: () => Promise.resolve(answered),
    ...options,
  })();

/** Registrations that end only when the test says so. */
const held = () => {
  const waiting = new Map<string, (answer: RegistrationAnswer) => void>();
  const begun: Array<string> = [];
  return {
    begun,
    waiting,
    register: (order: RegistrationOrder): Promise<RegistrationAnswer> =>
      new Promise((resolve) => {
        begun.push(order.source.settlementId);
        waiting.set(order.source.settlementId, resolve);
      }),
    end: (id: string, answer: RegistrationAnswer = answered) => waiting.get(id)?.(answer),
  };
};

/** Lets everything happen that needs no one to answer. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
};

describe('an import', () => {
  it('of an empty file is done at once', async () => {
    const nothing = { bytes: 0, lines: 0, registered: 0, known: 0, refused: {}, interrupted: false };
    async function* none(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array();
    }
    expect(await runOn(none())).toEqual(E.right(nothing));
  });

  it('passes empty lines over and counts their bytes', async () => {
    expect(await runOn(bytes('', '  ', sale('a'), '', ''))).toMatchObject({
      right: { lines: 1, registered: 1, bytes: Buffer.byteLength(sale('a')) + 7 },
    });
  });

  it('counts what was registered, known before and refused, each by its rule', async () => {
    const answers: Record<string, RegistrationAnswer> = {
      b: { _tag: 'Known', receiptId: 'r' },
      c: { _tag: 'Refused', refusal: { rule: 'no-cash-on-cloud-register', field: 'payments.cash' } },
    };
    const told: Array<string> = [];
    const report = await runOn(bytes(sale('a'), sale('b'), '{', sale('c'), '{'), {
      register: ({ source }) => Promise.resolve(answers[source.settlementId] ?? answered),
      onRefused: ({ line, rule, field }) => told.push(`${line} ${rule} ${field}`),
    });
    expect(report).toMatchObject({
      right: {
        lines: 5,
        registered: 1,
        known: 1,
        refused: { 'json-syntax': 2, 'no-cash-on-cloud-register': 1 },
      },
    });
    expect(told).toEqual(['3 json-syntax ', '4 no-cash-on-cloud-register payments.cash', '5 json-syntax ']);
  });

  it('registers side by side up to a limit, and tells lines in their order', async () => {
    const { begun, register, end } = held();
    const told: Array<number> = [];
    const run = runOn(bytes(sale('a'), sale('b'), sale('c'), sale('d')), {
      register,
      inFlight: 2,
      onRefused: ({ line }) => told.push(line),
    });
    await settled();
    expect(begun).toEqual(['a', 'b']);
    end('b', { _tag: 'Refused', refusal: { rule: 'x', field: '' } });
    await settled();
    expect(told).toEqual([]);
    end('a', { _tag: 'Refused', refusal: { rule: 'x', field: '' } });
    await settled();
    // The answer to the second was there before that to the first, so two places are free now.
    expect([begun, told]).toEqual([
      ['a', 'b', 'c', 'd'],
      [1, 2],
    ]);
    end('c');
    end('d');
    expect(await run).toMatchObject({ right: { lines: 4, registered: 2 } });
    expect(told).toEqual([1, 2]);
  });

  it('lets a refund wait for all lines above it', async () => {
    const { begun, register, end } = held();
    const run = runOn(bytes(sale('a'), sale('b'), refund('c', 'a'), sale('d')), { register });
    await settled();
    expect(begun).toEqual(['a', 'b']);
    end('b');
    await settled();
    expect(begun).toEqual(['a', 'b']);
    end('a');
    await settled();
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
    end('c');
    end('d');
    expect(await run).toMatchObject({ right: { registered: 4 } });
  });

  it('ends where registration fails, and says how far it came', async () => {
    const begun: Array<string> = [];
    const report = await runOn(bytes(...Array.from({ length: 100 }, (_, index) => sale(`s-${index}`))), {
      inFlight: 4,
      register: ({ source }) => {
        begun.push(source.settlementId);
        return Promise.resolve(source.settlementId === 's-10' ? { _tag: 'Failed', code: 'full' } : answered);
      },
    });
    expect(report).toMatchObject({
      left: { _tag: 'RegistrationFailed', code: 'full', report: { lines: 10, registered: 10 } },
    });
    expect(begun.length).toBeLessThan(16);
  });

  it('ends where the file can not be read on; what was read is done', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${sale('a')}\n`);
      throw Object.assign(new Error('secret path'), { code: 'EIO' });
    }
    expect(await runOn(broken())).toMatchObject({
      left: { _tag: 'FileUnreadable', code: 'EIO', report: { registered: 1 } },
    });
  });

  it('stops between two lines when it is told to, and ends the stream', async () => {
    const stop = new AbortController();
    let isEnded = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (let index = 0; ; index += 1) yield Buffer.from(`${sale(`s-${index}`)}\n`);
      } finally {
        isEnded = true;
      }
    }
    const report = await runOn(endless(), {
      signal: stop.signal,
      onProgress: ({ lines }) => {
        if (lines === 50) stop.abort();
      },
    });
    expect(report).toMatchObject({ right: { interrupted: true } });
    expect(isEnded).toBe(true);
  });

  it('tells its progress by bytes, never back', async () => {
    const seen: Array<number> = [];
    const lines = [sale('a'), '{', sale('b')];
    await runOn(bytes(...lines), { onProgress: (progress) => seen.push(progress.bytes) });
    const ends = lines.map((_, index) => Buffer.byteLength(`${lines.slice(0, index + 1).join('\n')}\n`));
    expect(seen).toEqual(ends);
  });
});
