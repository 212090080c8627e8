import type { Bilingual } from '@cloud-kassa/provider';

/** The first words of commands of two words. */
export const COMMAND_GROUPS: Readonly<Record<string, Bilingual>> = {
  device: { english: 'Cloud devices', russian: 'Облачные ККТ' },
  register: { english: 'Register cards', russian: 'Кассы ККМ' },
  shift: { english: 'Shifts of registers', russian: 'Кассовые смены' },
  receipts: { english: 'Receipts', russian: 'Чеки' },
  payment: { english: 'Payments', russian: 'Оплаты' },
  queue: { english: 'Receipt queue', russian: 'Очередь чеков' },
  status: { english: 'Fiscal status', russian: 'Состояние фискализации' },
  proof: { english: 'Proofs of receipts', russian: 'Доказательства чеков' },
  projection: { english: 'Read models', russian: 'Модели чтения' },
  store: { english: 'Stores', russian: 'Хранилища' },
  buyer: { english: 'Personal data of buyers', russian: 'Персональные данные покупателей' },
};
