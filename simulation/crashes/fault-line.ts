import type { HttpAction, HttpMatch } from '@cloud-kassa/kkt-emulator';

/** A fault of the registers as a script of the emulator has it. */
interface RegisterFault {
  readonly do:
    | 'clock-offset'
    | 'drive-full'
    | 'forgets-keys'
    | 'key-expired'
    | 'late-success'
    | 'ofd-unreachable'
    | 'queue-timeout'
    | 'racy-duplicates'
    | 'rejected-after-signing'
    | 'rejected-before-signing'
    | 'shift-keeper-asleep'
    | 'slow-result'
    | 'unit-unreachable';
  readonly when?: { readonly group?: string; readonly unit?: string; readonly probability?: number };
  readonly milliseconds?: number;
  readonly times?: number;
}

/** One line of a fault script of the emulator. */
export type FaultLine = (HttpAction & { readonly when?: HttpMatch; readonly times?: number }) | RegisterFault;
