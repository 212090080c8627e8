import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';

describe('the aggregates in a bare JavaScript context', () => {
  it('bundle for a browser and need nothing of their host', async () => {
    const { outputFiles } = await build({
      stdin: { contents: "export * from './index';", resolveDir: __dirname, loader: 'ts' },
      bundle: true,
      platform: 'browser',
      format: 'iife',
      globalName: 'core',
      conditions: ['@cloud-kassa/source'],
      write: false,
    });
    const receiptId = runInNewContext(
      `${outputFiles[0]?.text ?? ''}; core.receiptIdOf('7725327863', { document: 'order-1', settlementId: 'payment-1' })`,
      {},
    ) as unknown;
    const refused = runInNewContext(
      `${outputFiles[0]?.text ?? ''}; core.RECEIPT.decide({ type: 'CancelReceipt', data: { now: '', by: '', reason: '' } }, undefined).left.rule`,
      {},
    ) as unknown;
    expect(receiptId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(refused).toBe('not-registered');
  });
});
