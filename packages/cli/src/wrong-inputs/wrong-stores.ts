import type { WrongInput, WrongRow } from './wrong-input';
import { rowsOf } from './wrong-input';

/** A database is not asked before its address is right: none of these waits for one. */
const ADDRESSES: ReadonlyArray<readonly [what: string, address: string, message: string]> = [
  [
    'an address of another kind',
    'http://127.0.0.1:2113',
    'A connection string begins with esdb:// or esdb+discover://.',
  ],
  [
    'a password that would go without TLS',
    'esdb://keeper:hunter2@127.0.0.1:2113?tls=false',
    'User and password are sent over TLS only: leave them out, or leave tls=false out.',
  ],
  [
    'a user without a password',
    'esdb://keeper@127.0.0.1:2113',
    'Before the @ stand user and password, user:password. Write the special characters of user and password percent-encoded.',
  ],
  ['a port that there is not', 'esdb://127.0.0.1:99999', 'A port is a number from 1 to 65535.'],
  ['an option with another value', 'esdb://127.0.0.1:2113?tls=maybe', 'tls is true or false.'],
  [
    'an option that hides failures',
    'esdb://127.0.0.1:2113?throwOnAppendFailure=false',
    'A failed append is always told.',
  ],
  [
    'several names behind which the nodes are found',
    'esdb+discover://a,b',
    'esdb+discover takes one name; several nodes are given with esdb://.',
  ],
];

const WRONG_ADDRESSES = ADDRESSES.map(([what, address, message]): WrongRow => [
  what,
  `queue list --store '${address}'`,
  2,
  'cannot-open',
  'The database',
  `The database was not opened: ${message}`,
]);

const NAMESPACES: ReadonlyArray<WrongRow> = [
  [
    'a namespace with a space',
    "queue list --store esdb://127.0.0.1:2113 --namespace 'a b'",
    2,
    'cannot-open',
    'The database',
    'The database was not opened: namespace has 1 to 40 Latin letters, digits and _.',
  ],
];

const COPIES: ReadonlyArray<WrongRow> = [
  [
    'a copy of a store that is not there',
    'store copy nowhere-at-all esdb://127.0.0.1:9',
    5,
    'cannot-open',
    'nowhere-at-all',
    'There is no store in nowhere-at-all. A store begins with: cloud-kassa init',
  ],
  [
    'a copy of a database onto itself',
    "store copy esdb://127.0.0.1:9 'esdb://127.0.0.1:9?tls=false'",
    3,
    'copy-onto-itself',
    'to',
    'Source and target of the copy are the same store. [copy-onto-itself, to]',
  ],
  [
    'a copy from an address of another kind',
    'store copy http://127.0.0.1:2113 nowhere-at-all',
    2,
    'cannot-open',
    'The database',
    'The database was not opened: A connection string begins with esdb:// or esdb+discover://.',
  ],
];

export const WRONG_STORES: ReadonlyArray<WrongInput> = rowsOf('store', [
  ...WRONG_ADDRESSES,
  ...NAMESPACES,
  ...COPIES,
]);
