import type { NotStarted } from '@cloud-kassa/kkt-emulator';
import { notStarted } from './emulator-not-started';

describe('an emulator that was not started', () => {
  it.each<readonly [NotStarted, number, RegExp]>([
    [{ _tag: 'StorageInUse', pid: 17 }, 5, /another emulator works in here \(process 17\).*--directory/],
    [{ _tag: 'StorageCorrupt', file: 'calls', line: 3 }, 5, /damaged: calls, line 3.*--directory/],
    [{ _tag: 'StorageFailed', step: 'open', code: 'EACCES' }, 5, /\(EACCES\).*--directory/],
    [{ _tag: 'NotListening', code: 'EADDRINUSE' }, 5, /port 8080 is taken by another program.*--port/],
    [{ _tag: 'NotListening', code: 'EACCES' }, 5, /port 8080 can not be listened on \(EACCES\)/],
    [{ _tag: 'GroupDiffers', group: 'g' }, 2, /the group g with other registers/],
    [{ _tag: 'FaultsRefused', field: 'faults[0].do', rule: 'unknown-fault' }, 2, /--faults.*faults\[0\]\.do/],
    [{ _tag: 'SettingsRefused', field: 'groups', rule: 'empty' }, 2, /settings.*groups/],
  ])('%j: it is said what is in the way and what to do', (problem, exit, english) => {
    const ended = notStarted(problem, { directory: 'here', port: 8080 });
    expect(ended).toMatchObject({ exit, data: { error: { _tag: problem._tag } } });
    expect(ended.problem?.english).toMatch(english);
    expect(ended.problem?.english).not.toContain(problem._tag);
    expect(ended.problem?.russian).toMatch(/^Эмулятор не запущен: [а-я].*\.$/);
  });
});
