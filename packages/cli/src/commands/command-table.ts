import type { CommandSpec } from '../command/command-spec';
import { AUDIT_COMMANDS } from './audit';
import { BUYER_COMMANDS } from './buyer';
import { completionCommand } from './completion';
import { DEMO_COMMANDS } from './demo/demo';
import { DEVICE_COMMANDS } from './device';
import { DOCTOR_COMMANDS } from './doctor';
import { EMULATOR_COMMANDS } from './emulator';
import { ESDB_TEST_SERVER_COMMANDS } from './esdb-test-server';
import { EXPORT_COMMANDS } from './export';
import { EXPLAIN_COMMANDS } from './explain';
import { FISCALIZE_COMMANDS } from './fiscalize';
import { INIT_COMMANDS } from './init/init';
import { PAYMENT_COMMANDS } from './payment';
import { PROOF_COMMANDS } from './proof';
import { PROJECTION_COMMANDS } from './projection';
import { QUEUE_COMMANDS } from './queue';
import { RECEIPTS_COMMANDS } from './receipts';
import { REGISTER_COMMANDS } from './register';
import { REPLAY_COMMANDS } from './replay';
import { SHIFT_COMMANDS } from './shift';
import { STATUS_COMMANDS } from './status';
import { STORE_COMMANDS } from './store-copy';

/** All commands, in the order in which a newcomer needs them. Parser, help, reference and completion are made from it. */
export const COMMANDS: ReadonlyArray<CommandSpec> = [
  ...DEMO_COMMANDS,
  ...EMULATOR_COMMANDS,
  ...ESDB_TEST_SERVER_COMMANDS,
  ...INIT_COMMANDS,
  ...DEVICE_COMMANDS,
  ...REGISTER_COMMANDS,
  ...SHIFT_COMMANDS,
  ...RECEIPTS_COMMANDS,
  ...PAYMENT_COMMANDS,
  ...FISCALIZE_COMMANDS,
  ...QUEUE_COMMANDS,
  ...STATUS_COMMANDS,
  ...PROJECTION_COMMANDS,
  ...DOCTOR_COMMANDS,
  ...REPLAY_COMMANDS,
  ...AUDIT_COMMANDS,
  ...EXPORT_COMMANDS,
  ...PROOF_COMMANDS,
  ...STORE_COMMANDS,
  ...BUYER_COMMANDS,
  ...EXPLAIN_COMMANDS,
  completionCommand(() => COMMANDS),
];
