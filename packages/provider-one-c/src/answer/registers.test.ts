import type { JsonRead } from '@cloud-kassa/provider';
import { ONE_C_SETTINGS } from '../settings';
import { READY, registersState } from './registers';

const read = (body: unknown): unknown => registersState(body as JsonRead, ONE_C_SETTINGS);

const ready = {
  kktStatus: READY,
  KKTSerialNumber: '0000000005020922',
  FNSerialNumber: '9999078900006211',
  shiftNumber: 3,
};
const unit = { registrationNumber: '0000000005020922', fn: '9999078900006211', shiftNumber: 3 };

describe('the state of the registers', () => {
  it('is read from one register, a list, and a list or a register under a key', () => {
    for (const body of [ready, [ready], { kkts: [ready] }, { kkt: ready }, { count: 1, kkts: [ready] }])
      expect(read(body)).toEqual({ isReady: true, units: [unit] });
  });

  it('is ready where one register is, and tells the status of one that is not', () => {
    expect(read([{ kktStatus: 'FN_ERROR' }, ready])).toEqual({
      isReady: true,
      status: 'FN_ERROR',
      units: [unit],
    });
    expect(read({ kktStatus: 'FISCALIZATION_UNAVAILABLE' })).toEqual({
      isReady: false,
      status: 'FISCALIZATION_UNAVAILABLE',
      units: [],
    });
  });

  it("is the whole's where the whole has one, as 1C reads it; the registers beneath are told all the same", () => {
    const off = { ...ready, kktStatus: 'FN_ERROR' };
    expect(read({ kktStatus: READY, kkts: [off] })).toEqual({ isReady: true, units: [unit] });
    expect(read({ kktStatus: 'OFF', kkts: [ready] })).toEqual({
      isReady: false,
      status: 'OFF',
      units: [unit],
    });
  });

  it('tells no status that is no code', () => {
    expect(read({ kktStatus: 'звоните +79123456789' })).toEqual({ isReady: false, units: [] });
  });

  it('has no registers in an empty list', () => {
    for (const body of [[], { kkts: [] }]) expect(read(body)).toEqual({ isReady: false, units: [] });
  });

  it('is not read from anything else', () => {
    for (const body of [null, {}, 'ok', 5, { status: 'UP' }, { a: [], b: [] }, [1], { kktStatus: 5 }])
      expect(read(body)).toBeUndefined();
  });
});
