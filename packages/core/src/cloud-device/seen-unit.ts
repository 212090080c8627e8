import * as t from 'io-ts';
import { literalCodec, recordCodec } from '@cloud-kassa/ffd';
import type { KktUnit } from './kkt-unit';
import { unitFields } from './kkt-unit';
import type { UnitHealth } from './unit-health';

/** A unit with its health classes at the moment it was recorded. */
export interface SeenUnit extends KktUnit {
  readonly health: UnitHealth;
}

export const UnitHealthCodec: t.Type<UnitHealth, unknown> = recordCodec('UnitHealth', {
  key: literalCodec<UnitHealth['key']>(['unknown', 'good', 'warning', 'critical', 'expired'], 'KeyHealth'),
  documents: literalCodec<UnitHealth['documents']>(
    ['unknown', 'good', 'warning', 'critical', 'full'],
    'DocumentsHealth',
  ),
  unsent: literalCodec<UnitHealth['unsent']>(
    ['unknown', 'good', 'warning', 'stop', 'blocked'],
    'UnsentHealth',
  ),
  shift: literalCodec<UnitHealth['shift']>(['unknown', 'good', 'overdue'], 'ShiftHealth'),
});

export const SeenUnitCodec: t.Type<SeenUnit, unknown> = recordCodec(
  'SeenUnit',
  { registrationNumber: t.string, health: UnitHealthCodec },
  unitFields,
);
