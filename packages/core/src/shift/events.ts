import * as t from 'io-ts';
import type { Instant } from '@cloud-kassa/ffd';
import { InstantCodec, literalCodec, recordCodec } from '@cloud-kassa/ffd';
import { CountCodec } from '../count';
import { defineEvent } from '../define-event';
import type { EventFamily } from '../event-family';
import type { ShiftTotals } from './shift-totals';
import { ShiftTotalsCodec } from './shift-totals';

interface Event<Type extends string, Data> {
  readonly type: `shift.${Type}`;
  readonly data: Data & { readonly at: Instant };
}

/** Who opened or closed a shift: a person, or the shift keeper by its policy. The name of the person is in the event's metadata. */
export type ShiftActor = 'person' | 'keeper';

/** A book-keeping shift was opened on a register (кассовая смена открыта). */
export type ShiftOpened = Event<
  'ShiftOpened',
  {
    readonly registerId: string;
    readonly shiftId: string;
    /** 1 for the first shift of the register. Not the number of the KKT's own shift. */
    readonly number: number;
    readonly openedBy: ShiftActor;
    readonly deviceId: string;
    /** Revision of the device at which it said that it can fiscalise. */
    readonly deviceRevision: number;
  }
>;

/** The KKT's own shift (смена ККТ, tag 1038) was seen while this shift is open. A shift may see several, of several units. */
export type KktShiftObserved = Event<
  'KktShiftObserved',
  {
    readonly shiftId: string;
    readonly registrationNumber: string;
    /** Serial number of the drive (tag 1041); shift numbers begin anew with a new drive. */
    readonly drive?: string;
    readonly kktShift: number;
  }
>;

/** A book-keeping shift was closed. Receipts fiscalised up to `upToPosition` of the store are in its totals. */
export type ShiftClosed = Event<
  'ShiftClosed',
  {
    readonly shiftId: string;
    readonly closedBy: ShiftActor;
    readonly totals: ShiftTotals;
    readonly upToPosition: string;
    /** Receipts of the register without a final outcome at that position. */
    readonly openReceipts: number;
    /** Later than 24 hours after the opening. */
    readonly late: boolean;
    /** Closed by a person in spite of open receipts or of a difference with the operator of fiscal data. */
    readonly forced: boolean;
  }
>;

export type ShiftEvent = ShiftOpened | KktShiftObserved | ShiftClosed;

const at = InstantCodec;
const actor = literalCodec<ShiftActor>(['person', 'keeper'], 'ShiftActor');

/** All events of the shifts of a register, with their codecs. None of them holds personal data. */
export const SHIFT_EVENTS: EventFamily<ShiftEvent> = {
  aggregate: 'shift',
  definitions: {
    'shift.ShiftOpened': defineEvent<ShiftOpened>(
      recordCodec('ShiftOpened', {
        at,
        registerId: t.string,
        shiftId: t.string,
        number: CountCodec,
        openedBy: actor,
        deviceId: t.string,
        deviceRevision: CountCodec,
      }),
    ),
    'shift.KktShiftObserved': defineEvent<KktShiftObserved>(
      recordCodec(
        'KktShiftObserved',
        { at, shiftId: t.string, registrationNumber: t.string, kktShift: CountCodec },
        { drive: t.string },
      ),
    ),
    'shift.ShiftClosed': defineEvent<ShiftClosed>(
      recordCodec('ShiftClosed', {
        at,
        shiftId: t.string,
        closedBy: actor,
        totals: ShiftTotalsCodec,
        upToPosition: t.string,
        openReceipts: CountCodec,
        late: t.boolean,
        forced: t.boolean,
      }),
    ),
  },
};
