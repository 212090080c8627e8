import type { StandingFaults } from '../faults/standing-faults';
import { seededRandom } from '../seeded-random';
import { noAccounts } from './accounts';
import type { Accounts } from './accounts';
import type { GroupRoom } from './group-room';

/** Everything an emulator remembers. */
export interface EmulatorState {
  readonly groups: Map<string, GroupRoom>;
  readonly accounts: Accounts;
  faults: StandingFaults;
  /** How far its clock was moved ahead of the wall clock, in milliseconds. */
  clockAhead: number;
  /** The latest instant it has seen; its time never goes back. */
  now: number;
}

const CHANCE = [0x6b6b742d, 0x656d756c, 0x61746f72, 0x68747470] as const;

export const newState = (): EmulatorState => ({
  groups: new Map(),
  accounts: noAccounts(),
  faults: { faults: [], random: seededRandom(CHANCE) },
  clockAhead: 0,
  now: 0,
});
