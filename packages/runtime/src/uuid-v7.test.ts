import { bytesOf, seededRandom } from './random';
import { uuidV7 } from './uuid-v7';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('UUID v7 (RFC 9562, section 5.7)', () => {
  it('carries the Unix time in milliseconds in its first 48 bits', () => {
    // Appendix A.6 of the RFC: 2022-02-22T19:22:22.000Z is 017F22E279B0.
    const next = uuidV7(() => Date.UTC(2022, 1, 22, 19, 22, 22), bytesOf(seededRandom('a')));
    const id = next();
    expect(id).toMatch(UUID_V7);
    expect(id.slice(0, 13)).toBe('017f22e2-79b0');
  });

  it('grows within a millisecond, beyond the room of its counter, and when the clock goes back', () => {
    let now = 1_700_000_000_000;
    const next = uuidV7(() => now, bytesOf(seededRandom('b')));
    let last = '';
    for (let i = 0; i < 10_000; i += 1) {
      if (i === 5_000) now -= 3_600_000;
      if (i === 7_000) now = -1;
      const id = next();
      expect(id > last && UUID_V7.test(id)).toBe(true);
      last = id;
    }
  });
});
