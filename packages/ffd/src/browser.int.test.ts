import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';

/** The package as a page would load it: one script, no Node, no browser globals either. */
const loadBare = async (expression: string): Promise<unknown> => {
  const { outputFiles } = await build({
    stdin: { contents: "export * from './index';", resolveDir: __dirname, loader: 'ts' },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'ffd',
    conditions: ['@cloud-kassa/source'],
    write: false,
  });
  return runInNewContext(`${outputFiles[0]?.text ?? ''}; JSON.stringify(${expression})`, {}) as unknown;
};

describe('the fiscal data format in a bare JavaScript context', () => {
  it('bundles for a browser and needs nothing of its host', async () => {
    const json = await loadBare(
      "({ vat: ffd.vatOf(50175, 1), tlv: Array.from(ffd.encodeTlv([{ tag: 1020, value: { kind: 'integer', value: 80730 } }]).right), crc: ffd.crc16CcittFalse('123456789') })",
    );
    expect(json).toBe(
      JSON.stringify({ vat: 8363, tlv: [0xfc, 0x03, 0x03, 0x00, 0x5a, 0x3b, 0x01], crc: 0x29b1 }),
    );
  });
});
