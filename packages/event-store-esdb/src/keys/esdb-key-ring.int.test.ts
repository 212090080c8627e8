import { given, openOn, startServer } from '../test-server.testing';

const keyEncryptionKey = new Uint8Array(32).fill(2);

it('smoke', async () => {
  const server = await startServer();
  const [a, b] = [await openOn(server), await openOn(server)];
  expect(await given(a.keyRing.exists())).toBe(false);
  const [one, other] = await Promise.all([
    given(a.keyRing.open(keyEncryptionKey)),
    given(b.keyRing.open(keyEncryptionKey)),
  ]);
  expect(await given(a.keyRing.exists())).toBe(true);
  expect(one.indexKey()).toEqual(other.indexKey());
  const keys = await Promise.all(
    Array.from({ length: 20 }, (_, index) => given((index % 2 === 0 ? one : other).keyFor('p1'))),
  );
  for (const key of keys) expect(key).toEqual(keys[0]);
  const kid = keys[0]?.kid ?? '';
  expect(await given(other.find([kid, 'never']))).toEqual(new Map([[kid, keys[0]]]));
  expect(await given(one.erase('p1'))).toBe(1);
  expect(await given(other.find([kid]))).toEqual(new Map([[kid, 'erased']]));
  const next = await given(other.keyFor('p1'));
  const all = [];
  for await (const item of one.records()) all.push(item);
  expect(all).toEqual([
    {
      _tag: 'Records',
      records: [
        { keyId: 'p1', kid },
        { keyId: 'p1', ...next },
      ],
    },
  ]);
  await a.close();
  await b.close();
  await server.close();
});
