import { BlockList, isIP } from 'node:net';

/**
 * Which addresses a host name may lead to. `public`: addresses of the Internet only, so that a name taken over or misspelt can not lead
 * into the own network; `public-and-loopback`: this machine too, for emulators; `any`: no rule.
 */
export type AddressRule = 'public' | 'public-and-loopback' | 'any';

const subnets = (...list: ReadonlyArray<readonly [address: string, prefix: number]>): BlockList => {
  const blocks = new BlockList();
  for (const [address, prefix] of list)
    blocks.addSubnet(address, prefix, address.includes(':') ? 'ipv6' : 'ipv4');
  return blocks;
};

const LOOPBACK = subnets(['127.0.0.0', 8], ['::1', 128]);

/** Not of the Internet: RFC 6890 and its registry (private, shared, link-local, test, multicast, reserved), IPv6 forms that carry IPv4. */
const SPECIAL = subnets(
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['::', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
);

const isIn = (blocks: BlockList, address: string): boolean => {
  const family = isIP(address);
  return family !== 0 && blocks.check(address, family === 4 ? 'ipv4' : 'ipv6');
};

/** May a connection go to this address? What is no IP address may not. IPv6 forms of IPv4 addresses count as what they lead to. */
export const isAllowedAddress = (address: string, rule: AddressRule): boolean => {
  if (isIP(address) === 0) return false;
  if (rule === 'any' || !isIn(SPECIAL, address)) return true;
  return rule === 'public-and-loopback' && isIn(LOOPBACK, address);
};
