import * as fc from 'fast-check';
import { decidedAgain, foldEvents, historyOf, ruleOf, shuffled, unstorable } from '../decider-laws.testing';
import type { CloudDeviceEvent, CloudDeviceState } from '.';
import { CLOUD_DEVICE, CLOUD_DEVICE_EVENTS, CLOUD_DEVICE_RULES, deviceAvailability } from '.';
import { command, history, installs, now, START } from './cloud-device.arbitrary';

const fold = (events: ReadonlyArray<CloudDeviceEvent>): CloudDeviceState => foldEvents(CLOUD_DEVICE, events);

const count = (events: ReadonlyArray<CloudDeviceEvent>, type: CloudDeviceEvent['type']): number =>
  events.filter((event) => event.type === type).length;

describe('the cloud device as a decider', () => {
  it('is total on any events in any order', () => {
    fc.assert(
      fc.property(shuffled(history), command, now, (events, next, moment) => {
        const state = fold(events);
        expect([...Object.keys(CLOUD_DEVICE_RULES), undefined]).toContain(ruleOf(CLOUD_DEVICE, next, state));
        const told = state === undefined ? undefined : deviceAvailability(state, moment);
        expect(told?.available).toBe(told === undefined ? undefined : told.reasons.length === 0);
      }),
      { numRuns: 300 },
    );
  });

  it('counts its events: facts name the revision they were read at', () => {
    fc.assert(
      fc.property(shuffled(history), (events) => {
        const first = events.findIndex(({ type }) => type === START.type);
        expect(fold(events)?.revision).toBe(first < 0 ? undefined : events.length - 1 - first);
      }),
      { numRuns: 100 },
    );
  });

  it('a command decided twice changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.oneof(history, shuffled(history)), command, (events, next) => {
        expect(decidedAgain(CLOUD_DEVICE, next, fold(events))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('decides only what its codecs read back and canonical JSON can hold', () => {
    fc.assert(
      fc.property(history, (events) => {
        expect(unstorable(CLOUD_DEVICE_EVENTS, events)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('never changes its dedup domain, its provider, its environment or its taxpayer', () => {
    fc.assert(
      fc.property(history, (events) => {
        const state = fold(events);
        expect(state).toMatchObject({
          dedupDomain: 'd',
          connection: { provider: 'one-c', environment: 'test' },
          registration: { organisation: '7725327863' },
        });
        const owners = [...(state?.registers.values() ?? [])].map(({ ownership }) => ownership.organisation);
        expect(owners.filter((owner) => owner !== '7725327863')).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('gives one restriction notice for every attached register, no other (S22)', () => {
    fc.assert(
      fc.property(history, (events) => {
        const attached = count(events, 'clouddevice.RegisterAttached');
        expect(count(events, 'clouddevice.RestrictionNoticeGiven')).toBe(attached);
      }),
      { numRuns: 100 },
    );
  });

  it('has no drive in two units, and no drive that was taken out', () => {
    fc.assert(
      fc.property(installs, (commands) => {
        const state = fold(historyOf(CLOUD_DEVICE, commands, [START]));
        const drives = [...(state?.units.values() ?? [])].map(({ drive }) => drive?.serial);
        expect(new Set(drives).size).toBe(drives.length);
        expect(
          drives.filter((serial) => serial !== undefined && state?.formerDrives.has(serial) === true),
        ).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
