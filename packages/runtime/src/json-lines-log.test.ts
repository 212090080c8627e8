import { jsonLinesLog, silentLog } from './json-lines-log';

const wall = (): string => '2026-01-01T00:00:00.000Z';

const broken = (): never => {
  throw new Error('EPIPE');
};

describe('the JSON-lines log', () => {
  it('writes one object per line, time, level and message first; fields do not take their place', () => {
    const lines: string[] = [];
    const log = jsonLinesLog({ sink: (line) => lines.push(line), wall });
    log.write('info', 'receipt is waiting', { at: 'x', message: 'y', attempts: 3, reason: 'line\nbreak' });
    expect(lines).toEqual([
      '{"at":"2026-01-01T00:00:00.000Z","level":"info","message":"receipt is waiting","attempts":3,"reason":"line\\nbreak"}\n',
    ]);
  });

  it('leaves out what is below its level', () => {
    const lines: string[] = [];
    const sink = (line: string): void => void lines.push(line);
    jsonLinesLog({ sink, wall }).write('debug', 'a');
    jsonLinesLog({ sink, wall, level: 'error' }).write('warn', 'b');
    jsonLinesLog({ sink, wall, level: 'debug' }).write('debug', 'c');
    silentLog.write('error', 'd');
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(['c']);
  });

  it('stamps lines by the wall clock of the system when no other is given', () => {
    const lines: string[] = [];
    jsonLinesLog({ sink: (line) => lines.push(line) }).write('info', 'a');
    expect(JSON.parse(lines[0] ?? '').at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('does not stop the work when its sink is broken', () => {
    expect(() => jsonLinesLog({ sink: broken, wall }).write('error', 'a')).not.toThrow();
  });
});
