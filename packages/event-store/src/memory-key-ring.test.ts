import { seededRuntime } from '@cloud-kassa/runtime';
import { keptKeyRingConformance } from './conformance';
import { memoryKeyRing } from './memory-key-ring';

const { entropy } = seededRuntime('keys');

keptKeyRingConformance({
  name: 'The memory',
  open: (indexKey = entropy(32)) => {
    const ring = memoryKeyRing({ indexKey, entropy });
    return Promise.resolve({ rings: [ring, ring], close: ring.close });
  },
});

test('a key ring in memory has an index key of at least 32 bytes', () => {
  expect(() => memoryKeyRing({ indexKey: new Uint8Array(31), entropy })).toThrow(RangeError);
});
