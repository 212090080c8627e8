import { parseQr } from '@cloud-kassa/ffd';
import { contentsOf, recompute } from '@cloud-kassa/projections/testing';
import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { deeds, performAll } from './deeds.testing';
import { fiscalStatus } from './fiscal-status';
import { FISCAL_STATUS } from './fiscal-status-projection';
import { slowly } from './slowly.testing';
import { CANARY, succeeded, world } from './world.testing';

const sorted = <A>(rows: ReadonlyArray<A>, keyOf: (row: A) => string): ReadonlyArray<A> =>
  rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

/** Of every row what is expected of it; what else it shows is passed over. */
const expectShown = (shown: ReadonlyArray<object>, expected: ReadonlyArray<object>): void => {
  const names = Object.keys(expected[0] ?? {});
  const parts = shown.map((row) => {
    const whole: Readonly<Record<string, unknown>> = { ...row };
    return Object.fromEntries(names.map((name) => [name, whole[name]]));
  });
  expect(parts).toEqual(expected);
};

describe('the fiscal status', () => {
  it('shows what receipts, shifts and devices are, live, rebuilt and recomputed', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, fc.integer({ min: 5, max: 60 }), async (done, often) => {
        const stage = world();
        let count = 0;
        await performAll(stage, done, async () => {
          count += 1;
          if (count % often === 0) await stage.catchUp();
        });
        await stage.catchUp();
        const events = await stage.events();
        const expected = slowly(events);
        const status = fiscalStatus(stage.readModels);

        const documents = (await succeeded(status.documents())).rows;
        expectShown(
          sorted(documents, ({ receiptId }) => receiptId),
          sorted(expected.documents, ({ receiptId }) => receiptId),
        );
        expect(documents.map(({ qr }) => qr === undefined)).toEqual(
          documents.map(({ fd, fp, madeAt }) => fd === undefined || fp === undefined || madeAt === undefined),
        );
        const withQr = documents.filter(({ qr }) => qr !== undefined);
        expect(withQr.map(({ qr = '' }) => parseQr(qr))).toMatchObject(
          withQr.map(({ fd, fp, total, fn, sign }) => E.right({ fd, fp, total, fn, settlementSign: sign })),
        );

        const shifts = (await succeeded(status.shifts())).rows;
        const byShift = ({ registerId, shiftId }: { registerId: string; shiftId: string }) =>
          `${registerId} ${shiftId}`;
        expectShown(sorted(shifts, byShift), sorted(expected.shifts, byShift));
        for (const { registerId, shiftId, totals } of expected.shifts)
          expect(await succeeded(status.shiftTotals(registerId, shiftId))).toEqual({
            totals,
            upToPosition: events.at(-1)?.position,
            openReceipts: expected.openReceipts(registerId),
          });

        const registers = (await succeeded(status.registers())).rows;
        const cards = expected.devices.flatMap((device) =>
          [...device.registers.values()].map((card) => ({ device, card })),
        );
        const ofCard = (one: { registerId: string; deviceId: string }) => `${one.registerId} ${one.deviceId}`;
        expectShown(
          sorted(
            registers.map(({ openShift, ...rest }) => ({ ...rest, openShift: openShift?.shiftId })),
            ofCard,
          ),
          sorted(
            cards.map(({ device, card }) => ({
              registerId: card.registerId,
              deviceId: device.deviceId,
              name: card.name,
              policy: card.policy,
              vatRule: card.vatRule,
              outlet: card.ownership.outlet,
              deviceStatus: device.status,
              availability: device.seen?.availability,
              openShift: expected.openShift(card.registerId)?.shiftId,
              openReceipts: expected.openReceipts(card.registerId),
            })),
            ofCard,
          ),
        );

        const drives = (await succeeded(status.drives())).rows;
        const units = expected.devices.flatMap((device) =>
          [...device.units.values()].map((unit) => ({
            deviceId: device.deviceId,
            registrationNumber: unit.registrationNumber,
            fn: unit.drive?.serial,
            documents: unit.drive?.documents,
            fillPercent:
              unit.drive?.documents === undefined ? undefined : Math.floor(unit.drive.documents / 2_500),
            unsentDocuments: unit.unsent?.documents,
            unsentSince: unit.unsent?.since,
            kktShift: unit.shift?.number,
            keyHealth: unit.health.key,
            documentsHealth: unit.health.documents,
            unsentHealth: unit.health.unsent,
            shiftHealth: unit.health.shift,
            availability: device.seen?.availability,
          })),
        );
        const byUnit = (one: { deviceId: string; registrationNumber: string }) =>
          `${one.deviceId} ${one.registrationNumber}`;
        expectShown(sorted(drives, byUnit), sorted(units, byUnit));
        expect((await succeeded(status.devices())).rows).toHaveLength(expected.devices.length);
        expect((await succeeded(status.disputedDocuments())).rows).toHaveLength(expected.disputes);

        const live = await succeeded(contentsOf(stage.readModels, FISCAL_STATUS));
        expect(live.parked).toEqual([]);
        expect(live).toEqual(recompute(FISCAL_STATUS, events));
        expect(JSON.stringify(live)).not.toContain(CANARY);
        expect(JSON.stringify(live)).not.toContain('+7999');
        await stage.rebuild();
        expect(await succeeded(contentsOf(stage.readModels, FISCAL_STATUS))).toEqual(live);
      }),
      { numRuns: 120 },
    );
  });

  it('is total: no order of events parks a stream', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, fc.infiniteStream(fc.nat()), async (done, order) => {
        const stage = world();
        await performAll(stage, done, () => Promise.resolve());
        const shuffled = (await stage.events())
          .map((event) => ({ event, place: order.next().value }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ event }) => event);
        expect(recompute(FISCAL_STATUS, shuffled).parked).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
