/** What goes wrong with a database of EventStoreDB, as it is told and what helps. A test brings each of them about. */
export interface DocumentedError {
  /** What is wrong, for people. */
  readonly cause: string;
  /** A connection string that is refused in this way. */
  readonly connectionString?: string;
  /** The `_tag` of the error, and its rule where it has one: `Rejected`, `Rejected access`. */
  readonly error: string;
  /** Its `why`; `…` stands for what is different each time. */
  readonly told: string;
  readonly todo: string;
}

const ENCODE = 'Write the special characters of user and password percent-encoded.';
const CORRECT = 'correct the connection string';

/** Nothing was tried: the connection string, the settings or the files can not be used. */
const GIVEN = {
  scheme: {
    cause: 'the connection string is of another kind',
    connectionString: 'kurrentdb://node.example',
    error: 'WrongConnectionString scheme',
    told: 'A connection string begins with esdb:// or esdb+discover://.',
    todo: 'for a database under its newer name, write `esdb` in place of `kurrentdb`',
  },
  separators: {
    cause: 'the password has special characters as they are',
    connectionString: 'esdb://admin:pass:word@node.example',
    error: 'WrongConnectionString credentials',
    told: `There are too many separators before the host. ${ENCODE}`,
    todo: '`:` is `%3A`, `@` is `%40`, `/` is `%2F`, `?` is `%3F`, `&` is `%26`, `%` is `%25`',
  },
  noPassword: {
    cause: 'there is a user and no password',
    connectionString: 'esdb://admin@node.example',
    error: 'WrongConnectionString credentials',
    told: `Before the @ stand user and password, user:password. ${ENCODE}`,
    todo: CORRECT,
  },
  credentialsWithoutTls: {
    cause: 'user and password, and `tls=false`',
    connectionString: 'esdb://admin:password@node.example?tls=false',
    error: 'WrongConnectionString credentials-without-tls',
    told: 'User and password are sent over TLS only: leave them out, or leave tls=false out.',
    todo: 'a server without TLS asks for no user; one with users needs TLS',
  },
  host: {
    cause: 'the host is an IPv6 address',
    connectionString: 'esdb://[::1]:2113',
    error: 'WrongConnectionString host',
    told: 'A host is a name or an IPv4 address; an IPv6 address needs a name.',
    todo: 'give the address a name, in DNS or in the hosts file',
  },
  hostName: {
    cause: 'the host is no name',
    connectionString: 'esdb://node.example/receipts',
    error: 'WrongConnectionString host',
    told: `A host is a name or an IPv4 address, with :port if it is not 2113. ${ENCODE}`,
    todo: 'a database has no path: programs that share it are kept apart by `namespace`',
  },
  port: {
    cause: 'the port is none',
    connectionString: 'esdb://node.example:99999',
    error: 'WrongConnectionString port',
    told: 'A port is a number from 1 to 65535.',
    todo: CORRECT,
  },
  severalHosts: {
    cause: '`esdb+discover` with several hosts',
    connectionString: 'esdb+discover://one.example,two.example',
    error: 'WrongConnectionString several-hosts',
    told: 'esdb+discover takes one name; several nodes are given with esdb://.',
    todo: CORRECT,
  },
  option: {
    cause: 'an option has a value that it can not have',
    connectionString: 'esdb://node.example?keepAliveInterval=500',
    error: 'WrongConnectionString option',
    told: 'keepAliveInterval is a whole number from 10000 to 3600000.',
    todo: 'each option says what it takes; each stands once',
  },
  unknownOption: {
    cause: 'an option that there is not',
    connectionString: 'esdb://node.example?tlsVerify=true',
    error: 'WrongConnectionString unknown-option',
    told: 'There is an option that is none of tls, …',
    todo: 'the message lists those that there are',
  },
  unsafeOption: {
    cause: 'an option that would take the safety away',
    connectionString: 'esdb://node.example?tlsVerifyCert=false',
    error: 'WrongConnectionString unsafe-option',
    told: 'Certificates are always verified: name the certificate to be trusted by tlsCAFile.',
    todo: 'the same for `nodePreference` other than `leader` and `throwOnAppendFailure=false`: leave it out',
  },
  settings: {
    cause: 'a setting has a value that it can not have',
    error: 'WrongSettings',
    told: 'namespace has 1 to 40 Latin letters, digits and _',
    todo: 'correct the settings',
  },
  fileMissing: {
    cause: 'a file of certificates can not be read',
    error: 'CertificateUnusable',
    told: 'tlsCAFile … can not be read: ENOENT',
    todo: 'correct the path, or the rights of the file',
  },
  fileWrong: {
    cause: 'a file of certificates holds something else',
    error: 'CertificateUnusable',
    told: 'tlsCAFile … does not hold certificates in PEM form',
    todo: 'a file in PEM form begins with `-----BEGIN CERTIFICATE-----`',
  },
  keyOfAnother: {
    cause: 'certificate and key of this process do not belong together',
    error: 'CertificateUnusable',
    told: 'userKeyFile … does not belong to the certificate of userCertFile',
    todo: 'name the key by which the certificate was made',
  },
} as const satisfies Readonly<Record<string, DocumentedError>>;

