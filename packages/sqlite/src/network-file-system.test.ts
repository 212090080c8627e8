import { networkFileSystem } from './network-file-system';

const mounts = (...lines: ReadonlyArray<readonly [point: string, type: string]>): string =>
  lines
    .map(
      ([point, type], index) => `${index} 1 0:${index} / ${point} rw,relatime shared:1 - ${type} source rw\n`,
    )
    .join('');

const table = mounts(
  ['/', 'ext4'],
  ['/srv', 'nfs4'],
  ['/srv/local', 'xfs'],
  ['/mnt/with\\040space', 'cifs'],
  ['/remote', 'fuse.sshfs'],
  ['/data', 'ext4'],
  ['/data', '9p'],
  ['/tmp', 'tmpfs'],
);

describe('the file system of a database file', () => {
  it.each([
    ['/srv/store.db', 'nfs4'],
    ['/mnt/with space/store.db', 'cifs'],
    ['/remote/x/store.db', 'fuse.sshfs'],
  ])('of %s is a network file system: %s', (path, type) => {
    expect(networkFileSystem(table, path)).toBe(type);
  });

  it.each(['/store.db', '/srv/local/store.db', '/srvother/store.db', '/tmp/store.db', '/mnt/store.db'])(
    'of %s is one of this machine',
    (path) => {
      expect(networkFileSystem(table, path)).toBeUndefined();
    },
  );

  it('is that of the later of two mounts at one point', () => {
    expect(networkFileSystem(table, '/data/store.db')).toBe('9p');
  });

  it('is not guessed where the table says nothing', () => {
    expect(networkFileSystem('', '/store.db')).toBeUndefined();
    expect(networkFileSystem('what is this\n\n - \n', '/store.db')).toBeUndefined();
  });
});
