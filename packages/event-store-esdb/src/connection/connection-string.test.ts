import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';
import { describeAddress, parseConnectionString } from './connection-string';

const parsed = (text: string): unknown => {
  const address = parseConnectionString(text);
  return E.isRight(address) ? address.right : address.left;
};

describe('a connection string', () => {
  it('names a node, several of which any knows the leader, or a name behind which nodes are found', () => {
    expect(parsed('esdb://node.example')).toMatchObject({
      kind: 'single',
      hosts: [{ address: 'node.example', port: 2113 }],
      tls: true,
      keepAliveInterval: 10_000,
    });
    expect(parsed('esdb://a:2111,b,10.0.0.3:2112/?tls=false')).toMatchObject({
      kind: 'gossip',
      hosts: [
        { address: 'a', port: 2111 },
        { address: 'b', port: 2113 },
        { address: '10.0.0.3', port: 2112 },
      ],
      tls: false,
    });
    expect(parsed('esdb+discover://cluster.example:2114')).toMatchObject({
      kind: 'discover',
      hosts: [{ address: 'cluster.example', port: 2114 }],
    });
  });

  it('has its options in any case, percent-encoded', () => {
    expect(
      parsed(
        'esdb://h?TLS=true&tlscafile=%2Fetc%2Fca%20one.pem&usercertfile=u.pem&userkeyfile=u.key&connectionName=shop&keepAliveInterval=20000&keepalivetimeout=3000&DEFAULTDEADLINE=7000&maxDiscoverAttempts=5&discoveryInterval=50&gossipTimeout=3&nodePreference=Leader&tlsVerifyCert=true&throwOnAppendFailure=true',
      ),
    ).toEqual({
      kind: 'single',
      hosts: [{ address: 'h', port: 2113 }],
      tls: true,
      tlsCAFile: '/etc/ca one.pem',
      userCertFile: 'u.pem',
      userKeyFile: 'u.key',
      connectionName: 'shop',
      keepAliveInterval: 20_000,
      keepAliveTimeout: 3_000,
      defaultDeadline: 7_000,
      maxDiscoverAttempts: 5,
      discoveryInterval: 50,
      gossipTimeout: 3,
    });
  });

  it.each([
    ['http://h:2113', 'scheme'],
    ['kurrentdb://h', 'scheme'],
    ['esdb:h', 'scheme'],
    ['', 'scheme'],
    ['esdb://', 'scheme'],
    ['esdb://?tls=false', 'host'],
    ['esdb://[::1]:2113', 'host'],
    ['esdb://::1', 'host'],
    ['esdb://h ost', 'host'],
    ['esdb://h,,g', 'host'],
    ['esdb://h/path', 'host'],
    ['esdb://h:0', 'port'],
    ['esdb://h:65536', 'port'],
    ['esdb://h:port', 'port'],
    ['esdb+discover://a,b', 'several-hosts'],
    ['esdb://user@h', 'credentials'],
    ['esdb://:secret@h', 'credentials'],
    ['esdb://user:@h', 'credentials'],
    ['esdb://user:sec:ret@h', 'credentials'],
    ['esdb://user:sec@ret@h', 'credentials'],
    ['esdb://user:sec/ret@h', 'credentials'],
    ['esdb://user:%zz@h', 'credentials'],
    ['esdb://user:sec?ret@h?tls=true', 'option'],
    ['esdb://user:secret@h?tls=false', 'credentials-without-tls'],
    ['esdb://h?tls', 'option'],
    ['esdb://h?tls=yes', 'option'],
    ['esdb://h?tls=true&tls=true', 'option'],
    ['esdb://h?keepAliveInterval=9999', 'option'],
    ['esdb://h?keepAliveInterval=-1', 'option'],
    ['esdb://h?gossipTimeout=5000', 'option'],
    ['esdb://h?connectionName=%zz', 'option'],
    ['esdb://h?userCertFile=a', 'option'],
    ['esdb://h?tls=false&tlsCAFile=a', 'option'],
    ['esdb://h?tlsVerifyCerts=true', 'unknown-option'],
    ['esdb://h?tls=true&', 'unknown-option'],
    ['esdb://h?tlsVerifyCert=false', 'unsafe-option'],
    ['esdb://h?throwOnAppendFailure=false', 'unsafe-option'],
    ['esdb://h?nodePreference=follower', 'unsafe-option'],
  ])('%s is refused by the rule %s', (text, rule) => {
    expect(parsed(text)).toMatchObject({ _tag: 'WrongConnectionString', rule });
  });

  const word = fc.stringMatching(/^[ -~]{1,20}$/);

  property.prop([word, word])(
    'keeps user and password whatever they are, percent-encoded',
    (username, password) => {
      const text = `esdb://${encodeURIComponent(username)}:${encodeURIComponent(password)}@h`;
      expect(parsed(text)).toMatchObject({ credentials: { username, password } });
    },
  );

  property.prop([fc.stringMatching(/^[A-Za-z0-9:@/?&=%#, -]{0,20}$/)])(
    'never gives a password away, neither in an error nor in the description of an address',
    (noise) => {
      for (const text of [
        `esdb://user:hunter2${noise}@h`,
        `esdb://user:${noise}hunter2@h?tls=false`,
        `esdb://user:hunter2@h${noise}`,
        `esdb://user:hunter2@h?${noise}`,
      ]) {
        const address = parseConnectionString(text);
        if (E.isLeft(address)) expect(JSON.stringify(address)).not.toContain('hunter2');
        else if (address.right.credentials !== undefined)
          expect(describeAddress(address.right)).not.toContain('hunter2');
      }
    },
  );
});
