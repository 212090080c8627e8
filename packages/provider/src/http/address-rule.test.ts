import { isAllowedAddress } from './address-rule';

// RFC 6890 and the IANA registries of special-purpose addresses.
const SPECIAL = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.168.0.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::10.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:192.168.1.1',
  '::ffff:0:10.0.0.1',
  '64:ff9b::a00:1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:a00:1::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fec0::1',
  'ff02::1',
];
const LOOPBACK = ['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1'];
const PUBLIC = [
  '8.8.8.8',
  '94.228.252.55',
  '172.15.0.1',
  '172.32.0.1',
  '100.128.0.1',
  '2a00:1450:4010::1',
  '::ffff:8.8.8.8',
];

describe('the address rule', () => {
  it.each(SPECIAL)('public lets no connection go to %s, nor does the one for emulators', (address) => {
    expect(isAllowedAddress(address, 'public')).toBe(false);
    expect(isAllowedAddress(address, 'public-and-loopback')).toBe(false);
    expect(isAllowedAddress(address, 'any')).toBe(true);
  });

  it.each(LOOPBACK)('only the one for emulators lets a connection go to this machine (%s)', (address) => {
    expect(isAllowedAddress(address, 'public')).toBe(false);
    expect(isAllowedAddress(address, 'public-and-loopback')).toBe(true);
  });

  it.each(PUBLIC)('all of them let connections go to the Internet (%s)', (address) => {
    expect(isAllowedAddress(address, 'public')).toBe(true);
    expect(isAllowedAddress(address, 'public-and-loopback')).toBe(true);
  });

  it('takes no names and no nonsense', () => {
    for (const text of ['', 'localhost', '1.2.3', '1.2.3.4.5', '::g'])
      expect(isAllowedAddress(text, 'any')).toBe(false);
  });
});