/** The store could not be opened. What can become better by itself was waited for. */
const OPENING = {
  absent: {
    cause: 'there is no server',
    error: 'Unreachable',
    told: '… is not to be reached: nobody listens at …',
    todo: 'start the server; opening waits for it for `opening` (10 s), and may be tried again',
  },
  unknownName: {
    cause: 'the name of the host is not known',
    error: 'Unreachable',
    told: '… is not to be reached: the name … is not known here',
    todo: 'correct the name, or DNS',
  },
  silent: {
    cause: 'something listens and says nothing: a frozen server, a firewall',
    error: 'Unreachable',
    told: '… did not answer within … ms',
    todo: 'look at the server, and at what lies in between',
  },
  otherServer: {
    cause: 'something else listens there',
    error: 'Unreachable',
    told: '… is not to be reached: what listens at … is no EventStoreDB',
    todo: 'correct the port (2113 is that of EventStoreDB)',
  },
  notReady: {
    cause: 'the server is still starting, or has lost its majority',
    error: 'Unreachable',
    told: '… is not to be reached: 14 UNAVAILABLE: Server Is Not Ready',
    todo: 'wait, or look at the cluster: most of its nodes have to be up',
  },
  noLeader: {
    cause: 'the nodes know no leader',
    error: 'Unreachable',
    told: '… is not to be reached: Failed to discover after … attempts.',
    todo: 'look at the cluster: most of its nodes have to be up',
  },
  speaksTls: {
    cause: '`tls=false`, and the server speaks TLS',
    error: 'NotTrusted',
    told: 'TLS with … did not come about: it speaks TLS: leave tls=false out',
    todo: 'do so, and name the authority by `tlsCAFile`',
  },
  speaksPlain: {
    cause: 'the server runs without TLS (`--insecure`)',
    error: 'NotTrusted',
    told: 'TLS with … did not come about: it speaks without TLS: write tls=false, or give it a certificate',
    todo: '`tls=false` for development only',
  },
  authority: {
    cause: 'the certificate of the server is of an authority that nobody here knows',
    error: 'NotTrusted',
    told: 'TLS with … did not come about: its certificate is of no authority that is trusted here: name the authority by tlsCAFile',
    todo: 'the file is the `ca.crt` of the cluster',
  },
  expired: {
    cause: 'the certificate of the server has expired',
    error: 'NotTrusted',
    told: 'TLS with … did not come about: its certificate has expired, or the clock of this machine is wrong',
    todo: 'renew it on the server',
  },
  otherName: {
    cause: 'the certificate of the server is for another name',
    error: 'NotTrusted',
    told: 'TLS with … did not come about: its certificate is not for the name …',
    todo: 'connect by a name that stands in the certificate, or have it made for this one too',
  },
  wantsCertificate: {
    cause: 'the server lets in only those who have a certificate',
    error: 'NotTrusted',
    told: 'TLS with … did not come about: it wants a certificate of this process: name it by userCertFile and userKeyFile',
    todo: 'have a certificate made by the authority that the server trusts',
  },
  otherCertificate: {
    cause: 'the server does not trust the certificate of this process',
    error: 'NotTrusted',
    told: 'TLS with … did not come about: it does not take the certificate of userCertFile',
    todo: 'have a certificate made by the authority that the server trusts',
  },
  password: {
    cause: 'wrong user or password, or none',
    error: 'AccessDenied',
    told: '…: the server does not take the credentials, or they may not do this',
    todo: 'correct them, in the connection string or in `credentials`; the user has to be allowed to read `$all`',
  },
  version: {
    cause: 'the server is too old',
    error: 'VersionTooOld',
    told: 'The server is of version …; the oldest that can be used is 22.10.',
    todo: 'upgrade it: 24.10 or later',
  },
} as const satisfies Readonly<Record<string, DocumentedError>>;

/** The store is open. Nothing has to be opened again afterwards. */
const OPEN = {
  away: {
    cause: 'the server is away',
    error: 'Unavailable',
    told: '14 UNAVAILABLE: …',
    todo: 'nothing: whoever asks later is answered when the server is back, and subscriptions go on by themselves',
  },
  lostAnswer: {
    cause:
      'the connection broke off, and nobody could tell within `deadline` whether the events were written',
    error: 'OutcomeUnknown',
    told: '…',
    todo: 'nothing: the same command again is answered by what stands in the stream',
  },
  notLeader: {
    cause:
      'the node is not the leader, or a copy that is only read, and none names the leader within `deadline`',
    error: 'Unavailable',
    told: 'the node is not the leader',
    todo: 'nothing while a leader is elected; else connect to the cluster, not to one node',
  },
  mayNot: {
    cause: 'the user may not read or write these streams',
    error: 'Rejected access',
    told: 'the server does not take the credentials, or they may not do this',
    todo: 'give the user these rights on the server',
  },
  tooLarge: {
    cause: 'the server takes smaller appends than this store allows',
    error: 'Rejected too-large',
    told: 'the server takes … bytes in an append',
    todo: '`MaxAppendSize` of the server and `maxAppendBytes` of the settings go together',
  },
  tombstoned: {
    cause: 'someone has deleted the stream for good (tombstone)',
    error: 'Rejected stream-gone',
    told: 'the stream was deleted for good (tombstone)',
    todo: 'restore the database from a copy: a stream of fiscal events is never deleted',
  },
  deleted: {
    cause: 'someone has deleted the stream, and it is begun anew: it reads as if it had never been there',
    error: 'Corrupt',
    told: 'the stream was deleted before, and the events stand behind the deleted ones',
    todo: 'restore the database from a copy: it can not be seen before something is written. A stream of fiscal events is never deleted',
  },
  foreign: {
    cause: 'another program has written to the stream',
    error: 'Corrupt',
    told: 'an event that is not of this library stands here',
    todo: 'keep it from writing there, by rights or by a `namespace`',
  },
} as const satisfies Readonly<Record<string, DocumentedError>>;

/** By the moment at which they are told. */
export const ESDB_ERRORS = { given: GIVEN, opening: OPENING, open: OPEN };
