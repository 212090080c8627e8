import * as E from 'fp-ts/Either';
import { secret } from './secret';
import { secretBundle } from './secret-bundle';

const bundle = async (text: string | undefined, ...names: ReadonlyArray<string>): Promise<unknown> => {
  const found = await secretBundle(
    () =>
      Promise.resolve(
        text === undefined ? E.left({ _tag: 'NoSecret', rule: 'not-set' }) : E.right(secret(text)),
      ),
    'env:X',
    names,
  );
  return E.isRight(found)
    ? Object.fromEntries(Object.entries(found.right).map(([name, value]) => [name, value.reveal()]))
    : found.left;
};

describe('the secrets of a connection', () => {
  it('are the whole text where one is needed', async () => {
    expect(await bundle('s3', 'password')).toEqual({ password: 's3' });
    expect(await bundle('{"odd": but no JSON', 'password')).toEqual({ password: '{"odd": but no JSON' });
  });

  it('are the fields of a JSON object where several are needed', async () => {
    const text = '{"password":"a","portalPassword":"b","more":1}';
    expect(await bundle(text, 'password', 'portalPassword')).toEqual({ password: 'a', portalPassword: 'b' });
    expect(await bundle(text, 'password')).toEqual({ password: 'a' });
  });

  it('are refused by the name of what is missing, never by a value', async () => {
    expect(await bundle('{"password":"a"}', 'password', 'portalPassword')).toEqual({
      _tag: 'NoSecretField',
      missing: 'portalPassword',
    });
    expect(await bundle('s3', 'password', 'portalPassword')).toEqual({
      _tag: 'NoSecretField',
      missing: 'password',
    });
    expect(await bundle(undefined, 'password')).toEqual({ _tag: 'NoSecret', rule: 'not-set' });
  });

  it('never make it reject', async () => {
    const found = await secretBundle(() => Promise.reject(new Error('s3')), 'env:X', ['password']);
    expect(found).toEqual(E.left({ _tag: 'NoSecret', rule: 'not-readable' }));
  });
});
