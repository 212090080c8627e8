/** File systems whose locks or shared memory are not those of one machine, by the names that Linux gives them. */
const NETWORK: ReadonlySet<string> = new Set([
  '9p',
  'afs',
  'beegfs',
  'ceph',
  'cifs',
  'coda',
  'fuse.ceph',
  'fuse.gcsfuse',
  'fuse.glusterfs',
  'fuse.rclone',
  'fuse.s3fs',
  'fuse.sshfs',
  'gfs2',
  'glusterfs',
  'gpfs',
  'lustre',
  'ncpfs',
  'nfs',
  'nfs4',
  'ocfs2',
  'prl_fs',
  'smb3',
  'smbfs',
  'vboxsf',
]);

/**
 * The name of the network file system that a file lies on, or `undefined` where it lies on none that is known.
 *
 * @param mountInfo the text of `/proc/self/mountinfo` (proc(5)).
 * @param realPath absolute, without symbolic links.
 */
export const networkFileSystem = (mountInfo: string, realPath: string): string | undefined => {
  let deepest = { point: '', type: '' };
  for (const line of mountInfo.split('\n')) {
    const mount = mountOf(line);
    // Of two mounts at one point the later one hides the earlier.
    if (mount !== undefined && lies(realPath, mount.point) && mount.point.length >= deepest.point.length)
      deepest = mount;
  }
  return NETWORK.has(deepest.type) ? deepest.type : undefined;
};

const mountOf = (line: string): { readonly point: string; readonly type: string } | undefined => {
  const [before, after] = line.split(' - ');
  const point = before?.split(' ')[4];
  const type = after?.split(' ')[0];
  return point === undefined || type === undefined ? undefined : { point: unescaped(point), type };
};

// Space, tab, newline and backslash stand there in octal.
const unescaped = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

const lies = (path: string, point: string): boolean =>
  point === '/' || path === point || path.startsWith(`${point}/`);
