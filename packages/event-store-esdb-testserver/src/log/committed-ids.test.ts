import { committedIds } from './committed-ids';

test('the last 50,000 ids at least are known, each at its last place; those of long ago are not', () => {
  const ids = committedIds();
  for (let n = 0; n < 120_000; n += 1) ids.put(`id-${n}`, n);
  expect(ids.rowOf('id-119999')).toBe(119_999);
  expect(ids.rowOf('id-70000')).toBe(70_000);
  expect(ids.rowOf('id-0')).toBeUndefined();
  ids.put('id-70000', 7);
  expect(ids.rowOf('id-70000')).toBe(7);
});
