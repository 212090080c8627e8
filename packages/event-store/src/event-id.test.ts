import { fc, test } from '@fast-check/jest';
import { v5 } from 'uuid';
import { eventIdOf } from './event-id';

describe('the id of an event', () => {
  test.prop([fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.nat()])(
    'is the UUID v5 (RFC 9562, section 5.5) of stream, command id and index',
    (stream, commandId, index) => {
      expect(eventIdOf(stream, commandId, index)).toBe(
        v5(`${stream}\0${commandId}\0${index}`, '0b8f7a8e-52c4-4c0e-9d0b-6a3a1f6f0d51'),
      );
    },
  );
});
