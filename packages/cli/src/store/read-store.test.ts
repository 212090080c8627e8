import * as E from 'fp-ts/Either';
import { databaseStore } from './database-store';
import { storeNamed, storeOf } from './read-store';
import type { Given } from '../command/command-spec';

const given = (values: Readonly<Record<string, string>> = {}): Given => ({
  argument: () => undefined,
  value: (name) => values[name],
  list: () => [],
  flag: () => false,
});

describe('the store of a call', () => {
  it('is the folder .cloud-kassa, unless the environment or an option says another', () => {
    expect(storeOf(given(), {}).name).toBe('.cloud-kassa');
    expect(storeOf(given(), { CLOUD_KASSA_STORE: 'books' }).name).toBe('books');
    expect(storeOf(given({ store: 'mine' }), { CLOUD_KASSA_STORE: 'books' }).name).toBe('mine');
  });

  it('is a database where it is named by an address, with a folder of this machine beside it', () => {
    const store = storeOf(given({ namespace: 'shop' }), {
      CLOUD_KASSA_STORE: 'esdb://a:2113,b:2113?tls=false',
      CLOUD_KASSA_READ_MODELS: '/var/lib/kassa',
    });
    expect(store).toMatchObject({ name: 'esdb://a:2113,b:2113 (shop)', directory: '/var/lib/kassa' });
    expect(store.storage(false)).toMatchObject(E.right({ kind: 'database', directory: '/var/lib/kassa' }));
  });

  it('never tells user and password, in whatever is printed of it', () => {
    const store = storeNamed('esdb://keeper:hunter2%40x@db.example:2113?tlsCAFile=/etc/ca@2.pem', {});
    const printed = JSON.stringify([store.name, store.options, store.apart('demo').options]);
    expect(printed).not.toMatch(/keeper|hunter2/);
    expect(store.options).toContain('esdb://db.example:2113?tlsCAFile=/etc/ca@2.pem');
  });

  it('apart is a namespace of its own, with a folder of its own', () => {
    const choice = { connectionString: 'esdb://db:2113', directory: 'beside', keyFile: 'key' };
    const apart = databaseStore({ ...choice, namespace: 'shop' }).apart('demo');
    expect(apart).toMatchObject({ name: 'esdb://db:2113 (shop_demo)', directory: 'beside/demo' });
    expect(apart.options).toEqual([
      '--store',
      'esdb://db:2113',
      '--namespace',
      'shop_demo',
      '--read-models',
      'beside/demo',
      '--key-file',
      'key',
    ]);
  });
});
