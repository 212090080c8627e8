import { callerOf } from '../command/caller-of';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import { sum } from '../output/labels';
import { column, text } from '../output/view';

const REGISTER = { name: 'register', text: { english: 'id of the register', russian: 'имя кассы' } };

const open = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const registerId = given.argument('register') ?? '';
  const opened = await kassa.value.shifts.open(registerId, {}, callerOf(given));
  if (!opened.ok) return failure(opened.error);
  return shown(
    { registerId, ...opened.value },
    text(`The shift of ${registerId} is open.`, `Смена кассы ${registerId} открыта.`),
  );
};

const close = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const registerId = given.argument('register') ?? '';
  const closed = await kassa.value.shifts.close(registerId, { forced: given.flag('force') }, callerOf(given));
  if (!closed.ok) return failure(closed.error);
  return shown(
    { registerId, ...closed.value },
    text(`The shift of ${registerId} is closed.`, `Смена кассы ${registerId} закрыта.`),
  );
};

const list = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.reading();
  if (!kassa.ok) return failure(kassa.error);
  const registerId = given.value('register');
  const shifts = await kassa.value.status.shifts(registerId === undefined ? {} : { registerId });
  if (!shifts.ok) return failure(shifts.error);
  return shown(
    { shifts: shifts.value },
    {
      kind: 'table',
      columns: [
        column('Register', 'Касса'),
        column('No.', '№', { align: 'right' }),
        column('Opened', 'Открыта'),
        column('Closed', 'Закрыта'),
        column('Receipts', 'Чеков', { align: 'right' }),
        column('Sales', 'Приход', { align: 'right' }),
        column('Refunds', 'Возврат', { align: 'right' }),
      ],
      rows: shifts.value.map((shift) => [
        shift.registerId,
        String(shift.number),
        shift.openedAt,
        shift.closedAt ?? {
          english: `open, due ${shift.dueAt}`,
          russian: `открыта, закрыть до ${shift.dueAt}`,
        },
        String(
          shift.totals.sale.receipts +
            shift.totals.saleRefund.receipts +
            shift.totals.purchase.receipts +
            shift.totals.purchaseRefund.receipts,
        ),
        sum(shift.totals.sale.total),
        sum(shift.totals.saleRefund.total),
      ]),
      empty: { english: 'No shift yet.', russian: 'Смен пока нет.' },
    },
  );
};

export const SHIFT_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['shift', 'open'],
    text: { english: 'open the shift of a register', russian: 'открыть смену' },
    details: {
      english:
        'Opens a shift. The provider is asked first whether it can fiscalise. Receipts of payments need no shift.',
      russian: 'Открывает смену. Сначала провайдер опрашивается о готовности. Чекам оплат смена не нужна.',
    },
    arguments: [REGISTER],
    run: open,
  },
  {
    path: ['shift', 'close'],
    text: { english: 'close the shift of a register', russian: 'закрыть смену' },
    arguments: [REGISTER],
    options: [
      {
        name: 'force',
        kind: 'flag',
        text: { english: 'in spite of open receipts', russian: 'несмотря на незавершённые чеки' },
      },
    ],
    run: close,
  },
  {
    path: ['shift', 'list'],
    text: { english: 'shifts with their totals', russian: 'смены с итогами' },
    options: [
      {
        name: 'register',
        kind: 'value',
        placeholder: 'REGISTER',
        text: { english: 'of this register only', russian: 'только этой кассы' },
      },
    ],
    run: list,
  },
];
