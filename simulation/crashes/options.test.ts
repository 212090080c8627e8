import * as E from 'fp-ts/Either';
import { readOptions } from './options';

it('asks for a hundred kills over SQLite and no broken assumption where nothing is said', () => {
  expect(readOptions([])).toEqual(
    E.right({ kills: 100, store: 'sqlite', json: false, keep: false, help: false }),
  );
});

it('reads what is said', () => {
  const flags = '--kills 7 --seed monday --store esdb --assumption keys-forgotten --json --keep'.split(' ');
  expect(readOptions(flags)).toEqual(
    E.right({
      kills: 7,
      seed: 'monday',
      store: 'esdb',
      assumption: 'keys-forgotten',
      json: true,
      keep: true,
      help: false,
    }),
  );
});

it.each([
  ['--kills', '0'],
  ['--kills', 'many'],
  ['--store', 'paper'],
  ['--assumption', 'the-earth-is-flat'],
  ['--unknown', '1'],
])('refuses %s %s', (...flags) => {
  expect(readOptions(flags)._tag).toBe('Left');
});
